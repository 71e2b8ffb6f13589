"""A file of content as its writer's rules see it: front matter, prose and fenced blocks, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from markdown_it.token import Token

from bot.roadmap.compile import read_pages
from bot.roadmap.faults import Fault
from bot.roadmap.page import Page
from bot.roadmap.schema import PageFile, ProjectFile, QuestionFile, SourceFile, validate
from bot.roadmap.writer.lexicon import Lexicon
from bot.roadmap.writer.prose import Line, line_of, markdown, quoted, read

MARK = "write:"
"""Begins each comment of an empty page that says what goes there; gone once its writer has been there."""

_COMMENT = re.compile(rf"(?:<!--|#) {MARK} (.+?)(?: -->|$)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block; `number` is the line of its opening fence, `info` what stands behind that."""

    number: int
    info: str
    text: str
    closed: bool


@dataclass
class Draft:
    """One file. `path` is relative to the content folder; `lines` are the file's lines."""

    page: Page
    lines: list[str]
    lexicon: Lexicon
    questions: list[QuestionFile] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The file, relative to the content folder."""
        return self.page.path

    def fault(self, line: int, text: str) -> Fault:
        """A fault of this file."""
        return Fault(self.path, line, text)

    def line(self, *spot: str | int) -> int:
        """The line of a value of the front matter."""
        return self.page.front.line(spot)

    @cached_property
    def unwritten(self) -> dict[int, str]:
        """The lines that still say what goes there, and what."""
        end = self.page.opening_line
        found = ((number, _COMMENT.search(line)) for number, line in enumerate(self.lines, 1))
        return {number: hit.group(1) for number, hit in found if hit and (number < end or hit.group().startswith("<"))}

    @cached_property
    def tokens(self) -> list[Token]:
        """The body as Markdown; `map` counts the file's lines from 0."""
        end = self.lines.index("---", 1) + 1 if "---" in self.lines[1:] else 0
        return markdown().parse("\n" * end + "\n".join(self.lines[end:]))

    @cached_property
    def headings(self) -> list[tuple[int, int, str]]:
        """Line, level and text of each heading."""
        return [
            (line_of(opening), int(opening.tag[1:]), inline.content)
            for opening, inline in zip(self.tokens, self.tokens[1:], strict=False)
            if opening.type == "heading_open"
        ]

    @cached_property
    def fences(self) -> list[Fence]:
        """The fenced blocks, in order."""
        return [self._fence(token) for token in self.tokens if token.type == "fence"]

    def _fence(self, token: Token) -> Fence:
        start, end = token.map or (0, 0)
        closed = end - start > 1 and self.lines[end - 1].strip() == token.markup
        return Fence(start + 1, token.info.strip(), token.content, closed)

    @cached_property
    def prose(self) -> list[Line]:
        """The body's lines without fenced blocks and headings; a table's cells are lines of their own."""
        inlines = zip([None, *self.tokens], self.tokens, strict=False)
        return [
            line
            for before, token in inlines
            if token.type == "inline" and before is not None and before.type != "heading_open"
            for line in read(token)
        ]

    @cached_property
    def quizzed(self) -> list[Line]:
        """The lines of the questions: what is asked, each option, and why."""
        return [
            quoted(self.line("quiz", at, *spot), text)
            for at, question in enumerate(self.questions)
            for spot, text in _texts(question)
        ]

    @property
    def words(self) -> int:
        """The words of the body, without headings and fenced blocks."""
        return sum(line.words for line in self.prose)


def read_drafts(folder: Path, kind: str = "topics") -> list[Draft]:
    """The files of `topics` or `projects` whose form the loader accepts."""
    lexicon = Lexicon.of(folder)
    found = (_draft(folder, page, lexicon) for page in read_pages(folder, kind))
    return [draft for draft in found if draft is not None]


def _draft(folder: Path, page: Page, lexicon: Lexicon) -> Draft | None:
    if page.front.faults:
        return None
    lines = [line.rstrip() for line in (folder / page.path).read_text(encoding="utf-8").split("\n")]
    if page.path.startswith("projects"):
        return Draft(page, lines, lexicon) if validate(ProjectFile, page.front) else None
    front = validate(PageFile, page.front)
    return Draft(page, lines, lexicon, front.quiz, front.sources, front.asks) if front else None


def _texts(question: QuestionFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("ask",), question.ask
    yield from ((("options", at), option) for at, option in enumerate(question.options))
    yield ("because",), question.because

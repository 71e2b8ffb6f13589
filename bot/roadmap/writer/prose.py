"""The lines of a text that are read as language, found by parsing its Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SPAN = re.compile(r"(`+).+?\1")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is read as language: code spans stand in it as a single backtick, `words` counts them too."""

    number: int
    text: str
    words: int


@cache
def markdown() -> MarkdownIt:
    """Reads the Markdown that a page may hold, and HTML and pictures so that they can be named as faults."""
    return MarkdownIt("commonmark").enable("table")


def line_of(token: Token) -> int:
    """The line, from 1, on which a token begins."""
    return token.map[0] + 1 if token.map else 1


def read(token: Token) -> Iterator[Line]:
    """The lines of a paragraph, list item or cell."""
    number, text, words = line_of(token), "", 0
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            yield Line(number, text, words + len(text.replace("`", " ").split()))
            number, text, words = number + 1, "", 0
        elif child.type == "code_inline":
            text, words = f"{text}`", words + len(child.content.split())
        elif child.type == "text":
            text += child.content
    yield Line(number, text, words + len(text.replace("`", " ").split()))


def quoted(number: int, text: str) -> Line:
    """A line of the front matter, its code spans left out."""
    return Line(number, _SPAN.sub("`", text), len(text.split()))

"""The rules of what a chat can show: fenced blocks, tables, links, and no HTML."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from bot.roadmap.faults import Fault
from bot.roadmap.writer.draft import MARK, Draft
from bot.roadmap.writer.prose import line_of

COLUMNS = 60
"""Width of a line in a fenced block: it does not wrap on a phone held sideways, nor in half a terminal."""

TABLE, CELL = 4, 45
"""Columns of a table and characters of a cell; a chat shows tables as aligned text."""

LANGUAGES = frozenset(
    [
        "bash",
        "c",
        "csharp",
        "css",
        "dockerfile",
        "go",
        "graphql",
        "html",
        "http",
        "ini",
        "java",
        "javascript",
        "json",
        "lua",
        "nginx",
        "php",
        "proto",
        "python",
        "ruby",
        "rust",
        "sh",
        "sql",
        "text",
        "toml",
        "typescript",
        "xml",
        "yaml",
    ]
) | {"sql postgresql"}
"""What may stand behind an opening fence. The test run judges each but `text`: it runs or parses it."""

_BAR = re.compile(r"(?<!\\)\|")


def languages(draft: Draft) -> Iterator[Fault]:
    """Every fenced block names its language, one that the test run can judge; the rest is `text`."""
    for fence in draft.fences:
        if not fence.info:
            yield draft.fault(fence.number, "the block names no language; write it behind the fence, or text")
        elif fence.info not in LANGUAGES:
            known = ", ".join(sorted(LANGUAGES))
            yield draft.fault(fence.number, f"nothing here can judge {fence.info!r}; take one of {known}")


def closed(draft: Draft) -> Iterator[Fault]:
    """Every fenced block ends, and code stands in fences only."""
    for fence in draft.fences:
        if not fence.closed:
            yield draft.fault(fence.number, "the block has no end; close it with a fence like its first")
    for token in _of(draft, "code_block"):
        yield draft.fault(line_of(token), "is code by its indent only; put it between fences and name its language")


def width(draft: Draft) -> Iterator[Fault]:
    """Lines in fenced blocks have at most 60 columns."""
    for fence in draft.fences:
        for at, line in enumerate(fence.text.splitlines(), fence.number + 1):
            if len(line) > COLUMNS:
                yield draft.fault(at, f"the line has {len(line)} columns; break it at {COLUMNS}")


def tables(draft: Draft) -> Iterator[Fault]:
    """Tables are small enough to be read in a chat."""
    for number in _table_lines(draft):
        cells = [cell.strip() for cell in _BAR.split(draft.lines[number - 1].strip().strip("|"))]
        if len(cells) > TABLE:
            yield draft.fault(number, f"the table has {len(cells)} columns; keep {TABLE} at most")
        for cell in cells:
            if len(cell) > CELL:
                yield draft.fault(number, f"the cell {cell[:20]!r}… has {len(cell)} characters; cut it to {CELL}")


def links(draft: Draft) -> Iterator[Fault]:
    """Links go to https addresses; pictures do not reach every platform."""
    for token in _of(draft, "inline"):
        for child in token.children or []:
            address = str(child.attrGet("href") or "")
            if child.type == "link_open" and not address.startswith("https://"):
                yield draft.fault(line_of(token), f"the link to {address} is no https address; write one or drop it")
            if child.type == "image":
                yield draft.fault(line_of(token), "a picture does not reach every platform; say it in words or a table")


def html(draft: Draft) -> Iterator[Fault]:
    """No HTML: no platform shows it."""
    for token in draft.tokens:
        inside = [child for child in token.children or [] if child.type == "html_inline"]
        if token.type == "html_block" or inside:
            text = (inside[0] if inside else token).content.strip()
            if MARK not in text:
                yield draft.fault(line_of(token), f"{text[:30]!r} is HTML; write Markdown, or code between backticks")


def _of(draft: Draft, kind: str) -> Iterator[Token]:
    return (token for token in draft.tokens if token.type == kind)


def _table_lines(draft: Draft) -> list[int]:
    return [line + 1 for token in _of(draft, "table_open") for line in range(*(token.map or (0, 0)))]

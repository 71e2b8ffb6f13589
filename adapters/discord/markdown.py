"""Our small Markdown as Discord shows it: what Discord does not know is written another way, all else stays."""

import re
from datetime import datetime
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from bot.ask import clean
from bot.instants import ISO

WIDEST = 34
"""Characters of a line of code that a phone shows without wrapping."""

_UNKNOWN = re.compile(r"^#{4,}|^ {4}|^ {0,3}(?:[-*_] ?){3,}$|^ {0,3}={3,}$|^ {0,3}~~~|\|.*\n.*-{3}|!\[", re.MULTILINE)
_IMAGE = re.compile(r"!(?=\[[^\]]*\]\([^)]*\))")
_MARKS = re.compile(r"`|\*\*|\\(?=[^\w\s])")
_FENCE = "```"
_SMALLEST = 3
"""Discord: headings go down to `###`."""


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(512)
def dressed(text: str) -> str:
    """A text in our small Markdown for Discord; cards come again and again, so what was made is remembered."""
    text = clean(text)
    return _timed(_known(text) if _UNKNOWN.search(text) else text)


def _timed(text: str) -> str:
    """Instants as Discord's own timestamps, which everybody sees in their zone; within code it shows none."""
    if not ISO.search(text):
        return text
    parts = text.split(_FENCE)
    return _FENCE.join(part if at % 2 else ISO.sub(_stamp, part) for at, part in enumerate(parts))


def _stamp(found: re.Match[str]) -> str:
    return f"(<t:{int(datetime.fromisoformat(found[1]).timestamp())}:F>)"


def _known(text: str) -> str:
    """The text with what Discord does not know written another way."""
    tokens = _parser().parse(text)
    lines: list[str | None] = list(text.split("\n"))
    for at, token in enumerate(tokens):
        if token.level == 0 and token.map and (made := _instead(tokens, at)) is not None:
            start, end = token.map
            lines[start:end] = [made, *[None] * (end - start - 1)]
    return "\n".join(_shown(line) for line in lines if line is not None)


def _shown(line: str) -> str:
    return line if line.startswith("```") else _IMAGE.sub("", line)


def _instead(tokens: list[Token], at: int) -> str | None:
    """What stands for a block that Discord does not show as it is meant; None where it does."""
    token = tokens[at]
    match token.type:
        case "heading_open" if int(token.tag[1:]) > _SMALLEST:
            return f"**{tokens[at + 1].content}**"
        case "heading_open" if token.markup in ("=", "-"):
            return f"{'#' * int(token.tag[1:])} {tokens[at + 1].content}"
        case "hr":
            return "———"
        case "code_block":
            return f"```\n{token.content.rstrip()}\n```"
        case "fence" if token.markup.startswith("~"):
            return f"```{token.info}\n{token.content.rstrip()}\n```"
        case "table_open":
            end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close" and tokens[i].level == 0)
            return _table(tokens[at : end + 1]) + "\n"
    return None


def _table(tokens: list[Token]) -> str:
    """In columns where they fit a phone, else one paragraph for each row."""
    node = SyntaxTreeNode(tokens).children[0]
    rows = [
        [clean(cell.children[0].content) for cell in row.children] for part in node.children for row in part.children
    ]
    plain = [[_MARKS.sub("", cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
    if any("](" in cell for row in rows for cell in row) or sum(widths) + 2 * (len(widths) - 1) > WIDEST:
        return "\n\n".join(_paragraph(rows[0], row) for row in rows[1:])
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in plain]
    return "\n".join(["```", lines[0], "  ".join("─" * width for width in widths), *lines[1:], "```"])


def _paragraph(head: list[str], row: list[str]) -> str:
    """The first cell in bold, each other one behind the name of its column."""
    first, *cells = row
    named = (f"{name}: {cell}" if name else cell for name, cell in zip(head[1:], cells, strict=True))
    return "\n".join([f"**{first}**" if first and "**" not in first else first, *named])


def plain(text: str) -> str:
    """A short text without its marks, for where Discord shows none."""
    return " ".join(_MARKS.sub("", clean(text)).split())

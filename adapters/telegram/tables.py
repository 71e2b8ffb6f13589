"""A table for a narrow screen: in columns where they fit, else one paragraph for each row."""

from markdown_it.tree import SyntaxTreeNode

from adapters.telegram.spans import Span, Styled, joined
from bot.ask import clean

WIDEST = 34
"""Characters of a line of code that a phone shows without wrapping."""


def table(node: SyntaxTreeNode) -> Styled:
    """The table of a syntax tree."""
    rows = [[_words(cell) for cell in row.children] for part in node.children for row in part.children]
    links = any(each.type == "link" for each in node.walk())
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if links or sum(widths) + 2 * (len(widths) - 1) > WIDEST:
        return joined(_paragraph(rows[0], row) for row in rows[1:])
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    text = "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])
    return Styled(text, (Span("pre", 0, len(text)),))


def _paragraph(head: list[str], row: list[str]) -> Styled:
    """The first cell in bold, each other one behind the name of its column."""
    title, *cells = row
    lines = [title, *(f"{name}: {cell}" if name else cell for name, cell in zip(head[1:], cells, strict=True))]
    return Styled("\n".join(lines), (Span("bold", 0, len(title)),) if title else ())


def _words(node: SyntaxTreeNode) -> str:
    """A cell's words; a link shows its address."""
    if node.type in {"text", "code_inline"}:
        return clean(node.content)
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    text = "".join(_words(child) for child in node.children)
    if node.type == "link":
        url = clean(str(node.attrs.get("href", "")))
        return text if text == url else f"{text} ({url})"
    return text

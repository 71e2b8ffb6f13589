"""Our small Markdown for rich: quiet headings, code in the terminal's own colours, tables that fold."""

from collections.abc import Iterable
from itertools import dropwhile
from typing import ClassVar

from pygments.token import Comment, Keyword, Name, Number, String, Token  # type: ignore[import-untyped]
from rich import box
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, TableElement
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.syntax import ANSISyntaxTheme, Syntax
from rich.table import Table
from rich.text import Text as Line
from rich.theme import Theme

from adapters.console.markdown import parse

LOOK = Theme(
    {
        "markdown.h1": "bold underline",
        "markdown.h2": "bold underline",
        "markdown.h3": "bold",
        "markdown.code": "cyan",
        "markdown.block_quote": "italic",
        "markdown.link": "none",
        "markdown.link_url": "underline",
        "markdown.hr": "dim",
        "markdown.item.bullet": "none",
        "markdown.item.number": "none",
        "markdown.table.header": "bold",
        "markdown.table.border": "dim",
    }
)
"""No colour bears a meaning of its own, and each can be read on dark and on light ground."""

_CODE = ANSISyntaxTheme(
    {
        Token: Style(),
        Comment: Style(italic=True),
        Keyword: Style(bold=True),
        Name.Tag: Style(bold=True),
        String: Style(color="green"),
        Number: Style(color="cyan"),
    }
)

_INSET = 2
_GOES_ON = "↪ "

_NARROW = 12
"""A column of fewer cells than this is not worth folding into."""


class Words(Markdown):
    """A text in our small Markdown."""

    def __init__(self, text: str) -> None:
        super().__init__("", hyperlinks=False)
        self.parsed = parse(text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Without the empty line that rich sets before a list or a table that comes first."""
        return dropwhile(Segment.line().__eq__, super().__rich_console__(console, options))


class _Heading(Heading):
    LEVEL_ALIGN: ClassVar[dict[str, JustifyMethod]] = {}


class _Code(CodeBlock):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = Syntax("", self.lexer_name, theme=_CODE).highlight(self.text.plain.rstrip())
        lines = [part for line in code.split("\n") for part in _folded(line, console, options.max_width - _INSET)]
        yield Padding(Group(*lines), (0, 0, 0, _INSET))


def _folded(line: Line, console: Console, width: int) -> Iterable[Line]:
    """A line of code; where it is too long its further pieces are set in, behind a sign."""
    if line.cell_len <= width:
        return [line]
    indent = min(len(line.plain) - len(line.plain.lstrip()), width // 2)
    sign = " " * indent + _GOES_ON
    first, *others = line.wrap(console, max(width - len(sign), 1), overflow="fold")
    return [first, *(Line(sign, "dim").append_text(other) for other in others)]


class _Table(TableElement):
    """A table; where its columns would grow too narrow, one paragraph for each row."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        head = [cell.content for cell in self.header.row.cells] if self.header and self.header.row else []
        rows = [[cell.content for cell in row.cells] for row in self.body.rows] if self.body else []
        widths = [max(cell.cell_len for cell in column) for column in zip(head, *rows, strict=True)]
        if sum(widths) + 2 * len(widths) > options.max_width < _NARROW * len(widths):
            yield from _paragraphs(head, rows)
        else:
            yield _columns(head, rows)


def _columns(head: list[Line], rows: list[list[Line]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, border_style="markdown.table.border")
    for cell in head:
        table.add_column(cell, header_style="markdown.table.header", justify=cell.justify or "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _paragraphs(head: list[Line], rows: list[list[Line]]) -> RenderResult:
    for at, (first, *others) in enumerate(rows):
        if at:
            yield Line()
        title = first.copy()
        title.stylize("markdown.table.header")
        yield title
        for name, cell in zip(head[1:], others, strict=True):
            yield Padding(Line.assemble(name, ": ", cell), (0, 0, 0, 2))


_OURS: dict[str, type[MarkdownElement]] = {
    "heading_open": _Heading,
    "fence": _Code,
    "code_block": _Code,
    "table_open": _Table,
}
Words.elements = {**Markdown.elements, **_OURS}

"""Markdown as plain text that can be searched line by line: signs of emphasis go, everything said stays."""

from markdown_it.tree import SyntaxTreeNode

from adapters.console.markdown import parse

_INDENT = "    "


def plain(text: str) -> str:
    """A text in our small Markdown without its marks."""
    return _blocks(SyntaxTreeNode(parse(text)).children)


def _blocks(nodes: list[SyntaxTreeNode], gap: str = "\n\n") -> str:
    return gap.join(made for node in nodes if (made := _block(node)))


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "fence" | "code_block":
            return _set_in(node.content.rstrip("\n"), _INDENT, _INDENT)
        case "bullet_list":
            return _list(node, ["-"] * len(node.children))
        case "ordered_list":
            start = int(node.attrs.get("start", 1))
            return _list(node, [f"{start + at}." for at in range(len(node.children))])
        case "blockquote":
            return _set_in(_blocks(node.children), "> ", "> ")
        case "table":
            return _table(node)
        case "hr":
            return "---"
        case "inline":
            return _inline(node)
    return _blocks(node.children, "\n")


def _list(node: SyntaxTreeNode, marks: list[str]) -> str:
    items = (
        _set_in(_blocks(item.children, "\n"), f"{mark} ", " " * (len(mark) + 1))
        for mark, item in zip(marks, node.children, strict=True)
    )
    return "\n".join(items)


def _set_in(text: str, first: str, others: str) -> str:
    """A text with its first line behind `first`, and the others behind `others`."""
    head, *rest = text.split("\n")
    return "\n".join([first + head, *(f"{others}{line}".rstrip() for line in rest)])


def _inline(node: SyntaxTreeNode) -> str:
    return "".join(_span(child) for child in node.children)


def _span(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "hardbreak":
            return "\n"
        case "link":
            return _link(_inline(node), str(node.attrs.get("href", "")))
        case "image":
            return _link(node.content, str(node.attrs.get("src", "")))
    return _inline(node)


def _link(shown: str, url: str) -> str:
    return f"{shown} ({url})" if shown else url


def _table(node: SyntaxTreeNode) -> str:
    """A table in columns as wide as their widest cell."""
    rows = [[_block(cell) for cell in row.children] for part in node.children for row in part.children]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])

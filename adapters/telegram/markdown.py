"""Our small Markdown as Telegram's text with spans. Nothing that was written is lost: HTML and signs stay as text.

telegramify-markdown was tried: it drops `<T>` and the bars of `a || b || c`, and loses links in tables.
"""

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from adapters.telegram.spans import Span, Styled, arranged
from adapters.telegram.tables import table
from bot.ask import clean

_EMPHASIS = {"strong": "bold", "em": "italic", "s": "strikethrough"}
_LINK = re.compile(r"(?i)(https?://([^/@\s]*@)?[^\s/:?#]+\.[^\s/:?#]+(:\d+)?([/?#]\S*)?|tg://\S+)\Z")
_LANGUAGE = re.compile(r"[\w+#.-]{1,32}")
_BULLET = "• "


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@lru_cache(512)
def styled(text: str) -> Styled:
    """A text in our small Markdown; cards come again and again, so what was read is remembered."""
    writer = _Writer()
    writer.blocks(SyntaxTreeNode(_parser().parse(clean(text))).children)
    return arranged(writer.text, writer.spans).stripped()


def plain(text: str) -> str:
    """A text in our small Markdown without its marks."""
    return styled(text).text


def takes(url: str) -> bool:
    """Whether Telegram takes an address for one: it refuses a whole message for a wrong one."""
    return bool(_LINK.match(url))


class _Writer:
    """Writes nodes one after the other, noting where each span begins and ends."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Span] = []

    def blocks(self, nodes: list[SyntaxTreeNode], gap: str = "\n\n", indent: str = "") -> None:
        for at, node in enumerate(nodes):
            if at:
                self.text += gap + indent
            self._block(node, indent)

    def _block(self, node: SyntaxTreeNode, indent: str) -> None:
        start = len(self.text)
        match node.type:
            case "heading":
                self._inlines(node.children, "")
                self._span("bold", start)
            case "fence" | "code_block":
                self.text += clean(node.content).rstrip("\n")
                language = _LANGUAGE.match(node.info) if node.type == "fence" else None
                self._span("pre", start, language.group() if language else "")
            case "bullet_list" | "ordered_list":
                self._list(node, indent)
            case "blockquote":
                self.blocks(node.children)
                self._span("blockquote", start)
            case "table":
                made = table(node)
                self.spans += (Span(s.kind, s.start + start, s.end + start, s.extra) for s in made.spans)
                self.text += made.text
            case "hr":
                self.text += "———"
            case "inline":
                self._inlines(node.children, indent)
            case _:
                self.blocks(node.children, "\n", indent)

    def _list(self, node: SyntaxTreeNode, indent: str) -> None:
        first = int(node.attrs.get("start", 1))
        for at, item in enumerate(node.children):
            if at:
                self.text += "\n" + indent
            self.text += _BULLET if node.type == "bullet_list" else f"{first + at}. "
            self.blocks(item.children, "\n", indent + "   ")

    def _inlines(self, nodes: list[SyntaxTreeNode], indent: str) -> None:
        for node in nodes:
            self._inline(node, indent)

    def _inline(self, node: SyntaxTreeNode, indent: str) -> None:
        start = len(self.text)
        match node.type:
            case "text":
                self.text += clean(node.content)
            case "code_inline":
                self.text += clean(node.content)
                self._span("code", start)
            case "softbreak" | "hardbreak":
                self.text += "\n" + indent
            case "link":
                self._inlines(node.children, indent)
                self._link(start, clean(str(node.attrs.get("href", ""))))
            case "image":
                self.text += clean(node.content)
                self._link(start, clean(str(node.attrs.get("src", ""))))
            case _:
                self._inlines(node.children, indent)
                if node.type in _EMPHASIS:
                    self._span(_EMPHASIS[node.type], start)

    def _link(self, start: int, url: str) -> None:
        """An address that Telegram would refuse is shown instead."""
        shown = self.text[start:]
        if not shown.strip():
            self.text += url
        if takes(url):
            self._span("text_link", start, url)
        elif url and shown.strip() and shown != url:
            self.text += f" ({url})"

    def _span(self, kind: str, start: int, extra: str = "") -> None:
        self.spans.append(Span(kind, start, len(self.text), extra))

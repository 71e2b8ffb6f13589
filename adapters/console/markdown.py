"""Reading the small Markdown of our texts for a terminal: a line end stays one, nothing is HTML or a control sign."""

from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.ask import clean


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def parse(text: str) -> list[Token]:
    """The tokens of a text. What it holds is cleaned after reading, so that a written-out `&#x202e;` does nothing."""
    return list(_tidy(_parser().parse(clean(text))))


def _tidy(tokens: Sequence[Token]) -> Iterator[Token]:
    bare = _bare_links(tokens)
    for at, token in enumerate(tokens):
        if at in bare:
            continue
        token.content = clean(token.content)
        token.attrs = {key: clean(value) if isinstance(value, str) else value for key, value in token.attrs.items()}
        if token.type == "softbreak":
            token.type = "hardbreak"
        if token.children:
            token.children = list(_tidy(token.children))
        yield token


def _bare_links(tokens: Sequence[Token]) -> set[int]:
    """Where links open and close that show their address anyway."""
    found: set[int] = set()
    for at, (first, shown, last) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if first.type == "link_open" and last.type == "link_close" and shown.content == first.attrs.get("href"):
            found |= {at, at + 2}
    return found

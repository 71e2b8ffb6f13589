"""Text with spans as Telegram shows it, counted in characters here and in UTF-16 units on the way out."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import accumulate

from telegram import MessageEntity

SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
"""What may lie in and around other spans."""


def units(text: str) -> int:
    """The length as Telegram counts it: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text as one kind of entity; `extra` is its address or language."""

    kind: str
    start: int
    end: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Styled:
    """A text and its spans; spans are sorted, outer before inner, and none overlaps another by halves."""

    text: str = ""
    spans: tuple[Span, ...] = ()
    _made: list[MessageEntity] = field(default_factory=list, compare=False, repr=False)

    def part(self, start: int, end: int) -> "Styled":
        """The characters from `start` to `end`; spans are cut where the text is."""
        kept = (
            replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in self.spans
            if span.start < end and span.end > start
        )
        return Styled(self.text[start:end], tuple(kept))

    def stripped(self) -> "Styled":
        """Without white space at its ends, except where it is the code's own at the beginning."""
        first = min((span.start for span in self.spans if span.kind in {"pre", "code"}), default=len(self.text))
        start = min(len(self.text) - len(self.text.lstrip()), first)
        return self.part(start, max(start, len(self.text.rstrip())))

    def entities(self) -> list[MessageEntity]:
        """The spans as Telegram takes them, made once."""
        if self._made or not self.spans:
            return self._made
        plain = units(self.text) == len(self.text)
        at = range(len(self.text) + 1) if plain else [0, *accumulate(1 + (char > "\uffff") for char in self.text)]
        self._made.extend(_entity(span, at[span.start], at[span.end]) for span in self.spans)
        return self._made


def _entity(span: Span, start: int, end: int) -> MessageEntity:
    url = span.extra if span.kind == "text_link" else None
    language = (span.extra or None) if span.kind == "pre" else None
    return MessageEntity(span.kind, start, end - start, url=url, language=language)


def joined(parts: Iterable[Styled], gap: str = "\n\n") -> Styled:
    """Several texts as one."""
    shown = [part for part in parts if part.text]
    if len(shown) == 1:
        return shown[0]
    text = ""
    spans: list[Span] = []
    for part in shown:
        text += gap if text else ""
        spans += (replace(span, start=span.start + len(text), end=span.end + len(text)) for span in part.spans)
        text += part.text
    return Styled(text, tuple(spans))


def arranged(text: str, spans: Iterable[Span]) -> Styled:
    """A text with spans as Telegram allows them: emphasis gives way to code, a link holds no code, quotations no other.

    Telegram: pre and code hold nothing, links and quotations do not nest.
    """
    known = [span for span in spans if span.start < span.end]
    links = [span for span in known if span.kind == "text_link"]
    quotes = [span for span in known if span.kind == "blockquote"]
    fixed = [span for span in known if span.kind in {"pre", "code"} and not _inside(span, links)]
    made = [*fixed, *links, *(span for span in quotes if not _inside(span, quotes))]
    made += (piece for span in known if span.kind in SPLITTABLE for piece in _around(span, fixed))
    order = {kind: at for at, kind in enumerate(("blockquote", "text_link"))}
    made.sort(key=lambda span: (span.start, -span.end, order.get(span.kind, 2)))
    return Styled(text, tuple(made))


def _inside(span: Span, others: list[Span]) -> bool:
    return any(other is not span and other.start <= span.start and span.end <= other.end for other in others)


def _around(span: Span, fixed: list[Span]) -> list[Span]:
    """The pieces of a span that lie outside code."""
    pieces = []
    at = span.start
    for code in sorted(fixed, key=lambda each: each.start):
        if code.end <= at or code.start >= span.end:
            continue
        if code.start > at:
            pieces.append(replace(span, start=at, end=code.start))
        at = code.end
    if at < span.end:
        pieces.append(replace(span, start=at))
    return pieces

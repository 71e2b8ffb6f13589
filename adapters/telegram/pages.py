"""Splitting long text: never over Telegram's limits, never within a code block that fits, a character or a word."""

import unicodedata
from bisect import bisect_right
from itertools import accumulate

from adapters.telegram.spans import Span, Styled, units

LONGEST = 4096
"""Telegram: UTF-16 units of a message."""

MOST = 100
"""Telegram: entities of a message that are shown."""

_JOINING = frozenset("\u200d\ufe0f\u20e3")


def pages(text: Styled, longest: int = LONGEST, most: int = MOST) -> list[Styled]:
    """Parts of at most `longest` units and `most` spans that say the whole text; only white space falls between."""
    if units(text.text) <= longest and len(text.spans) <= most:
        return [text] if text.text.strip() else []
    found = []
    at = [0, *accumulate(1 + (char > "\uffff") for char in text.text)]
    start = 0
    while start < len(text.text):
        end = bisect_right(at, at[start] + longest) - 1
        end = _with_few(text.spans, start, end, most)
        if end < len(text.text):
            end = _cut(text, start, max(end, start + 1))
        part = text.part(start, end).stripped()
        if part.text.strip():
            found.append(part)
        start = end
    return found


def _with_few(spans: tuple[Span, ...], start: int, end: int, most: int) -> int:
    """The end before which at most `most` spans lie."""
    begun = [span for span in spans if span.start < end and span.end > start]
    return end if len(begun) <= most else max(start + 1, begun[most].start)


def _cut(text: Styled, start: int, end: int) -> int:
    """The best place to end a part at or before `end`: between blocks, lines, words, else between characters."""
    whole = text.text
    code = next((span for span in text.spans if span.kind == "pre" and span.start < end < span.end), None)
    half = start + (end - start) // 2
    if code and code.start > start and (code.start > half or code.end - code.start <= end - start):
        return code.start
    blocks = [span for span in text.spans if span.kind == "pre" and start <= span.start < end]
    for mark in ("\n\n", "\n", " "):
        found = whole.rfind(mark, half, end)
        while found > half and _within(found, blocks) and not (code and found > code.start):
            found = whole.rfind(mark, half, found)
        if found > half:
            return found + len(mark)
    return _between(whole, start, end)


def _within(at: int, blocks: list[Span]) -> bool:
    return any(block.start < at < block.end for block in blocks)


def _between(text: str, start: int, end: int) -> int:
    """A place where no letter is parted from its marks, nor a sign from what it is joined to."""
    at = end
    while at > start + 1 and end - at < 32 and _belongs(text, at):
        at -= 1
    return end if _belongs(text, at) else at


def _belongs(text: str, at: int) -> bool:
    return bool(unicodedata.combining(text[at])) or text[at] in _JOINING or text[at - 1] == "\u200d"

"""Messages that hold the parts of a reply within Discord's limits: one where it fits, else pages or several."""

from collections.abc import Sequence

from adapters.discord.data import Data
from adapters.discord.outs import Document, Image, Key, Menu, Part, Row, Sheet, Words
from adapters.discord.pages import LONGEST, pieces, units
from adapters.discord.render import render
from bot.language import _
from bot.reply import Reply

MOST = 40
"""Discord: components of a message, those within others included."""

FILES = 10
"""Discord: files of a message."""


def sheets(reply: Reply, line: str = "", page: int = 0) -> list[Sheet]:
    """The messages of a reply; where the line that it answers is known, the one page that is asked for."""
    parts = render(reply)
    whole = packed(parts)
    if len(whole) < 2 or not line or any(isinstance(part, Image | Document) for part in parts):
        return whole
    body, tail = _tailed(parts)
    pages = packed(body)
    if len(pages) < 2:
        return whole
    at = min(max(page, 1), len(pages))
    shown = [*pages[at - 1].parts, _turns(line, at, len(pages))]
    for part in tail:
        if sum(map(_cost, shown)) + _cost(part) <= MOST:
            shown.append(part)
    return [Sheet(shown)]


def packed(parts: Sequence[Part]) -> list[Sheet]:
    """The parts in as few messages as hold them, in order."""
    made: list[Sheet] = []
    for part in parts:
        cut: list[Part] = [Words(piece) for piece in pieces(part.text)] if isinstance(part, Words) else [part]
        for each in cut:
            if made and _fits(made[-1], each):
                made[-1].parts.append(each)
            else:
                made.append(Sheet([each]))
    return made


def _fits(sheet: Sheet, part: Part) -> bool:
    parts = [*sheet.parts, part]
    words = sum(units(each.text) for each in parts if isinstance(each, Words))
    files = sum(isinstance(each, Image | Document) for each in parts)
    return words <= LONGEST and files <= FILES and sum(map(_cost, parts)) <= MOST


def _cost(part: Part) -> int:
    """How many components a part is."""
    match part:
        case Row():
            return 1 + len(part.keys)
        case Menu() | Image():
            return 2
        case Words() | Document():
            return 1


def _tailed(parts: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    """What is said, and the buttons at its end: they stand under every page."""
    at = len(parts)
    while at and isinstance(parts[at - 1], Row | Menu):
        at -= 1
    return parts[:at], parts[at:]


def _turns(line: str, at: int, count: int) -> Row:
    turns = [(at - 1, _("‹ Back"))] if at > 1 else []
    turns += [(at + 1, _("More ›"))] if at < count else []
    return Row(tuple(Key(f"{label} {to}/{count}", Data(line, page=to).written()) for to, label in turns))

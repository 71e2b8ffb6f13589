"""Our buttons as Telegram's keys: short labels, rows that a phone can show."""

from collections.abc import Iterable, Iterator

from adapters.telegram.data import Data
from adapters.telegram.markdown import takes
from adapters.telegram.outs import Key, Keys
from bot.markup import shorten
from bot.reply import Button, Buttons

LABEL = 64
"""Characters of a label; a phone shows about half of them."""

ROOM = 36
"""Characters that a row shows without cutting its labels."""

MOST = 100
"""Telegram: keys of a message."""


def keyboard(blocks: Iterable[Buttons]) -> Keys:
    """The keys of some blocks; one that opens no address Telegram knows is left out."""
    wides = (tuple(filter(_shown, row)) for block in blocks for row in block.rows)
    rows = [tuple(map(_key, row)) for wide in wides for row in _narrow(wide)]
    kept: list[tuple[Key, ...]] = []
    for row in rows:
        if sum(map(len, kept)) + len(row) <= MOST:
            kept.append(row)
    return tuple(kept)


def _shown(button: Button) -> bool:
    return not button.url or takes(button.url)


def _key(button: Button) -> Key:
    label = shorten(button.label, LABEL) or "…"
    if button.url:
        return Key(label, url=button.url)
    return Key(label, Data(button.line, fill=button.fill).written())


def _narrow(row: tuple[Button, ...]) -> Iterator[tuple[Button, ...]]:
    """A row as it is, or broken so that equally wide keys show their labels."""
    widest = max((len(button.label) for button in row), default=0)
    width = max(1, min(len(row), ROOM // (widest + 2)))
    for at in range(0, len(row), width):
        yield row[at : at + width]

"""Our buttons on Discord: rows of five, and a select menu where there are more than five ways to go on."""

from collections.abc import Iterator, Sequence

from adapters.discord.data import Data
from adapters.discord.outs import Key, Menu, Row
from bot.markup import shorten
from bot.reply import Button, Buttons

LABEL = 80
OPTION = 100
"""Discord: characters of a button's label, and of a select menu's option."""

ROW = 5
MENU = 25
"""Discord: buttons of a row, options of a select menu."""

FEW = 5
"""So many choices are buttons; more are a select menu."""


def keys(block: Buttons) -> Iterator[Row | Menu]:
    """The rows and menus of a block. A choice is what says the same command with other words, and nothing else."""
    every = [button for row in block.rows for button in row]
    said = [button for button in every if not button.url and not button.fill]
    choice = len({button.line.partition(" ")[0] for button in said}) == 1
    if len(said) > (FEW if choice else MENU):
        yield from menus(said)
        yield from _rows([button for button in every if button not in said])
    else:
        for row in block.rows:
            yield from _rows(row)


def menus(buttons: Sequence[Button]) -> Iterator[Menu]:
    """Select menus of these choices."""
    for at in range(0, len(buttons), MENU):
        yield Menu(tuple(_key(button, OPTION) for button in buttons[at : at + MENU]))


def _rows(buttons: Sequence[Button]) -> Iterator[Row]:
    for at in range(0, len(buttons), ROW):
        yield Row(tuple(_key(button, LABEL) for button in buttons[at : at + ROW]))


def _key(button: Button, longest: int) -> Key:
    label = shorten(button.label, longest) or "…"
    if button.url:
        return Key(label, url=button.url)
    return Key(label, Data(button.line, fill=button.fill).written())

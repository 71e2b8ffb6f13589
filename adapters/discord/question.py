"""A question with a button for each option: with its words where they are short, else with a letter."""

import string
from collections.abc import Iterator

from adapters.discord.data import Data
from adapters.discord.keys import ROW
from adapters.discord.markdown import dressed, plain
from adapters.discord.outs import Key, Part, Row, Words
from bot.reply import Quiz

SHORT = 16
"""Options of so few characters stand in their buttons: a row of them fits a phone."""

LONG = 38
"""Options of so few characters stand in buttons below each other, without being cut on a phone."""


def question(quiz: Quiz) -> Iterator[Part]:
    """The parts that ask."""
    lines = [Data(option.line).written() for option in quiz.options]
    labels = [plain(option.label) for option in quiz.options]
    longest = max(map(len, labels), default=0)
    marked = any(label != option.label for label, option in zip(labels, quiz.options, strict=True))
    if longest <= LONG and not marked:
        yield Words(dressed(quiz.ask))
        made = [Key(label or "…", line) for label, line in zip(labels, lines, strict=True)]
        yield from _rows(made, ROW if longest <= SHORT else 1)
        return
    letters = string.ascii_uppercase
    options = (f"**{letter}.** {dressed(option.label)}" for letter, option in zip(letters, quiz.options, strict=False))
    yield Words("\n".join([f"{dressed(quiz.ask)}\n", *options]))
    yield from _rows([Key(letter, line) for letter, line in zip(letters, lines, strict=False)], ROW)


def _rows(made: list[Key], width: int) -> Iterator[Row]:
    for at in range(0, len(made), width):
        yield Row(tuple(made[at : at + width]))

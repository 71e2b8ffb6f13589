"""The rules of the words: no filler, and each spelt rightly."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.roadmap.faults import Fault
from bot.roadmap.writer.draft import Draft
from bot.roadmap.writer.lexicon import words
from bot.roadmap.writer.prose import Line

FILLER = Path(__file__).parents[1] / "words" / "filler.txt"
"""Phrases that say nothing, one a line; `#` begins a comment."""


def filler(draft: Draft) -> Iterator[Fault]:
    """No phrase that says nothing; the list is kept in bot/roadmap/words/filler.txt."""
    for line in _told(draft):
        for phrase in _fillers().findall(line.text):
            yield draft.fault(line.number, f"{phrase!r} says nothing; leave it out or say what you mean")


def spelling(draft: Draft) -> Iterator[Fault]:
    """Words stand in the general list or in words.txt; code, addresses, identifiers and `asks` are not judged."""
    for line in _told(draft):
        for word in dict.fromkeys(words(line.text)):
            if not draft.lexicon.knows(word):
                nearest = draft.lexicon.nearest(word)
                mend = f"write {nearest}, " if nearest else "mend it, "
                told = f"{word!r} is in no word list; {mend}put it between backticks or add it to words.txt"
                yield draft.fault(line.number, told)


def _told(draft: Draft) -> list[Line]:
    return [*draft.quizzed, *draft.prose]


@cache
def _fillers() -> re.Pattern[str]:
    lines = (line.partition("#")[0].strip() for line in FILLER.read_text(encoding="utf-8").splitlines())
    phrases = sorted((re.escape(line).replace(r"\ ", r"\s+") for line in lines if line), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)

"""Words as the search compares them: folded, without those that say nothing, cut to their stems."""

import threading
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from Stemmer import Stemmer

from bot.roadmap.names import folded

WORDS = Path(__file__).parents[1] / "words"
"""Our lists of words."""


def listed(name: str) -> list[str]:
    """The lines of a list, without comments."""
    lines = (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def words_of(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(word for line in listed(name) for word in line.split())


SILENT = words_of("silent")
"""Words of English questions that point to no topic by themselves."""

FRAME = words_of("frame")
"""Words that may stand around a name without changing what is asked: "what is hosting?" is hosting."""


class _Stemmers(threading.local):
    """A stemmer of each language for each thread: Snowball's must not be shared."""

    def __init__(self) -> None:
        self.made: dict[str, Stemmer] = {}

    def of(self, language: str) -> Stemmer:
        """The stemmer of a language by Snowball's name of it."""
        if language not in self.made:
            self.made[language] = Stemmer(language)
        return self.made[language]


STEMMERS = _Stemmers()


def stem(word: str) -> str:
    """The stem of a folded English word (Snowball): queries and query are one."""
    return str(STEMMERS.of("english").stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order, without the silent ones."""
    return telling(folded(text).split())


def pairs(found: Sequence[str]) -> list[str]:
    """Each two neighbours among stems, in either order one pair: "row per" and "per row"."""
    return [" ".join(sorted(pair)) for pair in pairwise(found)]


def bare(words: Sequence[str]) -> list[str]:
    """Words without those that only frame what stands in their midst; all of them where nothing else stands there."""
    inside = [at for at, word in enumerate(words) if word not in FRAME]
    return list(words[inside[0] : inside[-1] + 1]) if inside else list(words)


def telling(words: Iterable[str]) -> list[str]:
    """The stems of folded words, in order, without the silent ones."""
    cut: list[str] = STEMMERS.of("english").stemWords([word for word in words if word not in SILENT])
    return cut

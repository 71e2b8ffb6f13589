"""Words as the search compares them: folded, without those that say nothing, cut to their stems."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
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


SILENT = frozenset(word for line in listed("silent") for word in line.split())
"""Words of English questions that point to no topic by themselves."""

FRAME = frozenset(word for line in listed("frame") for word in line.split())
"""Words that may stand around a name without changing what is asked: "what is hosting?" is hosting."""


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    return Stemmer("english")


def stem(word: str) -> str:
    """The stem of a folded English word (Snowball): queries and query are one."""
    return str(_stemmer().stemWord(word))


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
    cut: list[str] = _stemmer().stemWords([word for word in words if word not in SILENT])
    return cut

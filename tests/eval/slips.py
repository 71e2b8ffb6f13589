"""Queries with a slip of the finger in their longest word, as people type on phones."""

from collections.abc import Iterable
from random import Random

from tests.eval.queries import Query

LEAST = 5
"""Letters of a word in which a slip leaves it readable."""


def slipped(queries: Iterable[Query]) -> list[Query]:
    """The named and described queries that have such a word, each with a slip in it, the same ones every time."""
    chance = Random(1)
    found = []
    for query in queries:
        words = query.text.split()
        longest = max(words, key=len)
        if query.kind in ("named", "described") and len(longest) >= LEAST:
            words[words.index(longest)] = _slip(longest, chance)
            found.append(query._replace(text=" ".join(words)))
    return found


def _slip(word: str, chance: Random) -> str:
    """Two letters in the other order, one left out, one twice, or one too many."""
    at = chance.randrange(len(word) - 1)
    start, one, two, end = word[:at], word[at], word[at + 1], word[at + 2 :]
    return start + chance.choice([two + one, one, one + one + two, one + chance.choice("aeiost") + two]) + end

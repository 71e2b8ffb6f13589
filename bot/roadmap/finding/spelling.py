"""Names and words with typing errors: slips of the finger are counted in edits, slips of the ear compared by sound.

Top-1 on the tuning half, in percent (`make eval ARGS=steps`):

| | typo (misspelt names) | named, described, with a slip in the longest word (mended words) |
|---|---|---|
| without | 90.0 | 74.6, 91.3 |
| with | 100.0 | 98.6, 98.1 |
"""

from collections.abc import Sequence

from bot.roadmap.finding.index import Index
from bot.roadmap.finding.text import stem
from bot.roadmap.names import squashed

LONGEST = 40
"""Characters of a text that may still be a misspelt name."""
WORDS = 4
"""Words of it."""

CLOSE = 0.75
"""From this likeness on (1 is equal) a text that is no ordinary words is a misspelt name."""
CLOSE_LONG = 0.7
"""The same for a text of LONG letters or more."""
LONG = 9
CLOSER = 0.93
"""So like must one ordinary word be: "resting" is no testing."""
CLOSER_WORDS = 0.87
"""The same for several ordinary words: "hash rng" is hash ring."""
NEAR = 0.6
"""From this likeness on a name is worth a suggestion."""
SOUND = 0.1
"""What it adds to the likeness that both sound the same."""
CLEAR = 4
"""Consonants from which on the same sound is enough where both are written nearly the same: "sequel lite"."""
SAME = 0.1
"""What it adds that both have the same letters: "jtw" is jwt."""
LEAD = 0.04
"""By so much likeness a name must lead those of other topics."""


def edits(length: int) -> int:
    """How many typing errors a word of so many letters may have."""
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 10 else 3


def mended(words: Sequence[str], index: Index) -> list[str]:
    """Words that nobody knows as the nearest that the pages use; all others as they are."""
    return [_mended(word, index) for word in words]


def _mended(word: str, index: Index) -> str:
    known = word in index.spelt or word in index.ordinary or stem(word) in index.rarity
    if known or not edits(len(word)) or not word.isalpha():
        return word
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, index.spelt.keys(), scorer=OSA.distance, score_cutoff=edits(len(word)), limit=8)
    best = min(found, key=lambda hit: (hit[1] + (hit[0][0] != word[0]), -index.spelt[hit[0]]), default=None)
    return best[0] if best else word


def near(text: str, index: Index, limit: int = 12) -> list[tuple[str, float]]:
    """Topics whose name is written nearly so, by the likeness of their nearest name, best first."""
    from jellyfish import metaphone
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    short = squashed(text)[:LONGEST]
    hits = process.extract(
        short, index.squashed.keys(), scorer=OSA.normalized_similarity, score_cutoff=NEAR, limit=limit
    )
    best: dict[str, float] = {}
    for name, likeness, _ in hits:
        best.setdefault(index.squashed[name], likeness)
    for name, _, _ in hits:
        if sorted(name) == sorted(short):
            best[index.squashed[name]] += SAME
    sound = metaphone(short) if short.isascii() and short.isalpha() else ""
    if (sounding := index.sounds.get(sound, "")) in best:
        best[sounding] += SOUND if len(sound) < CLEAR else 1 - NEAR
    return sorted(best.items(), key=lambda item: -item[1])


def misspelt(words: Sequence[str], index: Index) -> str | None:
    """The topic whose name these words are with a few typing errors, if that is clear."""
    if len(words) > WORDS or sum(map(len, words)) > LONGEST:
        return None
    found = near(" ".join(words), index)
    if not found or (len(found) > 1 and found[0][1] - found[1][1] < LEAD):
        return None
    topic, likeness = found[0]
    return topic if likeness >= _least(words, index) else None


def _least(words: Sequence[str], index: Index) -> float:
    """How like a name these words must be to be it, misspelt."""
    if all(word in index.ordinary or word in index.spelt for word in words):
        return CLOSER if len(words) == 1 else CLOSER_WORDS
    return CLOSE if sum(map(len, words)) < LONG else CLOSE_LONG

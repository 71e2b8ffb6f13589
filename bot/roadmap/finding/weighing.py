"""Weighing topics for a question: the words it shares with each page (BM25), and the names in it.

Top-1 on the tuning half, in percent (`make eval ARGS=steps`):

| | named | described | language | declined | all |
|---|---|---|---|---|---|
| without | 100.0 | 27.9 | 63.3 | 70.3 | 73.5 |
| with | 98.6 | 99.0 | 90.0 | 94.6 | 96.8 |
"""

from collections.abc import Sequence
from heapq import nlargest
from typing import NamedTuple

from bot.roadmap.finding.index import Index
from bot.roadmap.finding.naming import Named
from bot.roadmap.finding.synonyms import widened
from bot.roadmap.finding.text import FRAME, SILENT, pairs, stem, telling

TITLE = 5.0
"""What a topic's own name adds where it is no ordinary word: so many times the rarity of its words."""
ALIAS = 2.0
"""What another name adds where it is no ordinary word: alone it tells enough, in a question less."""
NAMED = 1.2
"""What a name adds that is an ordinary word."""
SUBJECT = 1.5
"""So much more of it where a question begins with the name: "python in plain words", "what is caching for"."""
LATER = 0.85
"""What a name that is not the first one adds, as a share of that: "docker vs lxc" asks about docker."""
LEAST = 3.0
"""The rarity at which a question begins to be long enough to trust."""


class Weighed(NamedTuple):
    """The topics nearest to a question, best first, each with its weight per rarity of the words asked.

    `words`: the most that the words alone weigh for a topic; `elsewhere`: for a field that stands on no roadmap.
    `named`: the share of the question that names topics.
    """

    topics: tuple[tuple[str, float], ...]
    words: float
    elsewhere: float
    named: float


def weighed(words: Sequence[str], names: Sequence[Named], index: Index, limit: int = 5) -> Weighed:
    """Weighs every topic for folded English words."""
    said = telling(words)
    asked = widened(said, index.like)
    whole = max(sum(share * index.rarity.get(each, index.rarest) for each, share in asked.items()), LEAST)
    weights = [0.0] * len(index.ids)
    places = [(index.postings.get(each), share) for each, share in asked.items()]
    places += [(index.pair(pair), 1.0) for pair in dict.fromkeys(pairs(said))]
    for rows, worth, share in ((*place, share) for place, share in places if place):
        for row, weight in zip(rows, worth, strict=True):
            weights[row] += share * weight
    alone = max(weights[: index.here], default=0.0)
    naming = 0.0
    seen: set[str] = set()
    for name in names:
        phrase = words[name.start : name.end]
        rarity = sum(index.rarity.get(stem(word), 0) for word in {*phrase})
        if name.topic not in seen:
            begins = all(word in FRAME or word in SILENT for word in words[: name.start])
            factor = _factor(" ".join(phrase), index) * (SUBJECT if begins else 1) * (LATER if seen else 1)
            weights[index.row[name.topic]] += factor * rarity
        seen.add(name.topic)
        naming += rarity
    best = nlargest(limit, range(index.here), key=weights.__getitem__)
    return Weighed(
        tuple((index.ids[row], weights[row] / whole) for row in best if weights[row] > 0),
        alone / whole,
        max(weights[index.here :], default=0.0) / whole,
        min(naming / whole, 1.0),
    )


def _factor(name: str, index: Index) -> float:
    if name not in index.unusual:
        return NAMED
    return TITLE if name in index.titles else ALIAS

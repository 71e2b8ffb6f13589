"""Whether a question means its nearest topic at all: how sure that is, from a few signs (logistic regression).

The tuning half teaches the weights too. Top-1 on it, in percent (`make eval ARGS=steps`):

| | named | described | language | declined | all |
|---|---|---|---|---|---|
| without | 100.0 | 99.0 | 91.1 | 3.6 | 78.2 |
| with | 98.6 | 99.0 | 90.0 | 94.6 | 96.8 |
"""

from collections.abc import Sequence
from math import exp, log1p

from bot.roadmap.finding.index import Index
from bot.roadmap.finding.naming import Named
from bot.roadmap.finding.text import SILENT, stem
from bot.roadmap.finding.weighing import Weighed

STRANGE = -1.0
"""The leaning of a word that stands nowhere."""
LIMITS = (-2.0, 3.0)
"""A leaning counts within these."""
OURS = 1.0
"""From this leaning on a word is one of ours."""

BIAS = -3.08
WEIGHTS = (0.86, -0.70, 3.74, 1.12, 1.19, 1.27, 0.31)
"""Learnt from queries that may be looked at, by `make eval ARGS=fit`."""


def signs(words: Sequence[str], names: Sequence[Named], weighed: Weighed, index: Index) -> tuple[float, ...]:
    """What is looked at, in the order of WEIGHTS.

    The weight of the nearest topic's words and of those of the nearest field elsewhere; the share of the question
    that names topics, and whether one of the names means nothing else; to which side its words lean in the mean;
    and of the words beside the names how many there are, and how many of ours.
    """
    naming = {at for name in names for at in range(name.start, name.end)}
    telling = {at: stem(word) for at, word in enumerate(words) if word not in SILENT}
    leaning = {each: _leaning(each, index) for each in telling.values()}
    beside = [leaning[each] for each in {each for at, each in telling.items() if at not in naming}]
    return (
        weighed.words,
        weighed.elsewhere,
        weighed.named,
        float(any(" ".join(words[name.start : name.end]) in index.plain for name in names)),
        sum(leaning.values()) / max(len(leaning), 1),
        log1p(len(beside)),
        float(sum(each > OURS for each in beside)),
    )


def sureness(found: Sequence[float]) -> float:
    """How likely a question with these signs means its nearest topic, from 0 to 1."""
    return 1 / (1 + exp(-BIAS - sum(weight * sign for weight, sign in zip(WEIGHTS, found, strict=True))))


def _leaning(each: str, index: Index) -> float:
    low, high = LIMITS
    return min(max(index.leaning.get(each, STRANGE), low), high)

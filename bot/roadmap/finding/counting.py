"""What words tell of topics: how often they stand where, what that is worth, and to which side they lean.

Top-1 on the tuning half, in percent (`make eval ARGS=steps`):

| | named | described | language | declined | all |
|---|---|---|---|---|---|
| without phrases that ask for a topic | 97.2 | 59.6 | 77.8 | 92.8 | 86.5 |
| without phrases that ask for none | 100.0 | 96.2 | 82.2 | 76.6 | 91.4 |
| with both | 98.6 | 99.0 | 90.0 | 94.6 | 96.8 |

When neighbouring stems were first counted as pairs, described questions of two sets rose from 95.2 and 93.3 to 98.1
and 96.0.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

from bot.roadmap.finding.called import names
from bot.roadmap.finding.index import Postings
from bot.roadmap.finding.text import pairs, stem, stems, words_of
from bot.roadmap.model import Topic
from bot.roadmap.names import folded

ASKS = 2.0
ELSEWHERE = 8.0
NAMES = 3.0
BREATH = 2.0
BODY = 0.2
PAIRS = 0.3
"""What a word counts by where it stands, and what share of it two neighbours do.

Of fields elsewhere there are only phrases, so theirs count more.
"""

SATURATION = 8.0
LENGTH = 0.3
"""k1 and b of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)."""

SMOOTHING = 0.5
"""Phrases that a word is given beforehand, here and elsewhere, so that one phrase proves little."""

SCENES = frozenset(map(stem, words_of("scenes")))
"""Stems of everyday settings, in which much is asked."""

PICTURE = "in plain words"
"""The section that tells of daily life, whose words point nowhere."""

Counts = dict[str, float]
"""What stems, and pairs of stems, count for a topic."""


def of_topic(topic: Topic) -> Counts:
    """What a topic's page, its names and what asks for it count."""
    found = of_phrases(topic.asks, ASKS)
    for text, weight in ((" ".join(names(topic)), NAMES), (topic.breath, BREATH)):
        _add(found, stems(text), weight)
    for part in topic.parts:
        if folded(part.heading) != PICTURE:
            for each in stems(part.text):
                found[each] += BODY
    return found


def of_phrases(phrases: Iterable[str], weight: float) -> defaultdict[str, float]:
    """What phrases count, each word once in each."""
    found: defaultdict[str, float] = defaultdict(float)
    for phrase in phrases:
        _add(found, list(dict.fromkeys(stems(phrase))), weight)
    return found


def _add(found: defaultdict[str, float], said: Sequence[str], weight: float) -> None:
    for each in said:
        found[each] += weight
    for pair in pairs(said):
        found[pair] += PAIRS * weight


def postings(counts: Sequence[Counts], rarity: Mapping[str, float]) -> Postings:
    """Where stems, or pairs, stand and what they are worth there (BM25)."""
    lengths = [sum(each.values()) for each in counts]
    mean = sum(lengths) / max(len(lengths), 1)
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, each in enumerate(counts):
        damping = SATURATION * (1 - LENGTH + LENGTH * lengths[row] / mean)
        for told, count in each.items():
            found[told].append((row, rarity[told] * count * (SATURATION + 1) / (count + damping)))
    return {told: (tuple(row for row, _ in at), tuple(worth for _, worth in at)) for told, at in found.items()}


def rarity(counts: Sequence[Counts]) -> dict[str, float]:
    """The inverse frequency of all that stands somewhere."""
    there = Counter(told for each in counts for told in each)
    return {told: log(1 + (len(counts) - often + 0.5) / (often + 0.5)) for told, often in there.items()}


def leaning(topics: Iterable[Topic], elsewhere: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The logarithm of how often a stem is said of topics to how often it is said of other fields."""
    texts = (text for topic in topics for text in (*names(topic), topic.breath, *topic.asks))
    inside = Counter(told for text in texts for told in set(stems(text)) - SCENES)
    outside = Counter(told for phrases in elsewhere.values() for text in phrases for told in set(stems(text)))
    shift = log(max(outside.total(), 1) / max(inside.total(), 1))
    return {told: log((inside[told] + SMOOTHING) / (outside[told] + SMOOTHING)) + shift for told in inside | outside}

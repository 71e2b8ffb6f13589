"""What the search looks things up in, made once from the content and kept with it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import cache, cached_property
from math import log

import msgspec

from bot.roadmap.finding import synonyms
from bot.roadmap.finding.languages import Lexicon, read_all
from bot.roadmap.finding.text import SILENT, bare, pairs, stem, stems
from bot.roadmap.model import Topic
from bot.roadmap.names import folded, squashed

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

COMMON = 0.01
"""A word that more of all phrases hold is an ordinary one among us: browser, login."""

LONGEST = 6
"""Words of the longest name that is looked for in a text."""

SELDOM = 0.1
"""A name that is said elsewhere not more often than this share of what it is said here means nothing else."""

SMOOTHING = 0.5
"""Phrases that a word is given beforehand, here and elsewhere, so that one phrase proves little."""

ORDINARY = 1000
"""Times from which on a word of the general list (of 1.6 thousand million) is an ordinary one."""

PICTURE = "in plain words"
"""The section that tells of daily life, whose words point nowhere."""

Postings = dict[str, tuple[tuple[int, ...], tuple[float, ...]]]
"""By stem, or pair of stems: rows, and what it is worth in each."""


class Index(msgspec.Struct, frozen=True, dict=True):
    """All that is known of names and words.

    `names`, `squashed`, `stemmed`, `sounds`: the topic by a folded name, by one without blanks, by the stems of its
    words, by what it sounds like.
    `unusual`: names of several words, or of one that is no ordinary word; `plain`: those that mean nothing else.
    `ids`: what the rows of `postings` are; the first `here` are topics, the others fields that stand on no roadmap.
    `rarity`: a stem's inverse frequency; `like`: stems that say nearly the same. `leaning`: how much more often a stem
    is said of topics than of other fields, as a logarithm.
    `spelt`: words of the pages and how often they stand there; `ordinary`: other words that are spelt rightly.
    `lexicons`: other languages, as bytes until one is needed.
    """

    names: dict[str, str]
    squashed: dict[str, str]
    stemmed: dict[str, str]
    sounds: dict[str, str]
    unusual: frozenset[str]
    plain: frozenset[str]
    ids: tuple[str, ...]
    here: int
    postings: Postings
    rarity: dict[str, float]
    like: dict[str, tuple[str, ...]]
    leaning: dict[str, float]
    spelt: dict[str, int]
    ordinary: frozenset[str]
    lexicons: bytes

    @cached_property
    def languages(self) -> dict[str, Lexicon]:
        """The lexicons by language."""
        return msgspec.msgpack.decode(self.lexicons, type=dict[str, Lexicon])

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each topic."""
        return {topic: row for row, topic in enumerate(self.ids[: self.here])}

    @cached_property
    def rarest(self) -> float:
        """The rarity of a stem that stands nowhere."""
        return max(self.rarity.values(), default=1.0)


def build(topics: Mapping[str, Topic], elsewhere: Mapping[str, Sequence[str]]) -> Index:
    """The index of topics, and of fields that stand on no roadmap by what is asked about them."""
    weights = [_weights(topic) for topic in topics.values()]
    weights += [_asked(phrases, ELSEWHERE) for phrases in elsewhere.values()]
    frequency = Counter(stem for each in weights for stem in each)
    rarity = {stem: log(1 + (len(weights) - there + 0.5) / (there + 0.5)) for stem, there in frequency.items()}
    called = _called(topics.values())
    short = {squashed(name): topic for name, topic in reversed(called)}
    spelt = Counter(word for topic in topics.values() for text in _texts(topic) for word in folded(text).split())
    ordinary = _ordinary()
    outside = [text for phrases in elsewhere.values() for text in phrases]
    unusual = _unusual(topics.values(), ordinary)
    return Index(
        names={folded(name): topic for name, topic in called},
        squashed=short,
        stemmed=_stemmed(called, ordinary),
        unusual=unusual,
        plain=_plain(unusual, topics.values(), outside),
        sounds=_sounds(topics.values()),
        ids=(*topics, *elsewhere),
        here=len(topics),
        postings=_postings(weights, rarity),
        rarity=rarity,
        like=synonyms.read(),
        leaning=_leaning(topics.values(), elsewhere),
        spelt=dict(spelt),
        ordinary=ordinary.union(*(folded(text).split() for text in outside)),
        lexicons=_lexicons(),
    )


def names(topic: Topic) -> tuple[str, ...]:
    """All that a topic is called."""
    return (topic.id, topic.title, *topic.labels, *topic.aliases, *topic.was)


def _called(topics: Collection[Topic]) -> list[tuple[str, str]]:
    """Every name with its topic, and last what stands in the frame of a title: "What is hosting?" is hosting too."""
    whole = [(name, topic.id) for topic in topics for name in names(topic)]
    taken = {folded(name) for name, _ in whole}
    inside = [(" ".join(bare(folded(topic.title).split())), topic.id) for topic in topics]
    return [*whole, *((name, topic) for name, topic in inside if name not in taken)]


def _weights(topic: Topic) -> defaultdict[str, float]:
    found = _asked(topic.asks, ASKS)
    for text, weight in ((" ".join(names(topic)), NAMES), (topic.breath, BREATH)):
        _add(found, stems(text), weight)
    for part in topic.parts:
        if folded(part.heading) != PICTURE:
            for each in stems(part.text):
                found[each] += BODY
    return found


def _asked(phrases: Iterable[str], weight: float) -> defaultdict[str, float]:
    found: defaultdict[str, float] = defaultdict(float)
    for phrase in phrases:
        _add(found, list(dict.fromkeys(stems(phrase))), weight)
    return found


def _add(found: defaultdict[str, float], said: Sequence[str], weight: float) -> None:
    for each in said:
        found[each] += weight
    for pair in pairs(said):
        found[pair] += PAIRS * weight


def _postings(weights: Sequence[Mapping[str, float]], rarity: Mapping[str, float]) -> Postings:
    lengths = [sum(each.values()) for each in weights]
    mean = sum(lengths) / max(len(lengths), 1)
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, stems_ in enumerate(weights):
        damping = SATURATION * (1 - LENGTH + LENGTH * lengths[row] / mean)
        for each, weight in stems_.items():
            found[each].append((row, rarity[each] * weight * (SATURATION + 1) / (weight + damping)))
    return {each: (tuple(row for row, _ in pairs), tuple(worth for _, worth in pairs)) for each, pairs in found.items()}


def _leaning(topics: Iterable[Topic], elsewhere: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The logarithm of how often a stem is said of topics to how often it is said of other fields."""
    texts = (text for topic in topics for text in (*names(topic), topic.breath, *topic.asks))
    inside = Counter(stem for text in texts for stem in set(stems(text)))
    outside = Counter(stem for phrases in elsewhere.values() for text in phrases for stem in set(stems(text)))
    shift = log(max(outside.total(), 1) / max(inside.total(), 1))
    return {stem: log((inside[stem] + SMOOTHING) / (outside[stem] + SMOOTHING)) + shift for stem in inside | outside}


def _texts(topic: Topic) -> list[str]:
    return [*names(topic), *topic.asks, topic.breath, *(part.text for part in topic.parts)]


def _stemmed(called: Sequence[tuple[str, str]], ordinary: Container[str]) -> dict[str, str]:
    """Topics by the stems of their names; Fastly is not meant by "fast"."""
    found: dict[str, str] = {}
    for name, topic in reversed(called):
        words = folded(name).split()
        key = " ".join(map(stem, words))
        if len(words) > 1 or key not in ordinary or words[0] in ordinary:
            found[key] = topic
    return found


def _unusual(topics: Collection[Topic], ordinary: Container[str]) -> frozenset[str]:
    """Names of several words, and of one that is no ordinary word of English or of questions about other topics."""
    asked = Counter(word for topic in topics for ask in topic.asks for word in set(stems(ask)))
    many = COMMON * sum(len(topic.asks) for topic in topics)
    called = {folded(name) for topic in topics for name in names(topic)}
    return frozenset(
        name for name in called - SILENT if " " in name or (name not in ordinary and (asked[stem(name)] <= many))
    )


def _plain(unusual: Collection[str], topics: Iterable[Topic], outside: Iterable[str]) -> frozenset[str]:
    """The names that phrases from elsewhere hold never, or seldom beside those about other topics."""
    inside = _said(unusual, (ask for topic in topics for ask in topic.asks))
    elsewhere = _said(unusual, outside)
    return frozenset(name for name in unusual if elsewhere[name] <= SELDOM * inside[name])


def _said(called: Container[str], phrases: Iterable[str]) -> Counter[str]:
    """How often names stand in phrases."""
    found: Counter[str] = Counter()
    for phrase in phrases:
        words = folded(phrase).split()
        spans = ((at, end) for at in range(len(words)) for end in range(at + 1, min(at + LONGEST, len(words)) + 1))
        found.update(name for at, end in spans if (name := " ".join(words[at:end])) in called)
    return found


def _sounds(topics: Iterable[Topic]) -> dict[str, str]:
    """Topics by the sound of their titles (Metaphone), where it tells enough and belongs to one topic."""
    from jellyfish import metaphone

    found: defaultdict[str, set[str]] = defaultdict(set)
    for topic in topics:
        for name in {squashed(each) for each in (topic.title, *topic.labels)}:
            if name.isascii() and name.isalpha() and len(sound := metaphone(name)) > 2:
                found[sound].add(topic.id)
    return {sound: min(topics) for sound, topics in found.items() if len(topics) == 1}


@cache
def _lexicons() -> bytes:
    return msgspec.msgpack.encode(read_all())


@cache
def _ordinary() -> frozenset[str]:
    from spellchecker import SpellChecker

    words = SpellChecker(language="en").word_frequency.dictionary
    return frozenset(word for word, times in words.items() if times >= ORDINARY)

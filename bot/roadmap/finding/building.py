"""Making the index of the search from the content."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from bot.roadmap.finding import called, counting, languages, synonyms
from bot.roadmap.finding.index import Index, Postings
from bot.roadmap.model import Topic
from bot.roadmap.names import folded, squashed

ORDINARY = 1000
"""Times from which on a word of the general list (of 1.6 thousand million) is an ordinary one."""


def build(topics: Mapping[str, Topic], elsewhere: Mapping[str, Sequence[str]]) -> Index:
    """The index of topics, and of fields that stand on no roadmap by what is asked about them."""
    names = called.called(topics.values())
    outside = [text for phrases in elsewhere.values() for text in phrases]
    ordinary = _ordinary()
    unusual = called.unusual(topics.values(), ordinary)
    counts = [counting.of_topic(topic) for topic in topics.values()]
    counts += [counting.of_phrases(phrases, counting.ELSEWHERE) for phrases in elsewhere.values()]
    rarity = counting.rarity(counts)
    postings = counting.postings(counts, rarity)
    return Index(
        names={folded(name): topic for name, topic in names},
        squashed={squashed(name): topic for name, topic in reversed(names)},
        stemmed=called.stemmed(names, ordinary),
        sounds=called.sounds(topics.values()),
        titles=called.titles(topics.values()),
        unusual=unusual,
        plain=called.plain(unusual, topics.values(), outside),
        ids=(*topics, *elsewhere),
        here=len(topics),
        rarity={told: worth for told, worth in rarity.items() if " " not in told},
        like=synonyms.read(),
        leaning=counting.leaning(topics.values(), elsewhere),
        spelt=Counter(word for topic in topics.values() for text in _texts(topic) for word in folded(text).split()),
        ordinary=ordinary.union(*(folded(text).split() for text in outside)),
        kept_postings=msgspec.msgpack.encode({told: at for told, at in postings.items() if " " not in told}),
        kept_pairs=_by_letter({told: at for told, at in postings.items() if " " in told}),
        kept_lexicons=_lexicons(),
    )


def _by_letter(postings: Postings) -> dict[str, bytes]:
    found: defaultdict[str, Postings] = defaultdict(dict)
    for told, at in postings.items():
        found[told[0]][told] = at
    return {letter: msgspec.msgpack.encode(each) for letter, each in found.items()}


def _texts(topic: Topic) -> list[str]:
    return [*called.names(topic), *topic.asks, topic.breath, *(part.text for part in topic.parts)]


@cache
def _lexicons() -> dict[str, bytes]:
    return {language: msgspec.msgpack.encode(languages.read(language)) for language in languages.SNOWBALL}


@cache
def _ordinary() -> frozenset[str]:
    from spellchecker import SpellChecker

    words = SpellChecker(language="en").word_frequency.dictionary
    return frozenset(word for word, times in words.items() if times >= ORDINARY)

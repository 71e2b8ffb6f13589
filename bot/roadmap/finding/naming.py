"""Names that stand in a longer text: which topics it names, and where.

Top-1 on the tuning half, in percent (`make eval ARGS=steps`):

| | named | described | language | declined | all |
|---|---|---|---|---|---|
| without | 83.3 | 100.0 | 85.6 | 96.4 | 94.5 |
| with | 97.2 | 99.0 | 92.2 | 94.6 | 97.0 |
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.roadmap.finding.called import LONGEST
from bot.roadmap.finding.index import Index
from bot.roadmap.finding.text import FRAME, SILENT, stem, words_of

LEADING = words_of("leading")
"""Beside one of these a name that else says nothing is meant as a name: "in go", "go vs rust"."""


COMPARING = words_of("comparing")
"""Words of a question that sets two things side by side."""


class Named(NamedTuple):
    """A topic that a text names, and the words (from, to) that do."""

    topic: str
    start: int
    end: int


def whole(words: Sequence[str], index: Index) -> str | None:
    """The topic that is called so, in another form of its words too; of an ordinary word only in the other number."""
    phrase = " ".join(words)
    if not phrase or phrase in index.names:
        return index.names.get(phrase)
    if phrase in index.ordinary:
        return index.names.get(f"{phrase}s") or index.names.get(phrase.removesuffix("s"))
    return index.stemmed.get(" ".join(map(stem, words)))


def named(words: Sequence[str], index: Index) -> list[Named]:
    """The topics that folded words name, in order; of names that overlap the longest."""
    found: list[Named] = []
    taken: set[int] = set()
    for size in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            span = range(start, start + size)
            if taken.isdisjoint(span) and (topic := _topic(words, span, index)):
                found.append(Named(topic, start, start + size))
                taken.update(span)
    return sorted(found, key=lambda each: each.start)


def compared(words: Sequence[str], names: Sequence[Named]) -> list[str]:
    """The two topics that a text compares, in their order; none where it compares nothing."""
    topics = list(dict.fromkeys(name.topic for name in names))
    asked = not COMPARING.isdisjoint(words) or list(words).count("when") > 1
    return topics[:2] if len(topics) > 1 and asked else []


def only(words: Sequence[str], names: Sequence[Named]) -> bool:
    """Whether a text says nothing but names of topics, and what stands between and around them."""
    naming = {at for name in names for at in range(name.start, name.end)}
    beside = {word for at, word in enumerate(words) if at not in naming}
    return bool(names) and beside <= FRAME | SILENT | COMPARING


def _topic(words: Sequence[str], span: range, index: Index) -> str | None:
    phrase = " ".join(words[span.start : span.stop])
    if phrase in SILENT and not _led(words, span):
        return None
    return whole(words[span.start : span.stop], index)


def _led(words: Sequence[str], span: range) -> bool:
    beside = (*words[max(span.start - 1, 0) : span.start], *words[span.stop : span.stop + 1])
    return len(words) == 1 or not LEADING.isdisjoint(beside)

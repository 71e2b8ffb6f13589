"""Names that stand in a longer text: which topics it names, and where.

Top-1 on the tuning half, in percent (`make eval ARGS=steps`):

| | named | described | language | declined | all |
|---|---|---|---|---|---|
| without | 84.7 | 100.0 | 86.7 | 97.3 | 95.1 |
| with | 98.6 | 99.0 | 90.0 | 94.6 | 96.8 |
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.roadmap.finding.called import LONGEST
from bot.roadmap.finding.index import Index
from bot.roadmap.finding.text import FRAME, SILENT, bare, stem, words_of

LEADING = words_of("leading")
"""Beside one of these a name that else says nothing is meant as a name: "in go", "go vs rust"."""
COMPARING = words_of("comparing")
"""Words of a question that sets two things side by side."""
ASIDE = words_of("aside")
"""Words around a name that is no ordinary word: "when should i use redis"."""
ASKING = frozenset({("what", "is"), ("what", "are"), ("tell", "about"), ("is", "about"), ("explain", "me")})
"""Two words after which a question's last words are what it asks about."""
EXPLAIN = frozenset({"explain", "define", "learn", "learning", "understand"})
EXPLAINED = frozenset({"explained", "means", "tutorial"})
"""Words before which, and after which, stands what somebody wants to know about."""


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


def alone(words: Sequence[str], index: Index) -> str | None:
    """The topic that a text asks about in its last words, or with nothing but everyday words around its name.

    "in my room the wifi is bad, but what is docker"; "when should i use redis". Ordinary words are no names there. None
    where it names several.
    """
    if len({each.topic for each in named(words, index)}) > 1:
        return None
    starts = [at for at in range(1, len(words)) if tuple(words[at - 1 : at + 1]) in ASKING]
    ends = [words[at + 1 :] for at in starts]
    asked = [at for at, word in enumerate(words) if word not in FRAME and word not in ASIDE]
    around = [words[asked[0] : asked[-1] + 1]] if asked else []
    names = (" ".join(bare(each)) for each in (*ends, *around) if each)
    plain = (index.names[name] for name in names if name in index.names and name in index.unusual)
    return next(plain, None) or _explained(words, index)


def _explained(words: Sequence[str], index: Index) -> str | None:
    """The topic that somebody wants explained, or to learn: "explain rest to kids", "what acid means"."""
    for at in range(len(words)):
        for end in range(min(at + LONGEST, len(words)), at, -1):
            topic = index.names.get(" ".join(words[at:end]))
            before, after = words[max(at - 1, 0) : at], words[end : end + 1]
            if topic and (not EXPLAIN.isdisjoint(before) or not EXPLAINED.isdisjoint(after)):
                return topic
    return None


def begins(words: Sequence[str], names: Sequence[Named]) -> bool:
    """Whether a text begins with two names and a word that compares them, whatever comes after."""
    if len(names) < 2 or names[0].topic == names[1].topic:
        return False
    between = words[names[0].end : names[1].start]
    return all(word in FRAME for word in words[: names[0].start]) and len(between) == 1 and between[0] in COMPARING


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

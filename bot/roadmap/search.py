"""Finding the topic somebody meant by a name: exactly, while it is being typed, or with typing errors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.roadmap.model import Topic
from bot.roadmap.names import folded, squashed

LONGEST = 80
"""Characters of a text that may still be a name."""

SURE = 0.8
"""From this likeness on (1 is equal) a name that leads by LEAD is taken as meant."""
LEAD = 0.04
LIKELY = 0.6
"""From this likeness on a name is worth a suggestion."""


@dataclass(frozen=True, slots=True)
class Found:
    """The topic that was meant, if that is clear, and the nearest ones to choose from, best first."""

    topic: Topic | None
    near: tuple[Topic, ...] = ()


class Search:
    """The names of all topics."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        self.topics = topics

    @cached_property
    def names(self) -> dict[str, Topic]:
        """Every folded name and its topic."""
        return {folded(name): topic for topic in self.topics.values() for name in _names(topic)}

    @cached_property
    def _squashed(self) -> dict[str, Topic]:
        return {squashed(name): topic for topic in self.topics.values() for name in reversed(_names(topic))}

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Old ids and the topics that took them over."""
        return {old: topic.id for topic in self.topics.values() for old in topic.was}

    def exact(self, text: str) -> Topic | None:
        """The topic with exactly this name; case, accents, blanks and punctuation do not matter."""
        if len(text) > LONGEST * 2:
            return None
        short = squashed(text)
        return self.topics.get(text) or self.names.get(folded(text)) or (self._squashed.get(short) if short else None)

    def find(self, text: str) -> Found:
        """The topic meant by a text, or the nearest ones."""
        if topic := self.exact(text):
            return Found(topic)
        wanted = folded(text[:LONGEST])
        if len(text) > LONGEST or len(wanted) < 2:
            return Found(None, tuple(_unique(self._mentioned(text))[:3]))
        ranked = self._ranked(wanted)
        near = _unique([*(topic for _, topic in ranked), *self._mentioned(text)])[:3]
        if ranked and ranked[0][0] >= SURE and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= LEAD):
            return Found(ranked[0][1], tuple(near[1:]))
        return Found(None, tuple(near))

    def _ranked(self, wanted: str) -> list[tuple[float, Topic]]:
        """Topics by the likeness of their nearest name, best first."""
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        likeness = DamerauLevenshtein.normalized_similarity
        hits = process.extract(wanted, list(self.names), scorer=likeness, score_cutoff=LIKELY, limit=12)
        best: dict[str, tuple[float, Topic]] = {}
        for name, score, _ in hits:
            topic = self.names[name]
            best.setdefault(topic.id, (score, topic))
        return list(best.values())

    def _mentioned(self, text: str) -> list[Topic]:
        """Topics whose name stands somewhere in a longer text, longest names first."""
        words = folded(text[:2000]).split()
        spans = [(size, at) for size in range(min(4, len(words)), 0, -1) for at in range(len(words) - size + 1)]
        names = (" ".join(words[at : at + size]) for size, at in spans)
        return [self.names[name] for name in names if len(name) > 1 and name in self.names]

    def starting(self, text: str, limit: int = 25) -> list[Topic]:
        """Topics for what has been typed so far, best first: whole names, their start, a word's start, likeness."""
        wanted = folded(text[:LONGEST])
        short = squashed(wanted)
        if not wanted:
            return []

        def rank(name: str, topic: Topic) -> tuple[bool, bool, bool, int]:
            return (name != wanted, not name.startswith(wanted), folded(topic.title) != name, len(name))

        hits = [
            (rank(name, topic), topic)
            for name, topic in self.names.items()
            if name.startswith(wanted) or f" {wanted}" in name or name.replace(" ", "").startswith(short)
        ]
        found = _unique(topic for _, topic in sorted(hits, key=lambda hit: hit[0]))
        if not found and len(wanted) > 2:
            found = _unique(topic for _, topic in self._ranked(wanted))
        return found[:limit]


def _names(topic: Topic) -> tuple[str, ...]:
    return (topic.id, topic.title, *topic.labels, *topic.aliases, *topic.was)


def _unique(topics: Iterable[Topic]) -> list[Topic]:
    return list({topic.id: topic for topic in topics}.values())

"""What the search looks things up in, made once from the content (by building) and kept with it."""

from functools import cached_property

import msgspec

from bot.roadmap.finding.languages import Lexicon

Place = tuple[tuple[int, ...], tuple[float, ...]]
"""The rows in which a stem, or a pair of stems, stands, and what it is worth in each."""
Postings = dict[str, Place]
"""By stem, or pair of stems."""


class Index(msgspec.Struct, frozen=True, dict=True):
    """All that is known of names and words; what is large stays bytes until it is needed.

    `names`, `squashed`, `stemmed`, `sounds`: the topic by a folded name, by one without blanks, by the stems of its
    words, by what it sounds like.
    `titles`: what topics are called themselves. `unusual`: names of several words, or of one that is no ordinary word;
    `plain`: those that mean nothing else.
    `ids`: what the rows of postings are; the first `here` are topics, the others fields that stand on no roadmap.
    `rarity`: a stem's inverse frequency; `like`: stems that say nearly the same. `leaning`: how much more often a stem
    is said of topics than of other fields, as a logarithm.
    `spelt`: words of the pages and how often they stand there; `ordinary`: other words that are spelt rightly.
    """

    names: dict[str, str]
    squashed: dict[str, str]
    stemmed: dict[str, str]
    sounds: dict[str, str]
    titles: frozenset[str]
    unusual: frozenset[str]
    plain: frozenset[str]
    ids: tuple[str, ...]
    here: int
    rarity: dict[str, float]
    like: dict[str, tuple[str, ...]]
    leaning: dict[str, float]
    spelt: dict[str, int]
    ordinary: frozenset[str]
    kept_postings: bytes
    kept_pairs: dict[str, bytes]
    kept_lexicons: dict[str, bytes]

    @cached_property
    def postings(self) -> Postings:
        """Where stems stand."""
        return msgspec.msgpack.decode(self.kept_postings, type=Postings)

    def pair(self, told: str) -> Place | None:
        """Where two stems stand beside each other; kept by their first letter, so that no look-up takes long."""
        initial = told[:1]
        if initial not in self._pairs:
            kept = self.kept_pairs.get(initial)
            self._pairs[initial] = msgspec.msgpack.decode(kept, type=Postings) if kept else {}
        return self._pairs[initial].get(told)

    def lexicon(self, language: str) -> Lexicon:
        """The lexicon of a language."""
        if language not in self._lexicons:
            self._lexicons[language] = msgspec.msgpack.decode(self.kept_lexicons[language], type=Lexicon)
        return self._lexicons[language]

    @cached_property
    def _pairs(self) -> dict[str, Postings]:
        return {}

    @cached_property
    def _lexicons(self) -> dict[str, Lexicon]:
        return {}

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each topic."""
        return {topic: row for row, topic in enumerate(self.ids[: self.here])}

    @cached_property
    def rarest(self) -> float:
        """The rarity of a stem that stands nowhere."""
        return max(self.rarity.values(), default=1.0)

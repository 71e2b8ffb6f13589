"""Finding the topic somebody meant: the steps in their order, and what is made of them.

| step | in finding/ | top-1 of all kinds without it, of 96.1 % with all |
|---|---|---|
| the whole text is a name | called | told by the next step too |
| it is a misspelt name | spelling | 95.3 |
| it is in another language | languages | 87.2 |
| a word of it is misspelt | spelling | 81.1 instead of 97.1 where one is |
| names within it | naming | 94.9 |
| words that say nearly the same | synonyms | 95.9 |
| words that pages and phrases share with it | weighing, counting | 76.1 |
| whether any topic is meant | deciding | 77.4 |

`make eval ARGS=steps` measures it on the tuning half.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec

from bot.roadmap.finding import deciding, languages, naming, spelling, starting, weighing
from bot.roadmap.finding.building import build
from bot.roadmap.finding.index import Index
from bot.roadmap.finding.passages import Passage, answering
from bot.roadmap.finding.text import SILENT, bare
from bot.roadmap.model import Content, Topic
from bot.roadmap.names import folded, squashed

LONGEST = 600
"""Characters of a question that are read; what comes after changes nothing."""
WORDS = 60
"""Words of it."""

MEANT = 0.35
"""From this sureness on a topic is taken as meant."""
MAYBE = 0.2
"""From this sureness on the nearest topics may be meant."""
SURE = 0.8
"""From this sureness on a topic is meant clearly enough to change something about it."""
BESIDE = 0.92
"""A topic of so much of the best one's weight may be meant as well."""


_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a text means.

    `text`: as it was asked. `topic`: the one that is meant, if one is; `sure`: clearly enough to change something about
    it. `sides`: two topics that are compared, the one asked about first. `others`: what may be meant as well, or
    instead where there is no topic. `near`: the nearest ones where nothing is meant. `words`: the text as English
    words, as it was understood.
    """

    text: str
    topic: Topic | None = None
    sure: bool = False
    sides: tuple[Topic, ...] = ()
    others: tuple[Topic, ...] = ()
    near: tuple[Topic, ...] = ()
    words: tuple[str, ...] = ()


class Search:
    """Finds topics of a content by what people type."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.topics = content.topics

    @cached_property
    def index(self) -> Index:
        """What the steps look things up in."""
        if self.content.index:
            return msgspec.msgpack.decode(self.content.index, type=Index)
        return build(self.content.topics, self.content.elsewhere)

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Old ids and the topics that took them over."""
        return {old: topic.id for topic in self.topics.values() for old in topic.was}

    def exact(self, text: str) -> Topic | None:
        """The topic with exactly this name; case, accents, blanks and punctuation do not matter."""
        if len(text) > starting.LONGEST * 2:
            return None
        if text in self.topics:
            return self.topics[text]
        found = self.index.names.get(folded(text)) or self.index.squashed.get(squashed(text))
        return self.topics[found] if found else None

    def find(self, text: str) -> Found:
        """The topic that a text means by any of its names, well or badly spelt, or by a question; or the nearest."""
        read = self.read(text)
        return self._meant(text, read.words) if read.topic is None else read

    def read(self, text: str) -> Found:
        """The topic that a text names and nothing else, well or badly spelt; else only its English words."""
        if topic := self.exact(text):
            return _by_name(text, topic)
        typed = _typed(text)
        if topic_id := spelling.misspelt(bare(typed), self.index):
            return _by_name(text, self.topics[topic_id])
        words = languages.translated(typed, self.index, SILENT) or spelling.mended(typed, self.index)
        if topic_id := naming.whole(words, self.index) or naming.whole(bare(words), self.index):
            return _by_name(text, self.topics[topic_id])
        return Found(text, words=tuple(words))

    def signs(self, words: Sequence[str]) -> tuple[float, ...]:
        """What tells how sure it is that English words mean the nearest topic."""
        names = naming.named(words, self.index)
        return deciding.signs(words, names, weighing.weighed(words, names, self.index), self.index)

    def _meant(self, text: str, words: Sequence[str]) -> Found:
        names = naming.named(words, self.index)
        weighed = weighing.weighed(words, names, self.index)
        sureness = deciding.sureness(deciding.signs(words, names, weighed, self.index))
        best = self._topics(topic for topic, _ in weighed.topics)
        told = tuple(words)
        beside = BESIDE * weighed.topics[0][1] if best else 0.0
        if best and sureness >= MEANT:
            sides = self._topics(naming.compared(words, names))
            topic = sides[0] if sides else best[0]
            near = self._topics(each for each, weight in weighed.topics if weight >= beside)
            others = tuple(each for each in near if each not in (topic, *sides))[:2]
            sure = sureness >= SURE and not sides and not others
            return Found(text, topic, sure, sides, others, words=told)
        if best and sureness >= MAYBE:
            return Found(text, others=best[:3], words=told)
        spelt = (topic for topic, _ in spelling.near(" ".join(words), self.index))
        nearest = dict.fromkeys([*(name.topic for name in names), *spelt, *(topic for topic, _ in weighed.topics)])
        return Found(text, near=self._topics(nearest)[:3], words=told)

    def passages(self, text: str, found: Found, topics: Sequence[Topic]) -> list[Passage]:
        """The passages of topics that answer a question as it was understood, best first."""
        return answering(_typed(text), found.words, topics, self.index)

    def _topics(self, ids: Iterable[str]) -> tuple[Topic, ...]:
        return tuple(self.topics[each] for each in ids)

    def starting(self, text: str, limit: int = 25) -> list[Topic]:
        """Topics for what has been typed so far, best first."""
        if found := starting.completed(text, self.index, self.topics):
            return [self.topics[topic] for topic in found[:limit]]
        meant = self.find(text)
        return [*([meant.topic] if meant.topic else []), *meant.others, *meant.near][:limit] if text.strip() else []


def _typed(text: str) -> list[str]:
    """The folded words of a text, without addresses."""
    return folded(_ADDRESS.sub(" ", text[:LONGEST])).split()[:WORDS]


def _by_name(text: str, topic: Topic) -> Found:
    return Found(text, topic, sure=True, words=tuple(folded(topic.title).split()))

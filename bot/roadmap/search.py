"""Finding the topic somebody meant: the steps in their order, and what is made of them.

| step | in finding/ | top-1 of all kinds without it, of 96.8 % with all |
|---|---|---|
| the whole text is a name | called | told by the next step too |
| it is a misspelt name | spelling | 95.9 |
| it is in another language | languages | 88.0 |
| a word of it is misspelt | spelling | 84.6 instead of 98.3 where one is |
| names within it | naming | 95.1 |
| words that say nearly the same | synonyms | 96.6 |
| words that pages and phrases share with it | weighing, counting | 73.5 |
| whether any topic is meant | deciding | 78.2 |

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
from bot.roadmap.finding.text import bare, telling
from bot.roadmap.model import Content, Topic
from bot.roadmap.names import folded, squashed

LONGEST = 600
"""Characters of a question that are read; of a longer one its end, where people ask."""
READ = 4000
"""Characters of a long text in which questions are looked for."""
WORDS = 60
"""Words of it."""

MEANT = 0.35
"""From this sureness on a topic is taken as meant."""
MAYBE = 0.2
"""From this sureness on the nearest topics may be meant."""
JOINING = "and"
"""Between names it asks about both."""
BESIDE = 0.92
"""A topic of so much of the best one's weight may be meant as well."""


FEW = 2
"""Words that tell something, from which on a question that names nothing may mean a topic."""

_QUESTION = re.compile(r"[^.!?\n]*\?")
_CLAUSE = re.compile(r"[,;:.?!()\n]+(?:\s|$)")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a text means.

    `text`: as it was asked. `topic`: the one that is meant, if one is; `sure`: it is named and nothing else is said, so
    that something about it may be changed. `sides`: two topics that are compared, the one asked about first. `others`:
    what may be meant as well, or instead where there is no topic. `near`: the nearest ones where nothing is meant.
    `words`: the text as English words, as it was understood.
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
        found = self.index.names.get(folded(text)) or self.index.squashed.get(squashed(text) or " ")
        return self.topics[found] if found else None

    def names(self, text: str) -> bool:
        """Whether a text is a topic's name, perhaps misspelt so that it is no word at all."""
        words = folded(text).split()
        known = all(word in self.index.ordinary or word in self.index.spelt for word in words)
        return self.exact(text) is not None or (not known and spelling.misspelt(words, self.index) is not None)

    def find(self, text: str) -> Found:
        """The topic that a text means by any of its names, well or badly spelt, or by a question; or the nearest."""
        read = self.read(text)
        return self._meant(text, read.words) if read.topic is None else read

    def read(self, text: str) -> Found:
        """The topic that a text names and nothing else, well or badly spelt; else only its English words."""
        typed = _typed(text)
        if topic := self.exact(text):
            return Found(text, topic, sure=True, words=tuple(typed))
        if topic_id := spelling.misspelt(bare(typed), self.index):
            topic = self.topics[topic_id]
            return Found(text, topic, sure=True, words=tuple(folded(topic.title).split()))
        words = languages.translated(typed, self.index) or spelling.mended(typed, self.index)
        if topic_id := naming.whole(words, self.index) or naming.whole(bare(words), self.index):
            return Found(text, self.topics[topic_id], sure=True, words=tuple(words))
        if topic_id := naming.alone(words, self.index) or self._in_a_clause(text):
            return Found(text, self.topics[topic_id], words=tuple(words))
        return Found(text, words=tuple(words))

    def _in_a_clause(self, text: str) -> str | None:
        """The topic that the first or the last part of a sentence asks for by name: "what is an api, asks my boss"."""
        parts = [part.split() for each in _CLAUSE.split(text[:LONGEST]) if (part := folded(each))]
        asked = (bare(part) for part in (parts[:1] + parts[-1:] if len(parts) > 1 else []) if part != bare(part))
        return next((topic for words in asked if (topic := naming.whole(words, self.index))), None)

    def signs(self, words: Sequence[str]) -> tuple[float, ...]:
        """What tells how sure it is that English words mean the nearest topic."""
        names = naming.named(words, self.index)
        return deciding.signs(words, names, weighing.weighed(words, names, self.index), self.index)

    def _meant(self, text: str, words: Sequence[str]) -> Found:
        names = naming.named(words, self.index)
        weighed = weighing.weighed(words, names, self.index)
        said = list(dict.fromkeys(name.topic for name in names))
        best = [topic for topic, _ in weighed.topics]
        several = len(said) > 1 and naming.only(words, names)
        settled = several or naming.begins(words, names)
        compared = naming.compared(words, names) or (said[:2] if several and JOINING in words else [])
        sides = compared if settled or (best and best[0] in compared) else []
        sureness = 1.0 if settled else self._sureness(words, names, weighed)
        if best and sureness >= MEANT:
            heads = sides or ([each for each in best if each in said] if several else best) or said
            topic = heads[0]
            near = [each for each, weight in weighed.topics if weight >= BESIDE * weighed.topics[0][1]]
            beside = dict.fromkeys([*said, *([] if sides else near)])
            others = [each for each in beside if each not in (topic, *sides)]
            return self._found(text, words, topic, sides, others[:2])
        if best and sureness >= MAYBE:
            return self._found(text, words, others=list(dict.fromkeys([*said, *best]))[:3])
        spelt = (topic for topic, _ in spelling.near(" ".join(words), self.index))
        return self._found(text, words, near=list(dict.fromkeys([*said, *spelt, *best]))[:3])

    def _sureness(self, words: Sequence[str], names: Sequence[naming.Named], weighed: weighing.Weighed) -> float:
        """How sure it is that a topic is meant; one word that names nothing is never enough."""
        sureness = deciding.sureness(deciding.signs(words, names, weighed, self.index))
        return sureness if names or len(set(telling(words))) >= FEW else min(sureness, MAYBE)

    def _found(
        self,
        text: str,
        words: Sequence[str],
        topic: str = "",
        sides: Sequence[str] = (),
        others: Sequence[str] = (),
        near: Sequence[str] = (),
    ) -> Found:
        """What was found, by ids."""
        return Found(
            text,
            self.topics[topic] if topic else None,
            sides=self._topics(sides),
            others=self._topics(others),
            near=self._topics(near),
            words=tuple(words),
        )

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
    """The folded words of a text, without addresses; of a long one those of its last questions, else of its end."""
    if len(text) > LONGEST:
        asked = _QUESTION.findall(text[-READ:])
        text = " ".join(asked)[-LONGEST:] if asked else text[-LONGEST:]
    return folded(_ADDRESS.sub(" ", text)).split()[-WORDS:]

"""What a word of a command may be: each kind reads it, completes it, and offers choices where it is missing."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from bot.language import _
from bot.library import Library
from bot.markup import escape, shorten
from bot.reply import Button, press
from bot.roadmap.names import folded
from bot.roadmap.search import Found

if TYPE_CHECKING:
    from bot.chat import Chat

SUGGESTIONS = 25
"""Discord shows at most 25."""

OFFERS = 8
"""Buttons for a missing word."""

MISSED = 60
"""Characters of what is reported as missing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that could stand for a word: what is shown, and what is written."""

    label: str
    value: str


class Unclear(Exception):
    """A word that could not be read. The message is one sentence.

    `near`: values that would do; `more`: other ways on.
    """

    def __init__(self, message: str, near: Sequence[Choice] = (), more: Sequence[Button] = ()) -> None:
        super().__init__(message)
        self.near = tuple(near)
        self.more = tuple(more)


class Span(Enum):
    """How many words of a line make one value."""

    ONE = "one"
    MANY = "many"
    REST = "rest"


class Kind(ABC):
    """A kind of word."""

    span = Span.ONE

    @property
    def recalls(self) -> bool:
        """Whether the word may be left out at times, where it is known what is meant."""
        return False

    @abstractmethod
    def read(self, text: str, library: Library) -> Any:
        """The value; raises Unclear."""

    def exact(self, text: str, library: Library) -> bool:
        """Whether the text is wholly a name of this kind, so that no word of it may be taken for something else."""
        return False

    def means(self, word: str, library: Library) -> bool:
        """Whether a first word is meant as a value of this kind, where none is needed."""
        return self.exact(word, library)

    def recall(self, chat: "Chat") -> str:
        """What is meant where the word is left out; empty where it has to be asked for."""
        return ""

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """Completions of what was typed so far, best first."""
        return []

    def offer(self, chat: "Chat") -> list[Choice]:
        """What to choose from where the word is missing; empty where it is to be written freely."""
        return self.suggest("", chat.library)[:OFFERS]


@dataclass(frozen=True)
class TopicName(Kind):
    """A topic by any of its names; `recent`: where it is left out, the one that was talked about last."""

    recent: bool = False
    span = Span.MANY

    def read(self, text: str, library: Library) -> Any:
        """The topic that is clearly meant."""
        found = library.search.find(text)
        if found.topic is not None and found.sure:
            return found.topic
        near = [found.topic, *found.sides[1:], *found.others] if found.topic else [*found.others, *found.near]
        maybe = bool(found.topic or found.others)
        choices = [Choice(topic.title, topic.id) for topic in near]
        raise Unclear(unclear(text, maybe, bool(near)), choices, () if maybe else [missed(text)])

    def exact(self, text: str, library: Library) -> bool:
        """Whether the text is a topic's exact name."""
        return library.search.exact(text) is not None

    def means(self, word: str, library: Library) -> bool:
        """Whether it is a topic's name, perhaps misspelt, but no other word."""
        return library.search.names(word)

    @property
    def recalls(self) -> bool:
        """As it was declared."""
        return self.recent

    def recall(self, chat: "Chat") -> str:
        """The topic that was talked about last, if that counts here."""
        topic = chat.recent if self.recent else None
        return topic.id if topic else ""

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """Topics whose names begin so, or nearly; before the first letter those at the roadmap's start."""
        if not text.strip():
            roadmap = library.roadmap("")
            first = dict.fromkeys(member.topic for step in roadmap.steps.values() for member in step.members)
            return [Choice(library.content.topics[topic].title, topic) for topic in list(first)[:SUGGESTIONS]]
        return [Choice(topic.title, topic.id) for topic in library.search.starting(text, SUGGESTIONS)]

    def offer(self, chat: "Chat") -> list[Choice]:
        """What the learner could take up now."""
        proposals = chat.path.proposals(chat.library.minutes, chat.now)[:OFFERS]
        topics = [chat.library.content.topics[proposal.topic] for proposal in proposals]
        return [Choice(topic.title, topic.id) for topic in topics]


@dataclass(frozen=True)
class TopicMeant(TopicName):
    """What is meant by the name of a topic or a question: all that the search found, for a command that tells it."""

    def read(self, text: str, library: Library) -> Found:
        """What was found."""
        return library.search.find(text)


def missed(text: str) -> Button:
    """A button that reports what somebody missed."""
    return press(_("Ask for a page on it"), "report", _("missing"), shorten(text, MISSED))


def unclear(text: str, maybe: bool, near: bool) -> str:
    """Says that no topic is clearly meant: some `maybe`, or none, and whether there are `near` ones to show."""
    shown = escape(shorten(text, 60))
    if maybe:
        return _("I am not sure what you mean by “{text}”. One of these?").format(text=shown)
    if near:
        return _("“{text}” is not on this roadmap. The nearest topics are:").format(text=shown)
    return _("“{text}” is not on this roadmap, and no topic is near it. /map shows everything that is.").format(
        text=shown
    )


@dataclass(frozen=True)
class Number(Kind):
    """A whole number within limits, `unit` as it is shown."""

    low: int
    high: int

    def read(self, text: str, library: Library) -> int:
        """The number."""
        if text.isascii() and text.isdigit() and len(text) < 10 and self.low <= int(text) <= self.high:
            return int(text)
        raise Unclear(_("Write a whole number from {low} to {high} there.").format(low=self.low, high=self.high))


@dataclass(frozen=True)
class OneOf(Kind):
    """One of a few words; each may have other spellings."""

    words: tuple[str, ...]

    def read(self, text: str, library: Library) -> str:
        """The word, from its beginning if that is clear."""
        wanted = text.casefold()
        hits = [word for word in self.words if word == wanted] or [
            word for word in self.words if len(wanted) > 1 and word.startswith(wanted)
        ]
        if len(hits) == 1:
            return hits[0]
        raise Unclear(_("Write one of these there: {words}.").format(words=", ".join(self.words)), _choices(self.words))

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """The words that begin so."""
        return _choices(word for word in self.words if word.startswith(text.casefold()))


def _choices(words: Iterable[str]) -> list[Choice]:
    return [Choice(word, word) for word in words]


@dataclass(frozen=True)
class FreeText(Kind):
    """Words of one's own: the rest of the line as it was typed, or one word of it."""

    longest: int
    span: Span = Span.REST

    def read(self, text: str, library: Library) -> str:
        """The text, refused where it is too long to keep."""
        if len(text) > self.longest:
            told = _("That has {length} characters; keep it to {limit} at most.")
            raise Unclear(told.format(length=len(text), limit=self.longest))
        return text


@dataclass(frozen=True)
class SectionName(Kind):
    """A section of a roadmap, by its id or title."""

    span = Span.MANY

    def read(self, text: str, library: Library) -> str:
        """The section's id."""
        if (found := _sections(library).get(folded(text))) is not None:
            return found
        from rapidfuzz import fuzz, process

        sections = _sections(library)
        hits = process.extract(folded(text[:60]), list(sections), scorer=fuzz.WRatio, limit=6)
        near = dict.fromkeys(sections[hit[0]] for hit in hits)
        told = _("“{text}” is no section of this roadmap. The nearest are:")
        raise Unclear(told.format(text=escape(shorten(text, 40))), [Choice(each, each) for each in list(near)[:3]])

    def exact(self, text: str, library: Library) -> bool:
        """Whether the text is a section's exact name."""
        return folded(text) in _sections(library)

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """The sections whose name begins so."""
        wanted = folded(text)
        hits = dict.fromkeys(section for name, section in _sections(library).items() if name.startswith(wanted))
        return _choices(list(hits)[:SUGGESTIONS])


def _sections(library: Library) -> dict[str, str]:
    """Sections of every roadmap by each of their names."""
    every = [section for roadmap in library.content.roadmaps.values() for section in roadmap.sections]
    return {folded(name): section.id for section in every for name in (section.title, section.id)}


@dataclass(frozen=True)
class CommandName(Kind):
    """A command by its name, with or without the slash."""

    def read(self, text: str, library: Library) -> Any:
        """The command."""
        name = text.removeprefix("/").casefold()
        if name in library.menu:
            return library.menu[name]
        raise Unclear(
            _("There is no command “{name}”. The nearest are:").format(name=escape(shorten(name, 40))),
            [Choice(f"/{near}", near) for near in nearest(name, library.menu)],
        )

    def suggest(self, text: str, library: Library) -> list[Choice]:
        """The commands that begin so."""
        start = text.removeprefix("/").casefold()
        return [Choice(f"/{name}", name) for name in library.menu if name.startswith(start)]


def nearest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """The names most like a mistyped one, best first."""
    from rapidfuzz import fuzz, process

    hits = process.extract(name[:40], list(names), scorer=fuzz.WRatio, limit=limit)
    return [hit[0] for hit in hits]


@dataclass(frozen=True)
class Day(Kind):
    """A date as ISO 8601 writes it."""

    def read(self, text: str, library: Library) -> date:
        """The date."""
        try:
            return date.fromisoformat(text)
        except ValueError:
            told = _("“{text}” is no date. Write it as 2027-06-01.")
            raise Unclear(told.format(text=escape(shorten(text, 20)))) from None

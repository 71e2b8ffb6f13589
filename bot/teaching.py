"""Which topic a group is taught next, and why."""

from dataclasses import dataclass
from datetime import datetime

from bot.card import listed
from bot.chat import Chat
from bot.language import _, plural
from bot.learning.lesson import Past, had, lesson
from bot.library import Library
from bot.roadmap.model import Topic
from bot.store import taught
from bot.store.groups import Group

NAMED = 3
"""Topics that a reason names."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A topic for a group. `chosen`: by an administrator. `before`: how often it was taught already."""

    topic: Topic
    chosen: bool
    before: int
    past: Past


def past(chat: Chat, group: Group, now: datetime) -> Past:
    """What a group has behind it, of topics that are there still."""
    found = taught.past(chat.connection, group.id, chat.library.search.renamed, now)
    topics = chat.library.content.topics
    kept = {topic: each for topic, each in found.taught.items() if topic in topics}
    return Past(kept, found.done, found.active)


def coming(chat: Chat, group: Group, now: datetime) -> Lesson:
    """The next daily topic: the one that an administrator chose, else the next along the roadmap."""
    behind = past(chat, group, now)
    chosen = topic_of(chat.library, group.next_topic)
    topic = chosen or chat.topic(lesson(chat.library.roadmap(""), chat.library.minutes, behind, now))
    before = behind.taught[topic.id].times if topic.id in behind.taught else 0
    return Lesson(topic, chosen is not None, before, behind)


def topic_of(library: Library, topic_id: str) -> Topic | None:
    """The topic that was kept by that id, which it may have had before; None where it is there no more."""
    return library.content.topics.get(library.search.renamed.get(topic_id, topic_id))


def why(chat: Chat, of: Lesson) -> str:
    """Why it is taught now, in one sentence."""
    return _("**Why today:** {why}{left}.").format(why=_reason(chat, of), left=_left(of))


def _reason(chat: Chat, of: Lesson) -> str:
    if of.chosen:
        return _("an administrator of this group chose it")
    if of.before:
        told = plural(
            "it returns so that it stays: you have had it {count} time here",
            "it returns so that it stays: you have had it {count} times here",
            of.before,
        )
        return told.format(count=of.before)
    roadmap = chat.library.roadmap("")
    path = had(roadmap, of.past, but=of.topic.id)
    needs = [chat.library.title(step.id, roadmap) for step in path.needs(of.topic.id) if path.met(step)]
    if not needs:
        return _("it needs nothing before it")
    return _("it builds on {topics}, which this group has had").format(topics=listed(needs[-NAMED:]))


def _left(of: Lesson) -> str:
    """How many have not done it."""
    active = of.past.active
    left = active - of.past.done.get(of.topic.id, 0)
    if not left:
        return ""
    told = plural(
        ", and {left} of {count} active member has not done it yet",
        ", and {left} of {count} active members have not done it yet",
        active,
    )
    return told.format(left=left, count=active)

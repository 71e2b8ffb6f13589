"""What a group's series say: the daily topic, the weekly project with its reminder, and the recap."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.ask import Place
from bot.briefing import announce, at_hand
from bot.call import Call
from bot.chat import Chat
from bot.learning.span import Span, begins
from bot.planning.firing import Firing
from bot.store import briefs, outbox, taught
from bot.store.groups import Group
from bot.teaching import coming

MIDDLE = timedelta(hours=84)
"""Half a week: a recap is about the week that holds the instant so long before it."""


def _group(chat: Chat) -> Group:
    assert chat.group is not None
    return chat.group


def daily(chat: Chat, firing: Firing) -> Call | None:
    """The topic of the day."""
    group = _group(chat)
    lesson = coming(chat, group, firing.at)
    taught.teach(chat.connection, group.id, lesson.topic.id, lesson.before + 1, firing.at, group.next_topic)
    said = Call.of("daily", topic=lesson.topic.id)
    return said.saying("by", "chosen") if lesson.chosen else said


def weekly(chat: Chat, firing: Firing) -> Call | None:
    """The project of the week."""
    project = announce(chat, _group(chat), firing.key, firing.at)
    return Call.of("weekly", project=project.id) if project else None


def reminder(chat: Chat, firing: Firing) -> Call | None:
    """A day before the end of a project that was announced."""
    if briefs.announced(chat.connection, _group(chat).id) is None:
        return None
    project = at_hand(chat)
    return Call.of("reminder", project=project.id) if project else None


def thread(chat: Chat, firing: Firing) -> Place:
    """Where the project was announced: in the thread that was opened for it."""
    announced = briefs.announced(chat.connection, _group(chat).id)
    landed = outbox.landed(chat.connection, announced.key) if announced else None
    return replace(firing.place, thread=landed) if landed else firing.place


def recap(chat: Chat, firing: Firing) -> Call | None:
    """What the group did in its week."""
    group = _group(chat)
    middle = firing.at - MIDDLE
    said = Call.of("recap", week=begins(Span.WEEK, middle, group.zone, group.week).isoformat())
    project = _closing(briefs.to_group(chat.connection, group.id), middle, firing.at)
    return said.saying("project", project) if project else said


def _closing(given: Mapping[str, datetime], middle: datetime, at: datetime) -> str:
    """The project that a group had in the middle of the week, else its first after that; "" where it had none."""
    before = [project for project, since in given.items() if since <= middle]
    after = [project for project, since in given.items() if middle < since < at]
    return next(iter(before[-1:] or after[:1]), "")

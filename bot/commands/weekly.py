"""/weekly and /reminder: a group's project of the week, as the clock announces it and reminds of its end."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot.ask import Role
from bot.briefing import at_hand, week_began
from bot.card import listed, part_id, section
from bot.chat import Chat
from bot.command import command
from bot.commands.project import CARDS, FOLDED
from bot.instants import told as instant
from bot.kinds import FreeText, Span
from bot.language import _, mark, plural
from bot.reply import Button, Draft, Reply, press
from bot.roadmap.model import Project
from bot.store import series, submissions
from bot.store.groups import Group
from bot.wanted import owner, wanted

MOST = 1_000
"""Submissions that are counted."""


@command("weekly", mark("A group's project of the week"), role=Role.HOUSE, hidden=True)
def weekly(chat: Chat, project: Annotated[str, FreeText(64, Span.ONE)]) -> Reply:
    """The brief that was chosen when it was planned, and until when it counts."""
    found = chat.library.content.projects.get(project)
    if chat.group is None or found is None or (ends := _ends(chat, chat.group)) is None:
        return Reply(())
    return told(chat, chat.group, found, ends)


def _ends(chat: Chat, group: Group) -> datetime | None:
    """When the next project is announced; None where none will be."""
    kept = wanted(chat, "weekly")
    return series.next_due(owner(group), kept, chat.now) if kept else None


def told(chat: Chat, group: Group, of: Project, ends: datetime) -> Reply:
    """A project of the week with what it must do; all else is shown by buttons."""
    titles = listed([chat.topic(topic).title for topic in of.topics])
    head = _("**Until {instant}**: {level}, about {hours} hours, with {topics}.")
    draft = Draft(about=list(of.topics)).say(_("## Project of the week: {title}").format(title=of.title))
    draft.say(head.format(instant=instant(ends, group.zone), level=of.level, hours=of.hours, topics=titles))
    draft.say(of.brief, *(section(part) for part in of.parts[:1]))
    folded = [press(part.heading, "project", part=part_id(part)) for part in of.parts if part_id(part) in FOLDED]
    cards = [press(chat.topic(topic).title, "explain", topic) for topic in of.topics[:CARDS]]
    draft.offer([_hand_in(), press(_("Projects"), "projects")], [press(_("The brief"), "project"), *folded], cards)
    return replace(draft.reply(), thread=of.title)


def _hand_in() -> Button:
    return Button(_("Hand in"), "/submit", fill=("link", "note"))


@command("reminder", mark("A group's project of the week ends soon"), role=Role.HOUSE, hidden=True)
def reminder(chat: Chat, project: Annotated[str, FreeText(64, Span.ONE)]) -> Reply:
    """How long a project runs, and how many have handed it in; nothing once another one is at hand."""
    group = chat.group
    if group is None or (ends := _ends(chat, group)) is None:
        return Reply(())
    found = at_hand(chat)
    if found is None or found.id != project:
        return Reply(())
    entries = submissions.since(chat.connection, group.id, week_began(chat, group), MOST, 0)
    draft = Draft(about=list(found.topics)).say(
        _("**{title}** runs until {instant}.").format(title=found.title, instant=instant(ends, group.zone)),
        _handed(sum(entry.project == found.id for entry in entries)),
    )
    return draft.offer([_hand_in(), press(_("Projects"), "projects"), press(_("The brief"), "project")]).reply()


def _handed(count: int) -> str:
    if not count:
        return _("Nobody has handed it in yet: be the first.")
    told_ = plural("{count} of you has handed it in so far.", "{count} of you have handed it in so far.", count)
    return told_.format(count=count)

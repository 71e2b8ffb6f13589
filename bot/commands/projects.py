"""/projects and /cheer: seeing what was handed in, and being glad of it."""

from typing import Annotated

from bot.briefing import week_began
from bot.chat import Chat
from bot.command import command
from bot.commands.submit import muted, shown
from bot.defuse import defuse
from bot.kinds import Number
from bot.language import _, mark, plural
from bot.learning import points
from bot.learning.days import local_day
from bot.markup import escape, shorten
from bot.reply import Draft, Reply, press, rows_of
from bot.roadmap.model import Project
from bot.store import boards, cheers, learners, ledger, submissions
from bot.store.submissions import Entry, Submission

PAGE = 10
"""Submissions that are shown at once."""

NOTE = 200
"""Characters of a note in a list."""


@command("projects", mark("Shows what was handed in this week, and lets you cheer"))
def projects(chat: Chat, page: Annotated[int | None, Number(1, 10_000)] = None) -> Reply:
    """The group's submissions of this week, or my own of all time; ten at a time."""
    after = ((page or 1) - 1) * PAGE
    if chat.group:
        began = week_began(chat, chat.group)
        entries = submissions.since(chat.connection, chat.group.id, began, PAGE + 1, after)
        head = _("## Handed in this week")
    else:
        entries = submissions.of_learner(chat.connection, chat.learner.id, PAGE + 1, after)
        head = _("## What you handed in")
    if not entries:
        told = _("Nothing was handed in here this week.") if chat.group else _("You have handed nothing in yet.")
        return Draft().say(told).offer([press(_("A project"), "project")]).reply()
    more = [press(_("More"), "projects", (page or 1) + 1)] if len(entries) > PAGE else []
    numbered = list(enumerate(entries[:PAGE], after + 1))
    draft = Draft().say(head, *(_entry(chat, number, each) for number, each in numbered))
    praise = [press(_("Cheer {number}").format(number=number), "cheer", each.id) for number, each in numbered]
    return draft.offer(*rows_of(praise if chat.group else [], 5), [press(_("The brief"), "project"), *more]).reply()


def _entry(chat: Chat, number: int, entry: Entry) -> str:
    title = _title(chat, entry.project)
    head = f"**{number}. {title}**"
    if chat.group:
        head = _("{title} by {name}").format(title=head, name=defuse(entry.name))
    cheered = plural("{count} cheer", "{count} cheers", entry.cheers).format(count=entry.cheers)
    return f"{head} · {cheered}\n{shown(entry.link, shorten(entry.note, NOTE))}"


def _title(chat: Chat, project_id: str) -> str:
    """A project's title; its id where the content no longer has it."""
    found: Project | None = chat.library.content.projects.get(project_id)
    return found.title if found else escape(project_id)


@command("cheer", mark("Cheers what somebody handed in"), hidden=True, private=True)
def cheer(chat: Chat, submission: Annotated[int, Number(1, 10**9)]) -> Reply:
    """Cheers once for what somebody else handed in in a group of mine."""
    found = submissions.find(chat.connection, submission)
    if found and found.learner_id == chat.learner.id:
        return _said(_("That one is yours; the others may cheer it."))
    here = cheers.muted(chat.connection, submission, chat.learner.id) if found else []
    if found is None or not here:
        return _said(_("That project stands in no group of yours any more."))
    if all(here):
        return muted()
    if not cheers.give(chat.connection, found.id, chat.learner.id, chat.now):
        return _said(_("You have cheered that already; once counts."))
    _reward(chat, found)
    return _said(_("Your cheer for **{title}** counts.").format(title=_title(chat, found.project)))


def _said(text: str) -> Reply:
    return Draft().say(text).offer([press(_("Projects"), "projects")]).reply()


def _reward(chat: Chat, of: Submission) -> None:
    """Books a cheer for whoever it is for, up to the week's bound; the key does not tell who cheered."""
    connection = chat.connection
    learners.lock(connection, of.learner_id)
    day = local_day(chat.now, of.zone)
    keys = [f"cheer {points.week(day)} {n}" for n in range(1, points.CHEERS // points.CHEER + 1)]
    if key := ledger.free(connection, of.learner_id, keys):
        brought = ledger.book(connection, of.learner_id, [(key, "cheer", points.CHEER)], day, chat.now)
        boards.add(connection, of.learner_id, brought, False, chat.now)

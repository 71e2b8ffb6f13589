"""/project: a brief that fits the learner, or the one that the group does this week."""

from typing import Annotated

from bot.ask import Role
from bot.briefing import mine, of_week
from bot.card import listed, part_id, section
from bot.chat import Chat
from bot.command import command
from bot.kinds import OneOf
from bot.language import _, mark
from bot.learning.fitting import LEVELS
from bot.learning.path import State
from bot.reply import Button, Draft, Reply, press
from bot.roadmap.model import Project

FOLDED = ("hints", "stretch-goals")
"""The parts of a brief that are shown when they are asked for."""

CARDS = 3
"""Topics that can be explained by a button."""


@command(
    "project", mark("Gives a project brief that fits what you know, or your group's of this week"), "/project beginner"
)
def project(
    chat: Chat,
    level: Annotated[str | None, OneOf(LEVELS)] = None,
    another: Annotated[str | None, OneOf(("yes",))] = None,
    part: Annotated[str | None, OneOf(FOLDED)] = None,
) -> Reply:
    """The brief at hand, changed where a level or another one is wished, or one part of it."""
    changes = bool(level or another)
    if chat.group is None:
        found = mine(chat, level or "", bool(another))
    elif changes and chat.role < Role.ADMIN:
        return _not_yours()
    else:
        found = of_week(chat, chat.group, level or "", bool(another))
    if found is None:
        return Draft().say(_("There are no projects yet.")).offer([press(_("What next?"), "next")]).reply()
    chosen = next((each for each in found.parts if part and part_id(each) == part), None)
    draft = Draft(about=list(found.topics)).say(_("## {title}").format(title=found.title))
    if chosen:
        return draft.say(section(chosen)).offer([press(_("The brief"), "project"), _hand_in()]).reply()
    draft.say(_head(chat, found), found.brief)
    draft.say(*(section(each) for each in found.parts if part_id(each) not in FOLDED))
    draft.say(_("Hand it in by its https address and, if you like, a note (“-” is none)."))
    return draft.offer(*_buttons(chat, found)).reply()


def _not_yours() -> Reply:
    told = _(
        "Only an administrator of this group changes its project of the week. Your private chat with me has yours."
    )
    return Draft().say(told).offer([press(_("The brief"), "project"), press(_("Projects"), "projects")]).reply()


def _head(chat: Chat, of: Project) -> str:
    whose = _("This group's project of the week") if chat.group else _("Your project")
    titles = [chat.topic(topic).title + _done(chat, topic) for topic in of.topics]
    told = _("**{whose}**: {level}, about {hours} hours, with {topics}.")
    return told.format(whose=whose, level=of.level, hours=of.hours, topics=listed(titles))


def _done(chat: Chat, topic: str) -> str:
    """A sign where I have done a topic; a group's brief is for all, so it bears none."""
    return " ✓" if chat.group is None and chat.path.said(topic) is State.DONE else ""


def _hand_in() -> Button:
    return Button(_("Hand it in"), "/submit", fill=("link", "note"))


def _buttons(chat: Chat, of: Project) -> list[list[Button]]:
    folded = [press(each.heading, "project", part=part_id(each)) for each in of.parts if part_id(each) in FOLDED]
    fresh = sorted(of.topics, key=lambda topic: chat.path.said(topic) is State.DONE)[:CARDS]
    cards = [press(chat.topic(topic).title, "explain", topic) for topic in fresh]
    another = [press(_("Another one"), "project", of.level, another="yes")]
    mine_to_change = chat.group is None or chat.role >= Role.ADMIN
    return [[_hand_in(), press(_("Projects"), "projects")], folded, cards, another if mine_to_change else []]

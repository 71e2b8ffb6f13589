"""What a group is sent next, as it would look now, and whether everything for it is allowed: a part of /group."""

from dataclasses import replace
from datetime import datetime

from bot.briefing import coming as project
from bot.chat import Chat
from bot.commands import daily, recap, weekly
from bot.instants import told
from bot.language import _
from bot.learning.rhythm import following
from bot.learning.span import Span, begins
from bot.planning.together import MIDDLE
from bot.reply import Buttons, Draft, Reply, Text, press
from bot.rights import MENTION, POLL, SEND, THREAD
from bot.store import series
from bot.store.groups import Group
from bot.store.series import Series
from bot.teaching import coming
from bot.wanted import owner

SHOWN = ("daily", "weekly", "recap")


def preview(chat: Chat, here: Group) -> Reply:
    """For whoever asks alone: each series with its next instant and what it says; nothing is used up by that."""
    kept = series.read(chat.connection, owner(here))
    draft = Draft().say(_("## What comes here next"))
    if here.paused:
        draft.say(_("**Paused:** nothing is sent until it is resumed."))
    if not any(kind in kept for kind in SHOWN):
        draft.say(_("Nothing: no series is on. `/setup` asks for hour and days."))
    coming_ = sorted((_due(here, kept[kind], chat.now), kind) for kind in SHOWN if kind in kept)
    for at, kind in coming_:
        draft.say("---", f"**{told(at, here.zone)}**", *_texts(_said(chat, here, kept[kind], at)))
    draft.offer([press(_("The group"), "group")])
    return replace(draft.reply(), private=True, checks=checks(here))


def checks(here: Group) -> tuple[str, ...]:
    """What is to be done in a group's place."""
    return (SEND, THREAD, POLL, *([f"{MENTION} {here.mention}"] if here.mention else []))


def _due(here: Group, of: Series, now: datetime) -> datetime:
    """When a series fires next; while the group rests, as if it did not."""
    return following(now, here.zone, of.minute, of.days)


def _said(chat: Chat, here: Group, of: Series, at: datetime) -> Reply:
    """What a series would say at an instant, as far as is known now."""
    if of.kind == "daily":
        return daily.told(chat, here, coming(chat, here, at))
    if of.kind == "recap":
        return recap.told(chat, here, begins(Span.WEEK, at - MIDDLE, here.zone, here.week), "")
    found = project(chat, here)
    return weekly.told(chat, here, found, _due(here, of, at)) if found else Reply(())


def _texts(reply: Reply) -> list[str]:
    """The words of a reply, and the names of its buttons."""
    labels = [
        button.label for block in reply.blocks if isinstance(block, Buttons) for row in block.rows for button in row
    ]
    texts = [block.text for block in reply.blocks if isinstance(block, Text)]
    return [*texts, _("*Buttons: {labels}*").format(labels=", ".join(labels))] if labels else texts

"""/group: what a group's administrators set: name, zone, hours and days, its own goal, mention, pause, members."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from bot.ask import Role
from bot.chat import Chat
from bot.command import Where, command
from bot.commands import challenge as duel
from bot.commands import moderation, preview, resettling
from bot.commands.group_series import changed, lines, set_daily, set_weekly
from bot.defuse import defuse
from bot.kinds import FreeText, Kind, Number, OneOf, Span, TopicName, Unclear
from bot.language import _, mark
from bot.library import Library
from bot.markup import escape, shorten
from bot.reply import Button, Draft, Reply, press
from bot.roadmap.model import Topic
from bot.standing import done_together, this_week
from bot.store import groups
from bot.store.groups import Group
from bot.teaching import topic_of
from bot.times import AUTO, OFF, Auto, FirstDay, Off, TimeOfDay, Weekdays, WeekTime, written_day
from bot.zones import Zone, called

ACTIONS = ("preview", "pause", "resume", "members", "submissions", "challenge", "move", "reset", "delete")
SURE = ("yes",)
WITH_ROLES = "discord"
"""The platform on which groups have roles that can be mentioned."""

_ROLE = re.compile(r"(?:<@&)?(\d{1,20})>?")


class Mention(Kind):
    """A role of Discord as it writes one in a message, or its id; or OFF."""

    def read(self, text: str, library: Library) -> Any:
        """The role as Discord writes it, or OFF."""
        if text.casefold() == "off":
            return OFF
        if not (found := _ROLE.fullmatch(text)):
            told = _("“{text}” is no role. Write @ and choose a role of this server, or off.")
            raise Unclear(told.format(text=escape(shorten(text, 30))))
        return f"<@&{found[1]}>"


@command(
    "group",
    mark("Sets this group up: zone, hours and days, goal, preview, pause, members, move, reset, delete"),
    "/group zone=Europe/Berlin",
    role=Role.ADMIN,
    where=Where.GROUP,
)
def group(
    chat: Chat,
    action: Annotated[str | None, OneOf(ACTIONS)] = None,
    name: Annotated[str | None, FreeText(48, Span.ONE)] = None,
    zone: Annotated[str | None, Zone()] = None,
    daily: Annotated[int | Off | None, TimeOfDay()] = None,
    days: Annotated[int | None, Weekdays()] = None,
    weekly: Annotated[tuple[int, int] | Off | None, WeekTime()] = None,
    recap: Annotated[tuple[int, int] | Off | None, WeekTime()] = None,
    week: Annotated[int | Auto | None, FirstDay()] = None,
    goal: Annotated[int | None, Number(0, 150)] = None,
    next: Annotated[Topic | None, TopicName()] = None,
    mention: Annotated[str | Off | None, Mention()] = None,
    challenge: Annotated[str | None, FreeText(16, Span.ONE)] = None,
    remove: Annotated[int | None, Number(1, 10**9)] = None,
    mute: Annotated[int | None, Number(1, 10**9)] = None,
    unmute: Annotated[int | None, Number(1, 10**9)] = None,
    move: Annotated[str | None, FreeText(16, Span.ONE)] = None,
    reset: Annotated[str | None, OneOf(SURE)] = None,
    delete: Annotated[str | None, OneOf(SURE)] = None,
) -> Reply:
    """Changes what is given, and shows how the group is set up."""
    here = chat.group
    assert here is not None
    groups.lock(chat.connection, here.id)
    if action == "members" or mute is not None or unmute is not None:
        return moderation.members(chat, here, mute, unmute)
    if action == "submissions" or remove is not None:
        return moderation.submissions_of(chat, here, remove)
    if action == "challenge" or challenge is not None:
        return duel.challenge(chat, here, challenge)
    if action == "preview":
        return preview.preview(chat, here)
    if action == "move" or move is not None:
        return resettling.move(chat, here, move) if move else resettling.offer_move(chat, here)
    if action == "reset" or reset is not None:
        return resettling.reset(chat, here, reset is not None)
    if action == "delete" or delete is not None:
        return resettling.delete(chat, here, delete is not None)
    chosen = next.id if next else None
    given = {"name": name, "zone": zone, "goal": goal, "paused": _pause(action), "next_topic": chosen}
    _change(chat, here, given)
    _first_day(chat, here, week)
    _mention(chat, here, mention)
    after = changed(chat, here)
    set_daily(chat, after, daily, days)
    for kind, wanted in (("weekly", weekly), ("recap", recap)):
        set_weekly(chat, after, kind, wanted)
    return _shown(chat, after)


def _pause(action: str | None) -> bool | None:
    return {"pause": True, "resume": False}.get(action or "")


def _change(chat: Chat, here: Group, given: Mapping[str, object]) -> None:
    for setting, value in given.items():
        if value is not None:
            groups.change(chat.connection, here.id, setting, value)


def _first_day(chat: Chat, here: Group, week: int | Auto | None) -> None:
    if week is not None:
        groups.change(chat.connection, here.id, "first_day", None if week is AUTO else week)


def _mention(chat: Chat, here: Group, mention: str | Off | None) -> None:
    if isinstance(mention, str) and here.place.platform != WITH_ROLES:
        raise Unclear(_("Roles that can be mentioned are there on Discord alone; here nobody is mentioned."))
    if mention is not None:
        groups.change(chat.connection, here.id, "mention", "" if mention is OFF else mention)


def _shown(chat: Chat, here: Group) -> Reply:
    """How the group is set up, and when what is sent next."""
    listed = [
        _("Zone: {zone}").format(zone=called(here.zone) if here.zone else _("UTC, as none is set")),
        _("The week begins on {day}").format(day=written_day(here.week)),
        *lines(chat, here),
    ]
    if here.mention:
        listed.append(_("The daily topic mentions {role}").format(role=here.mention))
    name = defuse(here.name) or _("This group")
    draft = Draft().say(_("## {name}").format(name=name), "\n".join(f"- {line}" for line in listed))
    if chosen := topic_of(chat.library, here.next_topic):
        draft.say(_("The next daily topic is **{title}**, as chosen.").format(title=chosen.title))
    if here.paused:
        draft.say(_("**Paused:** nothing is sent until it is resumed."))
    draft.say(done_together(here, this_week(chat, here)))
    pause = press(_("Resume"), "group", "resume") if here.paused else press(_("Pause"), "group", "pause")
    draft.offer(
        [
            Button(_("Change zone"), "/group", fill=("zone",)),
            Button(_("Daily topic at"), "/group", fill=("daily",)),
            pause,
        ],
        [press(_("Preview"), "group", "preview"), press(_("Step by step"), "setup"), press(_("Move"), "group", "move")],
        [
            press(_("Members"), "group", "members"),
            press(_("Submissions"), "group", "submissions"),
            press(_("Challenge"), "group", "challenge"),
        ],
    )
    return draft.reply(slot="group")

"""/setup: a group is set up in a minute, step by step; what is chosen is kept at once, and defaults stand ready."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from bot.ask import Role
from bot.chat import Chat
from bot.command import Where, command
from bot.commands.group_series import changed, lines, set_daily, set_weekly
from bot.commands.preview import checks
from bot.commands.start import ZONES
from bot.kinds import OneOf
from bot.language import _, mark
from bot.learning.rhythm import WEEKDAYS, day_before
from bot.locales import zone_of
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.store import groups
from bot.store.groups import Group
from bot.times import OFF, Off, TimeOfDay, Weekdays, WeekTime
from bot.zones import Zone, called

STEPS = ("defaults", "hour")

HOUR = "09:00"
DAYS = "weekdays"
WEEK = "mon 18:00"
DEFAULTS = (9 * 60, WEEKDAYS, (1, 18 * 60))
"""HOUR, DAYS and WEEK as they are kept."""

SHOWN_ZONES = 8


@command(
    "setup",
    mark("Sets this group up in a minute: zone, place, hour, days, and the day of the project"),
    role=Role.ADMIN,
    where=Where.GROUP,
)
def setup(
    chat: Chat,
    step: Annotated[str | None, OneOf(STEPS)] = None,
    zone: Annotated[str | None, Zone()] = None,
    daily: Annotated[int | Off | None, TimeOfDay()] = None,
    days: Annotated[int | None, Weekdays()] = None,
    weekly: Annotated[tuple[int, int] | Off | None, WeekTime()] = None,
) -> Reply:
    """Keeps what is given, and asks for what comes after it."""
    here = chat.group
    assert here is not None
    groups.lock(chat.connection, here.id)
    if step == "defaults":
        zone, daily, days, weekly = zone or here.zone or _zones(chat, here)[0], *DEFAULTS
    if zone is not None:
        groups.change(chat.connection, here.id, "zone", zone)
    here = changed(chat, here)
    set_daily(chat, here, daily, days)
    for kind, wanted in _week(weekly):
        set_weekly(chat, here, kind, wanted)
    if weekly is not None:
        return _done(chat, here)
    if days is not None or daily is OFF:
        return _ask_week()
    if daily is not None:
        return _ask_days()
    if step == "hour":
        return _ask_hour()
    return _ask_place(here) if zone is not None else _ask_zone(chat, here)


def _week(weekly: tuple[int, int] | Off | None) -> Iterable[tuple[str, tuple[int, int] | Off | None]]:
    """The project's weekday and hour, and the recap's: a day before, so that a week ends before the next one begins."""
    before = (day_before(weekly[0]), weekly[1]) if isinstance(weekly, tuple) else weekly
    return (("weekly", weekly), ("recap", before))


def _zones(chat: Chat, here: Group) -> list[str]:
    """The zones that are likely: the group's, the administrator's own, that of their language; then others."""
    likely = (here.zone, chat.learner.zone, zone_of(chat.ask.language), *ZONES)
    return list(dict.fromkeys(zone for zone in likely if zone))[:SHOWN_ZONES]


def _ask_zone(chat: Chat, here: Group) -> Reply:
    buttons = [press(called(zone), "setup", zone=zone) for zone in _zones(chat, here)]
    draft = Draft().say(_("**1 of 5: Where are most of you?** Hours and weeks follow this time zone."))
    draft.offer(*rows_of(buttons, 2))
    return _step(draft, Button(_("Another city"), "/setup", fill=("zone",)), defaults=press(_ALL, "setup", "defaults"))


def _ask_place(here: Group) -> Reply:
    told = _(
        "**2 of 5: Is this the place?** What I send comes here, by {zone} time. To have it in another channel, thread "
        "or topic, say `/setup` there instead; each has its own path and board."
    )
    draft = Draft().say(told.format(zone=called(here.zone)))
    return _step(draft, press(_("Here"), "setup", "hour"), defaults=_defaults(daily=HOUR, days=DAYS, weekly=WEEK))


def _ask_hour() -> Reply:
    draft = Draft().say(_("**3 of 5: When does the daily topic come?**"))
    draft.offer([press(hour, "setup", daily=hour) for hour in ("08:00", HOUR, "12:00", "18:00", "20:00")])
    other = Button(_("Another hour"), "/setup", fill=("daily",))
    none = press(_("No daily topic"), "setup", daily="off")
    return _step(draft, other, none, defaults=_defaults(daily=HOUR, days=DAYS, weekly=WEEK))


def _ask_days() -> Reply:
    draft = Draft().say(_("**4 of 5: On which days?**"))
    sets = ((_("Weekdays"), DAYS), (_("Every day"), "daily"), (_("Mon, Wed, Fri"), "mon,wed,fri"))
    draft.offer([press(label, "setup", days=days) for label, days in sets])
    other = Button(_("Other days"), "/setup", fill=("days",))
    return _step(draft, other, defaults=_defaults(days=DAYS, weekly=WEEK))


def _ask_week() -> Reply:
    told = _("**5 of 5: When does the week’s project come?** A recap closes the week a day before, at the same hour.")
    draft = Draft().say(told)
    sets = ((_("Mon 18:00"), WEEK), (_("Fri 17:00"), "fri 17:00"), (_("Sat 10:00"), "sat 10:00"))
    draft.offer([press(label, "setup", weekly=at) for label, at in sets])
    other = Button(_("Another time"), "/setup", fill=("weekly",))
    return _step(draft, other, press(_("No project"), "setup", weekly="off"), defaults=_defaults(weekly=WEEK))


_ALL = mark("Use the defaults")


def _defaults(**words: str) -> Button:
    """A press that takes the default of each step that is left."""
    return press(_ALL, "setup", **words)


def _step(draft: Draft, *others: Button, defaults: Button) -> Reply:
    return draft.offer(others, [replace(defaults, label=_(defaults.label))]).reply(slot="setup")


def _done(chat: Chat, here: Group) -> Reply:
    """What comes when, and how all of it is changed."""
    draft = Draft().say(
        _("**That is all.** So it comes here, by {zone} time:").format(zone=called(here.zone) or "UTC"),
        "\n".join(f"- {line}" for line in lines(chat, here)),
        _("Everything can be changed with `/group`, and tried with `/group preview`."),
    )
    draft.offer([press(_("Preview"), "group", "preview"), press(_("The group"), "group")])
    return replace(draft.reply(slot="setup"), checks=checks(here))

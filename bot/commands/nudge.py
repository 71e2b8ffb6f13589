"""/nudge: a learner's own reminder: its hour and days, quiet hours, the warning of a streak's end, pauses."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from bot.ask import Place
from bot.call import Call
from bot.chat import Chat
from bot.command import command
from bot.commands.nudge_shown import clash, shown, which_hour
from bot.hours import minute_of, plain
from bot.instants import told
from bot.kinds import OneOf
from bot.language import _, mark
from bot.learning.days import local_day
from bot.learning.nudging import DAY, Quiet, is_quiet, later, warning
from bot.learning.rhythm import DAILY
from bot.library import Library
from bot.planning.plan import FRESH, SPREAD
from bot.reply import Reply
from bot.store import learners, nudges, outbox, series
from bot.store.nudges import Nudge
from bot.store.series import Owner, Series
from bot.times import OFF, Off, QuietHours, TimeOfDay, Weekdays
from bot.zones import Zone

ACTIONS = ("on", "off", "later", "pause", "resume")
PAUSE = timedelta(days=7)


class Action(OneOf):
    """One of ACTIONS, or at once the hour."""

    def read(self, text: str, library: Library) -> Any:
        """The word, or the minute of the day."""
        minute = minute_of(plain(text))
        return super().read(text, library) if minute is None else minute


@command(
    "nudge",
    mark("Your own reminder: hour, days, quiet hours, pauses, a warning before your streak ends"),
    "/nudge on 08:00",
    private=True,
)
def nudge(
    chat: Chat,
    action: Annotated[str | int | None, Action(ACTIONS)] = None,
    at: Annotated[int | Off | None, TimeOfDay()] = None,
    days: Annotated[int | None, Weekdays()] = None,
    quiet: Annotated[Quiet | Off | None, QuietHours()] = None,
    streak: Annotated[str | None, OneOf(("on", "off"))] = None,
    zone: Annotated[str | None, Zone()] = None,
) -> Reply:
    """Changes what is given, and shows what is on and what comes when."""
    if zone is not None:
        learners.change(chat.connection, chat.learner.id, "zone", zone)
        nudges.recount(chat.connection, chat.learner.id, chat.now)
    owner = Owner(None, chat.learner.id, zone or chat.learner.zone)
    before = nudges.read(chat.connection, chat.learner.id)
    mine, kept = before or Nudge(chat.place.platform), series.read(chat.connection, owner)
    if action == "later":
        return shown(chat, owner, mine, kept, _put_off(chat, mine, kept))
    minute = next((each for each in (action, at) if isinstance(each, int)), None)
    off = action == "off" or at is OFF
    turned_on = not off and (minute is not None or action == "on" or streak == "on")
    if not off and minute is None and "nudge" not in kept and (action == "on" or days is not None):
        return which_hour(mine.quiet, days)
    mine = _set(chat, mine, quiet, _until(chat.now, mine, action, off or turned_on), turned_on)
    wanted = {} if off else _wanted(kept, minute, days, streak, mine.quiet)
    if "nudge" in wanted and _clashes(wanted["nudge"].minute, mine.quiet):
        return clash(wanted["nudge"].minute, mine.quiet, days)
    if before != mine and (before or wanted or quiet is not None):
        nudges.write(chat.connection, chat.learner.id, mine)
    _switch(chat, owner, kept, wanted)
    if wanted and (before != mine or turned_on):
        nudges.recount(chat.connection, chat.learner.id, chat.now)
    return shown(chat, owner, mine, wanted)


def _until(now: datetime, mine: Nudge, action: str | int | None, turned: bool) -> datetime | None:
    """Until when nothing is sent; whoever turns something on or off wants no pause."""
    if action == "pause":
        return now + PAUSE
    return None if turned or action == "resume" else mine.until


def _set(chat: Chat, mine: Nudge, quiet: Quiet | Off | None, until: datetime | None, here: bool) -> Nudge:
    """What holds from now on; nudges come where they were turned on."""
    start, end = (mine.quiet_from, mine.quiet_to) if quiet is None else (None, None) if quiet is OFF else quiet
    platform = chat.place.platform if here else mine.platform
    return replace(mine, platform=platform, quiet_from=start, quiet_to=end, until=until)


def _wanted(
    kept: dict[str, Series], minute: int | None, days: int | None, streak: str | None, quiet: Quiet | None
) -> dict[str, Series]:
    """The series that are on from now on."""
    wanted = dict(kept)
    old = kept.get("nudge")
    if minute is not None or old is not None:
        hour = minute if minute is not None else old.minute if old else 0
        wanted["nudge"] = Series("nudge", hour, days or (old.days if old else DAILY))
    if streak == "off":
        wanted.pop("streak", None)
    elif streak == "on" or "streak" in kept:
        wanted["streak"] = Series("streak", warning(quiet), DAILY)
    return wanted


def _clashes(minute: int, quiet: Quiet | None) -> bool:
    """Whether a nudge of that hour, which may come a little after it, would meet quiet hours."""
    late = SPREAD // timedelta(minutes=1)
    return any(is_quiet((minute + step) % DAY, quiet) for step in range(late + 1))


def _switch(chat: Chat, owner: Owner, kept: dict[str, Series], wanted: dict[str, Series]) -> None:
    series.end(chat.connection, owner, *(kind for kind in kept if kind not in wanted))
    for kind, each in wanted.items():
        if kept.get(kind) != each:
            series.begin(chat.connection, owner, each, chat.now)


def _put_off(chat: Chat, mine: Nudge, kept: dict[str, Series]) -> str:
    """Has a nudge come later today, once; what is said of it."""
    if not kept:
        return _("There is nothing to put off: your nudges are off.")
    learner = chat.learner
    due = later(chat.now, learner.zone, mine.quiet)
    if due is None:
        return _("There is no later today any more: your day or your waking hours are about to end.")
    call = Call.of("nudged", 0) if "nudge" in kept else Call.of("ending")
    key = f"nudge l{learner.id} {local_day(chat.now, learner.zone).isoformat()} later"
    where = Place(chat.place.platform)
    until = due + FRESH["nudge"]
    if chat.post(where, call, key, chat.ask.account.id, due, outbox.WAVE, until):
        return _("I come back to you at {instant}, unless you have learnt something by then.").format(
            instant=told(due, learner.zone)
        )
    return _("I was put off today already, and come back once.")

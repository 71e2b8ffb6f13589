"""How /nudge answers: what is on, the next instants, and what to press; hours to choose from."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.call import Call
from bot.chat import Chat
from bot.instants import told
from bot.language import _
from bot.learning.nudging import Quiet, is_quiet
from bot.learning.rhythm import DAILY, WEEKDAYS, upcoming
from bot.reply import Button, Draft, Reply, press, rows_of
from bot.store import outbox
from bot.store.nudges import UNTIL_RESUMED, Nudge
from bot.store.series import Owner, Series
from bot.times import typed_days, written_days, written_quiet, written_time
from bot.zones import called

HOURS = tuple(hour * 60 for hour in (7, 8, 9, 12, 18, 20))
"""Offered as buttons; any other one can be written."""
USUAL = (22 * 60, 7 * 60)
"""Quiet hours that are offered."""
SHOWN = 5
"""Instants that are shown."""


def shown(chat: Chat, owner: Owner, mine: Nudge, kept: dict[str, Series], note: str = "") -> Reply:
    """What is on, and what comes when."""
    nudge = kept.get("nudge")
    draft = Draft().say(note, _("## Your nudges"), "\n".join(f"- {line}" for line in _lines(owner, mine, kept)))
    paused = mine.until is not None and chat.now < mine.until
    if paused and kept:
        draft.say(_paused(mine, owner.zone))
    if nudge and mine.until != UNTIL_RESUMED:
        instants = "\n".join(f"- {told(each, owner.zone)}" for each in _coming(chat, owner, mine, nudge))
        draft.say(
            _("The next five nudges, each unless you have learnt something that day already:"),
            instants,
        )
    if not nudge:
        draft.say(_("Turn them on at an hour of yours:")).offer(*_hours(mine.quiet))
    return draft.offer(*_buttons(mine, kept, paused)).reply(slot="nudge")


def _lines(owner: Owner, mine: Nudge, kept: dict[str, Series]) -> list[str]:
    nudge, streak = kept.get("nudge"), kept.get("streak")
    quiet = written_quiet(*mine.quiet) if mine.quiet else _("none")
    return [
        _("Nudge: {time}, {days}").format(time=written_time(nudge.minute), days=written_days(nudge.days))
        if nudge
        else _("Nudge: off"),
        _("Streak warning: {time}, when a streak is about to end").format(time=written_time(streak.minute))
        if streak
        else _("Streak warning: off"),
        _("Quiet hours: {hours}").format(hours=quiet),
        _("Zone: {zone}").format(zone=called(owner.zone) if owner.zone else _("UTC, as none is set")),
        *([_("Sent to your private chat on {platform}").format(platform=mine.platform.capitalize())] if kept else []),
    ]


def _paused(mine: Nudge, zone: str) -> str:
    assert mine.until is not None
    if mine.until == UNTIL_RESUMED:
        return _("**Paused:** nothing is sent until you resume.")
    return _("**Paused** until {instant}.").format(instant=told(mine.until, zone))


def _coming(chat: Chat, owner: Owner, mine: Nudge, nudge: Series) -> list[datetime]:
    """The next instants, without one on a date that had its nudge already."""
    after = max(chat.now, mine.until or chat.now)
    first, *others = upcoming(after, owner.zone, nudge.minute, nudge.days, SHOWN + 1)
    on = first.astimezone(ZoneInfo(owner.zone or "UTC")).date()
    said = outbox.landed(chat.connection, f"nudge l{owner.id} {on.isoformat()}") is not None
    return others if said else [first, *others[:-1]]


def _buttons(mine: Nudge, kept: dict[str, Series], paused: bool) -> list[list[Button]]:
    nudge = kept.get("nudge")
    rows = []
    if nudge:
        days = [(_("Every day"), DAILY), (_("Weekdays"), WEEKDAYS)]
        rows.append(
            [
                Button(_("Another hour"), "/nudge on", fill=("at",)),
                *(press(label, "nudge", days=typed_days(mask)) for label, mask in days if mask != nudge.days),
            ]
        )
    if kept:
        pause = press(_("Resume"), "nudge", "resume") if paused else press(_("Pause a week"), "nudge", "pause")
        rows.append([press(_("Later today"), "nudge", "later"), pause, press(_("Turn off"), "nudge", "off")])
    rows.append(
        [
            press(_("No streak warning"), "nudge", streak="off")
            if "streak" in kept
            else press(_("Streak warning"), "nudge", streak="on"),
            press(_("No quiet hours"), "nudge", quiet="off")
            if mine.quiet
            else press(
                _("Quiet hours {hours}").format(hours=written_quiet(*USUAL)), "nudge", quiet=written_quiet(*USUAL)
            ),
            Button(_("Change zone"), "/nudge", fill=("zone",)),
        ]
    )
    return rows


def which_hour(quiet: Quiet | None, days: int | None) -> Reply:
    """Asks for the hour, without which nothing is turned on."""
    told_ = _("Your nudges are off. At which hour shall they come? For example `/nudge on 08:00 days=weekdays`")
    return Draft().say(told_).offer(*_hours(quiet, **_days(days))).reply()


def clash(minute: int, quiet: Quiet | None, days: int | None) -> Reply:
    """Says that an hour and quiet hours do not go together, and what would."""
    assert quiet is not None
    told_ = _(
        "At {time} your quiet hours, {hours}, hold or are about to begin, so nothing would come. Choose another hour, "
        "or other quiet hours; nothing was changed."
    )
    hours, at = written_quiet(*quiet), written_time(minute)
    draft = Draft().say(told_.format(time=at, hours=hours))
    without = press(_("No quiet hours"), "nudge", "on", at, quiet="off", **_days(days))
    return draft.offer(*_hours(quiet, **_days(days), quiet=hours), [without]).reply()


def _hours(free_of: Quiet | None, **words: str) -> list[tuple[Button, ...]]:
    """Hours to press that do not lie in quiet hours, and one to write; `words` go with each."""
    hours = [written_time(hour) for hour in HOURS if not is_quiet(hour, free_of)]
    other = Button(_("Another hour"), Call.of("nudge", "on", **words).line, fill=("at",))
    return rows_of([*(press(hour, "nudge", "on", hour, **words) for hour in hours), other], 4)


def _days(days: int | None) -> dict[str, str]:
    return {} if days is None else {"days": typed_days(days)}

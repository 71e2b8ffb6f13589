"""A group's zone and series: how they are set, and how they are told; parts of /group and /setup."""

from bot.chat import Chat
from bot.instants import told
from bot.kinds import Unclear
from bot.language import _, mark
from bot.learning.rhythm import DAILY
from bot.store import boards, groups, series
from bot.store.groups import Group
from bot.store.series import Series
from bot.times import OFF, Off, written_days, written_time
from bot.wanted import owner

NAMES = {"daily": mark("Daily topic"), "weekly": mark("Weekly project"), "recap": mark("Weekly recap")}


def changed(chat: Chat, before: Group) -> Group:
    """The group as it is now; its boards and next instants are counted anew where its zone or pause asks for that."""
    after = groups.by_id(chat.connection, before.id) or before
    if (after.zone, after.week, after.since) != (before.zone, before.week, before.since):
        boards.recount(chat.connection, after)
    if (after.zone, after.paused) != (before.zone, before.paused):
        series.reset(chat.connection, owner(after), chat.now)
    return after


def set_daily(chat: Chat, here: Group, daily: int | Off | None, days: int | None) -> None:
    """The daily topic's hour and days; days alone change those of a daily topic that there is."""
    if daily is OFF:
        series.end(chat.connection, owner(here), "daily")
    elif daily is not None or days is not None:
        before = series.read(chat.connection, owner(here)).get("daily")
        if daily is None and before is None:
            raise Unclear(_("There is no daily topic yet. Give its hour too: `/group daily=09:00 days=weekdays`"))
        minute = daily if daily is not None else before.minute if before else 0
        wanted = days if days is not None else before.days if before else DAILY
        _begin(chat, here, Series("daily", minute, wanted))


def set_weekly(chat: Chat, here: Group, kind: str, wanted: tuple[int, int] | Off | None) -> None:
    """The weekday and hour of the project or the recap."""
    if isinstance(wanted, tuple):
        days, minute = wanted
        _begin(chat, here, Series(kind, minute, days))
    elif wanted is OFF:
        series.end(chat.connection, owner(here), kind)


def _begin(chat: Chat, here: Group, wanted: Series) -> None:
    """Begins a series; who does so is who set the group up, and hears where it can no longer go on."""
    series.begin(chat.connection, owner(here), wanted, chat.now)
    groups.change(chat.connection, here.id, "setter_id", chat.learner.id)


def lines(chat: Chat, here: Group) -> list[str]:
    """Each series with its days and hour, and when it comes next."""
    kept = series.read(chat.connection, owner(here))
    return [_line(chat, here, kind, kept.get(kind)) for kind in NAMES]


def _line(chat: Chat, here: Group, kind: str, kept: Series | None) -> str:
    name = _(NAMES[kind])
    if kept is None:
        return _("{name}: off").format(name=name)
    told_ = _("{name}: {time}, {days}").format(name=name, time=written_time(kept.minute), days=written_days(kept.days))
    due = series.next_due(owner(here), kept, chat.now)
    return f"{told_} " + _("(next: {instant})").format(instant=told(due, here.zone)) if due else told_

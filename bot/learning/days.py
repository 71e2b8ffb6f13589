"""Local days and streaks: a day is the learner's own and ends at 04:00, and a freeze bridges a missed one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY_ENDS = timedelta(hours=4)
FREEZE_EVERY = 7
"""Days kept that earn a freeze."""
FREEZES = 2
"""Freezes that can be held."""


@dataclass(frozen=True, slots=True)
class Active:
    """A local day on which a learner was active: when first and last, and in which zone last."""

    date: date
    first: datetime
    last: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Streak:
    """Days kept in a row, and freezes in hand."""

    days: int
    freezes: int


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name or "UTC")


def local_day(now: datetime, zone: str) -> date:
    """The learner's day at an instant; the night until 04:00 belongs to the day before."""
    return (now.astimezone(_zone(zone)).replace(tzinfo=None) - DAY_ENDS).date()


def day_ends(day: date, zone: str) -> datetime:
    """The instant at which a local day ends: 04:00 on the next date."""
    return (datetime.combine(day + timedelta(days=1), time(), _zone(zone)) + DAY_ENDS).astimezone(UTC)


def missed(before: Active, now: datetime, zone: str) -> int:
    """Whole local days without activity between a day and an instant.

    Counted in the zone of then and in the zone of now, whichever is kinder: who travels east over the date line skips a
    date without skipping a day.
    """
    between = (local_day(now, each) - local_day(before.last, each) for each in {before.zone, zone})
    return max(0, min(gap.days for gap in between) - 1)


def streak(active: Iterable[Active], now: datetime, zone: str) -> Streak:
    """The streak that stands now. A day without activity spends a freeze if one is held; today is not missed yet."""
    days = freezes = 0
    before: Active | None = None
    latest = local_day(now, zone) + timedelta(days=1)  # a day ahead: who travelled west is in yesterday again
    for day in sorted((day for day in active if day.date <= latest), key=lambda day: (day.date, day.first)):
        days, freezes = _bridged(before, day.first, day.zone, days, freezes)
        days += 1
        freezes = min(FREEZES, freezes + (days % FREEZE_EVERY == 0))
        before = day
    return Streak(*_bridged(before, now, zone, days, freezes))


def _bridged(before: Active | None, now: datetime, zone: str, days: int, freezes: int) -> tuple[int, int]:
    """Days and freezes after the gap since `before`: each missed day spends a freeze; without one all is lost."""
    gap = missed(before, now, zone) if before else 0
    return (days, freezes - gap) if gap <= freezes else (0, 0)

"""Local days and streaks: a day is the learner's own and ends at 04:00, and a freeze bridges a missed one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY_ENDS = timedelta(hours=4)
FREEZE_EVERY = 7
"""Days kept that earn a freeze."""
FREEZES = 2
"""Freezes that can be held."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Days kept in a row, and freezes in hand."""

    days: int
    freezes: int


def local_day(now: datetime, zone: str) -> date:
    """The learner's day at an instant; the night until 04:00 belongs to the day before."""
    return (now.astimezone(ZoneInfo(zone or "UTC")).replace(tzinfo=None) - DAY_ENDS).date()


def streak(active: Collection[date], today: date) -> Streak:
    """The streak that stands today. A day without activity spends a freeze if one is held; today is not missed yet."""
    days = freezes = 0
    kept = sorted(day for day in set(active) if day <= today + timedelta(days=1))
    for before, day in zip([None, *kept], kept, strict=False):
        missed = (day - before).days - 1 if before else 0
        if missed > freezes:
            days = freezes = 0
        else:
            freezes -= missed
        days += 1
        if days % FREEZE_EVERY == 0:
            freezes = min(FREEZES, freezes + 1)
    missed = (today - kept[-1]).days - 1 if kept else 0
    if missed > freezes:
        return Streak(0, 0)
    return Streak(days, freezes - max(missed, 0))

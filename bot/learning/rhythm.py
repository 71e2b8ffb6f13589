"""When a series fires: at a local time on some weekdays, as instants, whatever a zone's clock does."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo

DAILY = 0b1111111
WEEKDAYS = 0b0011111
WEEKENDS = 0b1100000
"""Masks of weekdays: bit 0 is Monday."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def following(after: datetime, zone: str, minute: int, days: int) -> datetime:
    """The first firing strictly after an instant, in UTC.

    A local date fires once, at the first instant whose local clock has reached `minute` of it: a time that comes twice
    fires the first time, and one that a zone skips fires at the first instant after the gap. A date that a zone skips
    altogether does not fire.
    """
    return next(_firings(after, zone, minute, days))


def day_before(days: int) -> int:
    """The weekdays before some weekdays."""
    return days >> 1 | (days & 1) << 6


def upcoming(after: datetime, zone: str, minute: int, days: int, count: int) -> list[datetime]:
    """The first firings strictly after an instant, in UTC."""
    return list(islice(_firings(after, zone, minute, days), count))


def _firings(after: datetime, zone: str, minute: int, days: int) -> Iterator[datetime]:
    if not 0 < days <= DAILY or not 0 <= minute < 24 * 60:
        raise ValueError(f"no series: minute {minute}, days {days:#b}")
    clock, at = _zone(zone), time(minute // 60, minute % 60)
    day = after.astimezone(clock).date()
    while True:
        if days >> day.weekday() & 1 and (fires := _firing(day, at, clock)) is not None and fires > after:
            yield fires
        day += _DAY


def _firing(day: date, at: time, clock: ZoneInfo) -> datetime | None:
    """When a date fires; None where the zone skips it."""
    wanted = datetime.combine(day, at)
    fires = wanted.replace(tzinfo=clock).astimezone(UTC)
    if fires.astimezone(clock).replace(tzinfo=None) == wanted:
        return fires
    fires = _gap_ends(wanted.replace(tzinfo=clock), clock)
    before, behind = (fires - _SECOND).astimezone(clock).date(), fires.astimezone(clock).date()
    return None if before < day < behind else fires


def _gap_ends(skipped: datetime, clock: ZoneInfo) -> datetime:
    """The first instant after the gap in which a local time lies, to the second."""
    late, early = (skipped.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    while late - early > _SECOND:
        middle = early + (late - early) // 2 // _SECOND * _SECOND
        if middle.astimezone(clock).replace(tzinfo=None) < skipped.replace(tzinfo=None):
            early = middle
        else:
            late = middle
    return late


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name or "UTC")

"""The spans of a board: this week, this month, all time, by a group's zone and its first day of the week."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EVER = date(1970, 1, 1)
"""The start of all time."""


class Span(StrEnum):
    """How long a board looks back."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"


def begins(span: Span, now: datetime, zone: str, first_day: int) -> date:
    """The local date on which the span that holds an instant begins, at midnight. `first_day`: Monday is 0."""
    today = now.astimezone(ZoneInfo(zone or "UTC")).date()
    match span:
        case Span.WEEK:
            return today - timedelta(days=(today.weekday() - first_day) % 7)
        case Span.MONTH:
            return today.replace(day=1)
        case Span.ALL:
            return EVER


def starts(now: datetime, zone: str, first_day: int) -> list[tuple[Span, date]]:
    """Every span that holds an instant, with its beginning."""
    return [(span, begins(span, now, zone, first_day)) for span in Span]


def midnight(day: date, zone: str) -> datetime:
    """The instant at which a local date begins."""
    return datetime.combine(day, time(), ZoneInfo(zone or "UTC"))


def week_before(start: date) -> date:
    """The beginning of the week before the one that begins then."""
    return start - timedelta(days=7)

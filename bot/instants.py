"""Instants as people read them: in words of their zone, and beside these in ISO 8601 with the offset."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.hours import SHORT_NAMES
from bot.language import _, mark

MONTHS = (
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
)

ISO = re.compile(r"\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d)\)")
"""The instant in what `told` says; a platform with timestamps of its own may put one there instead."""


def told(instant: datetime, zone: str) -> str:
    """An instant in a zone, such as Mon 23 Nov 2026, 09:00 (2026-11-23T09:00:00+01:00)."""
    local = instant.astimezone(ZoneInfo(zone or "UTC"))
    words = _("{weekday} {day} {month} {year}, {time}").format(
        weekday=_(SHORT_NAMES[local.weekday()]),
        day=local.day,
        month=_(MONTHS[local.month - 1]),
        year=local.year,
        time=f"{local:%H:%M}",
    )
    return f"{words} ({local.isoformat(timespec='seconds')})"

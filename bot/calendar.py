"""Active days as a small calendar in text: a week a column, a weekday a row."""

from collections.abc import Collection
from datetime import date, timedelta

from bot.language import _

WEEKS = 12
ACTIVE, IDLE, AHEAD = "■", "·", " "


def calendar(active: Collection[date], today: date) -> str:
    """The last twelve weeks; the last column holds today."""
    monday = today - timedelta(days=today.weekday())
    names = _("Mo Tu We Th Fr Sa Su").split()
    rows = []
    for weekday, name in enumerate(names):
        week = [monday + timedelta(days=weekday - 7 * back) for back in reversed(range(WEEKS))]
        rows.append(f"{name} " + " ".join(_sign(day, active, today) for day in week))
    return "\n".join(["```text", *(row.rstrip() for row in rows), "```"])


def _sign(day: date, active: Collection[date], today: date) -> str:
    if day in active:
        return ACTIVE
    return AHEAD if day > today else IDLE

"""What people mean by words for times of day and weekdays."""

import re
import unicodedata

from bot.language import mark
from bot.learning.rhythm import DAILY, WEEKDAYS, WEEKENDS

DAY_NAMES = (
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
)
SHORT_NAMES = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))

_ENGLISH = tuple(name.casefold() for name in DAY_NAMES)
_SETS = {
    **dict.fromkeys(("daily", "every day", "everyday", "all days", "all"), DAILY),
    **dict.fromkeys(("weekdays", "weekday", "workdays", "working days"), WEEKDAYS),
    **dict.fromkeys(("weekends", "weekend"), WEEKENDS),
}
_HOURS = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
_TIME = re.compile(r"(\d{1,2})(?:\s?[:.h]\s?(\d{2})?|(\d{2}))?\s?(am|a\.m\.?|pm|p\.m\.?|uhr|o'clock)?")
_FILLING = re.compile(r"\b(?:on|at|and|every|each|the|um)\b(?!\s*day\b)")
TO = re.compile(r"\s*(?:[-–—]|\b(?:to|till|until|through|bis)\b)\s*")


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def bare(text: str) -> str:
    """The text without what only links words."""
    return " ".join(_FILLING.sub(" ", text.replace(",", " ")).split())


def minute_of(text: str) -> int | None:
    if text in _HOURS:
        return _HOURS[text]
    if not (found := _TIME.fullmatch(text)):
        return None
    hour, minute, half = int(found[1]), int(found[2] or found[3] or 0), (found[4] or "")[:1]
    if half in ("a", "p"):
        hour = hour % 12 + 12 * (half == "p") if hour <= 12 else 24
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def weekday_of(text: str) -> int | None:
    """The day whose English name begins so, by two letters or more; also in the plural."""
    begun = text.removesuffix("s") if text.endswith("days") else text.removesuffix(".")
    hits = [day for day, name in enumerate(_ENGLISH) if len(begun) > 1 and name.startswith(begun)]
    return hits[0] if len(hits) == 1 else None


def days_of(text: str) -> int | None:
    """The days of a set's name, or of a list of days and of ranges such as mon-fri."""
    if text in _SETS:
        return _SETS[text]
    parts = re.split(r"[\s,;/&+]+", TO.sub("-", bare(text)))
    masks = [_range(part) for part in parts]
    mask = 0
    for each in masks:
        if each is None:
            return None
        mask |= each
    return mask


def _range(text: str) -> int | None:
    if text in _SETS:
        return _SETS[text]
    ends = [weekday_of(part) for part in text.split("-")]
    first, last = ends[0], ends[-1]
    if first is None or last is None or len(ends) > 2:
        return None
    return sum(1 << (first + step) % 7 for step in range((last - first) % 7 + 1))

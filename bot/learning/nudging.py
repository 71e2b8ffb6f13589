"""Rules of nudges: quiet hours, the hour of a streak's warning, "later today", and backing off when ignored."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.learning.days import Active, day_ends, local_day, streak
from bot.learning.rhythm import DAILY, following

Quiet = tuple[int, int]
"""Minutes of the local day at which quiet hours begin and end; they may span midnight."""

DAY = 24 * 60
HOUR = 60

WARNING = 21 * HOUR
"""When a streak about to end is warned of, unless quiet hours come near."""
LONG_ENOUGH = 2
"""Days of a streak that is worth a warning."""

EASE = 3
"""Nudges ignored in a row after which they come every second day; after twice as many weekly."""
LAST = 9
"""Nudges ignored in a row after which they rest."""

LATER = timedelta(hours=3)
"""How much later "later today" is, where the day leaves so much."""
MARGIN = timedelta(minutes=15)
"""How long before quiet hours and the day's end the latest nudge comes."""


def is_quiet(minute: int, quiet: Quiet | None) -> bool:
    """Whether a minute of the local day lies in quiet hours; their end does not."""
    if quiet is None:
        return False
    start, end = quiet
    return (minute - start) % DAY < (end - start) % DAY


def quiet_at(now: datetime, zone: str, quiet: Quiet | None) -> bool:
    """Whether an instant lies in quiet hours."""
    local = now.astimezone(ZoneInfo(zone or "UTC"))
    return is_quiet(local.hour * HOUR + local.minute, quiet)


def warning(quiet: Quiet | None) -> int:
    """The minute of the local day at which a streak is warned of: an hour before quiet hours that leave none."""
    if quiet and any(is_quiet(minute, quiet) for minute in range(WARNING, WARNING + HOUR)):
        return (quiet[0] - HOUR) % DAY
    return WARNING


def at_stake(active: Sequence[Active], now: datetime, zone: str) -> int:
    """The days of the streak that would end with the learner's day; 0 where none would, or it is short."""
    stands = streak(active, now, zone).days
    kept = streak(active, day_ends(local_day(now, zone), zone), zone).days
    return stands if stands >= LONG_ENOUGH and not kept else 0


def later(now: datetime, zone: str, quiet: Quiet | None) -> datetime | None:
    """When "later today" is: in LATER, but before quiet hours and before the learner's day ends; None: too late."""
    if quiet_at(now, zone, quiet):
        return None
    ends = [day_ends(local_day(now, zone), zone)]
    if quiet:
        ends.append(following(now, zone, quiet[0], DAILY))
    due = min(now + LATER, min(ends) - MARGIN)
    return due if due >= now + MARGIN else None


def days_between(ignored: int) -> int:
    """How many local days after the last nudge the next one comes, when so many in a row were ignored."""
    if ignored < EASE:
        return 1
    return 2 if ignored < 2 * EASE else 7

"""Rules of nudges: quiet hours, when a streak is warned of, "later today", and backing off when ignored."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.learning.days import Active, day_ends, local_day, streak
from bot.learning.nudging import (
    DAY,
    HOUR,
    LAST,
    LATER,
    MARGIN,
    WARNING,
    Quiet,
    at_stake,
    days_between,
    is_quiet,
    later,
    quiet_at,
    warning,
)
from bot.learning.rhythm import DAILY, following

ZONES = st.sampled_from(["", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Gaza"])
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
MINUTES = st.integers(0, DAY - 1)
QUIET = st.tuples(MINUTES, MINUTES).filter(lambda quiet: quiet[0] != quiet[1])
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def at(text: str) -> int:
    """A time of day as its minute."""
    hour, _, minute = text.partition(":")
    return int(hour) * HOUR + int(minute)


def hours(text: str) -> Quiet | None:
    start, _, end = text.partition("-")
    return (at(start), at(end)) if text else None


def kept(*ago: int) -> list[Active]:
    """Days on which somebody was active, so many days ago."""
    instants = [NOON - timedelta(days=days) for days in ago]
    return [Active(local_day(instant, ""), instant, instant, "") for instant in instants]


@given(QUIET)
def test_quiet_hours_last_from_their_start_until_their_end(quiet: Quiet) -> None:
    start, end = quiet
    held = [minute for minute in range(DAY) if is_quiet(minute, quiet)]
    assert len(held) == (end - start) % DAY
    assert [is_quiet(minute, quiet) for minute in (start, (end - 1) % DAY, end)] == [True, True, False]
    assert not any(is_quiet(minute, None) for minute in range(DAY))


@pytest.mark.parametrize(
    ("quiet", "warned"),
    [
        ("", "21:00"),
        ("22:00-07:00", "21:00"),
        ("23:30-07:00", "21:00"),
        ("21:30-07:00", "20:30"),
        ("20:00-07:00", "19:00"),
        ("19:00-22:00", "18:00"),
        ("13:00-15:00", "21:00"),
        ("00:30-08:00", "21:00"),
    ],
)
def test_a_streak_is_warned_of_at_nine_or_an_hour_before_quiet_hours(quiet: str, warned: str) -> None:
    assert warning(hours(quiet)) == at(warned)


@given(QUIET)
def test_a_warning_leaves_an_hour_before_quiet_hours(quiet: Quiet) -> None:
    minute = warning(quiet)
    assert minute in (WARNING, (quiet[0] - HOUR) % DAY)
    if (quiet[1] - quiet[0]) % DAY <= DAY - HOUR:
        assert not any(is_quiet((minute + step) % DAY, quiet) for step in range(HOUR))


@example(datetime(2026, 1, 1, 12, tzinfo=UTC), "Pacific/Apia", (61, 62))
@given(INSTANTS, ZONES, st.none() | QUIET)
def test_later_today_is_today_and_never_quiet(now: datetime, zone: str, quiet: Quiet | None) -> None:
    due = later(now, zone, quiet)
    if due is None:
        ends = day_ends(local_day(now, zone), zone)
        near = now + 2 * MARGIN
        begins = following(now, zone, quiet[0], DAILY) if quiet else ends
        assert quiet_at(now, zone, quiet) or min(begins, ends) <= near
        return
    assert now + MARGIN <= due <= now + LATER
    assert local_day(due, zone) == local_day(now, zone)
    assert not quiet_at(due, zone, quiet)


def test_later_today_is_in_three_hours_or_just_before_the_end() -> None:
    assert later(NOON, "", hours("22:00-07:00")) == NOON + LATER
    assert later(NOON.replace(hour=20), "", hours("22:00-07:00")) == NOON.replace(hour=21, minute=45)
    assert later(NOON.replace(hour=2), "", None) == NOON.replace(hour=3, minute=45)
    assert later(NOON.replace(hour=21, minute=50), "", hours("22:00-07:00")) is None


def test_the_more_are_ignored_the_more_seldom_they_come() -> None:
    assert [days_between(ignored) for ignored in range(LAST + 1)] == [1, 1, 1, 2, 2, 2, 7, 7, 7, 7]


def test_a_streak_is_at_stake_only_where_today_would_end_it() -> None:
    assert at_stake(kept(1, 2), NOON, "") == 2
    assert at_stake(kept(1), NOON, "") == 0, "one day is no streak yet"
    assert at_stake(kept(0, 1, 2), NOON, "") == 0, "today is kept already"
    assert at_stake(kept(2, 3, 4), NOON, "") == 0, "it has ended"
    assert at_stake(kept(*range(1, 8)), NOON, "") == 0, "a freeze bridges today"
    assert at_stake(kept(*range(2, 9)), NOON, "") == 7, "the only freeze bridged yesterday"


@given(st.lists(st.integers(0, 30), max_size=25, unique=True), ZONES, st.integers(0, 23))
def test_what_is_at_stake_is_what_tomorrow_lacks(ago: list[int], zone: str, hour: int) -> None:
    now = NOON.replace(hour=hour)
    active = kept(*ago)
    tomorrow = streak(active, day_ends(local_day(now, zone), zone), zone).days
    lost = at_stake(active, now, zone)
    assert lost in (0, streak(active, now, zone).days)
    assert (lost > 0) == (tomorrow == 0 and streak(active, now, zone).days >= 2)


def test_quiet_hours_are_those_of_the_zone() -> None:
    local = datetime(2026, 7, 1, 22, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert quiet_at(local, "Europe/Berlin", hours("22:00-07:00"))
    assert not quiet_at(local, "", hours("22:00-07:00"))

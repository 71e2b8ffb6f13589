"""Series fire once a chosen local day, at the right instant, whatever a zone's clock does."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.rhythm import DAILY, WEEKDAYS, WEEKENDS, following, upcoming
from tests.soak.clocks import DAY, firings, minutes, steps

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Asuncion",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Pacific/Chatham",
    "Pacific/Easter",
)
TIMES = range(0, DAY, 15)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@cache
def changes(zone: str) -> list[int]:
    """The minutes of UTC in 2026 and 2027 at which a zone's clock is set."""
    return [minute for minute, _ahead in steps(ZoneInfo(zone), minutes(2026), minutes(2028), DAY)[1:]]


@pytest.mark.parametrize("zone", ZONES)
def test_around_each_change_of_a_clock_every_time_fires_once_when_the_clock_shows_it(zone: str) -> None:
    for change in changes(zone):
        start, end = change - 2 * DAY, change + 2 * DAY
        seen = list(firings(steps(ZoneInfo(zone), start, end), end, TIMES))
        assert len({day for day, _time, _minute in seen}) >= 3
        for time in TIMES:
            instants = [EPOCH + timedelta(minutes=minute) for _day, shown, minute in seen if shown == time]
            before = instants[0] - timedelta(seconds=1)
            assert upcoming(before, zone, time, DAILY, len(instants)) == instants, (zone, change, time)


def test_the_chosen_zones_set_their_clocks() -> None:
    assert sum(len(changes(zone)) for zone in ZONES) >= 70


@pytest.mark.parametrize(
    ("after", "zone", "minute", "days", "fires"),
    [
        ("2026-11-23T07:59:59+00:00", "Europe/Berlin", 540, DAILY, "2026-11-23T09:00:00+01:00"),
        ("2026-11-23T08:00:00+00:00", "Europe/Berlin", 540, DAILY, "2026-11-24T09:00:00+01:00"),
        ("2026-11-27T08:00:00+00:00", "Europe/Berlin", 540, WEEKDAYS, "2026-11-30T09:00:00+01:00"),
        ("2026-11-23T08:00:00+00:00", "Europe/Berlin", 540, WEEKENDS, "2026-11-28T09:00:00+01:00"),
        ("2026-11-23T08:00:00+00:00", "Europe/Berlin", 540, 0b0000001, "2026-11-30T09:00:00+01:00"),
        ("2026-11-23T08:00:00+00:00", "", 540, DAILY, "2026-11-23T09:00:00+00:00"),
        # The clock jumps from 02:00 to 03:00: 02:30 fires at 03:00, and on the next day at 02:30 again.
        ("2026-03-28T23:00:00+00:00", "Europe/Berlin", 150, DAILY, "2026-03-29T03:00:00+02:00"),
        ("2026-03-29T01:00:00+00:00", "Europe/Berlin", 150, DAILY, "2026-03-30T02:30:00+02:00"),
        # 02:30 comes twice: the first of the two.
        ("2026-10-24T23:00:00+00:00", "Europe/Berlin", 150, DAILY, "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T00:30:00+00:00", "Europe/Berlin", 150, DAILY, "2026-10-26T02:30:00+01:00"),
        # The day begins at 01:00.
        ("2026-09-05T12:00:00+00:00", "America/Santiago", 0, DAILY, "2026-09-06T01:00:00-03:00"),
        # The day ends at 23:00: 23:30 fires with the first instant of the next, on which it fires again.
        ("2026-03-28T12:00:00+00:00", "America/Nuuk", 1410, DAILY, "2026-03-29T00:00:00-01:00"),
        ("2026-03-29T01:00:00+00:00", "America/Nuuk", 1410, DAILY, "2026-03-29T23:30:00-01:00"),
        # Half an hour is skipped.
        ("2026-10-03T12:00:00+00:00", "Australia/Lord_Howe", 135, DAILY, "2026-10-04T02:30:00+11:00"),
        # Winter time is the one that is set.
        ("2026-03-29T00:00:00+00:00", "Europe/Dublin", 90, DAILY, "2026-03-29T02:00:00+01:00"),
    ],
)
def test_the_next_firing(after: str, zone: str, minute: int, days: int, fires: str) -> None:
    assert following(at(after), zone, minute, days) == at(fires)


def test_a_day_that_a_zone_left_out_does_not_fire() -> None:
    """Samoa went from 29 to 31 December 2011, a Thursday and a Saturday."""
    days = [fires.astimezone(ZoneInfo("Pacific/Apia")).date() for fires in upcoming(at("2011-12-28T12:00Z"), *APIA)]
    assert days == [date(2011, 12, 28), date(2011, 12, 29), date(2011, 12, 31)]
    assert following(at("2011-12-29T12:00Z"), "Pacific/Apia", 0, 0b0010000) == at("2012-01-06T00:00:00+14:00")


APIA = ("Pacific/Apia", 540, DAILY, 3)

INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
CLOCKS = st.sampled_from(ZONES)


@given(INSTANTS, CLOCKS, st.integers(0, DAY - 1), st.integers(1, DAILY))
def test_what_follows_lies_ahead_in_order_and_on_chosen_days(
    after: datetime, zone: str, minute: int, days: int
) -> None:
    fires = upcoming(after, zone, minute, days, 8)
    assert all(earlier < later for earlier, later in pairwise([after, *fires]))
    for instant in fires:
        local = instant.astimezone(ZoneInfo(zone))
        on_time = local.hour * 60 + local.minute == minute and days >> local.weekday() & 1
        assert on_time or local.replace(tzinfo=None) - timedelta(hours=1) <= _wanted(local, minute)


def _wanted(local: datetime, minute: int) -> datetime:
    """The time that a jump of the clock may have put off until `local`."""
    ahead = datetime(local.year, local.month, local.day) + timedelta(minutes=minute)
    return ahead if ahead <= local.replace(tzinfo=None) else ahead - timedelta(days=1)


@given(INSTANTS, CLOCKS, st.integers(0, DAY - 1), st.integers(1, DAILY), st.integers(0, 8 * DAY))
def test_nothing_between_two_firings_is_left_out(
    after: datetime, zone: str, minute: int, days: int, later: int
) -> None:
    """From any instant before the next firing, that firing comes next."""
    fires = following(after, zone, minute, days)
    between = min(after + timedelta(minutes=later), fires - timedelta(microseconds=1))
    assert following(between, zone, minute, days) == fires


@pytest.mark.parametrize(("minute", "days"), [(1440, DAILY), (-1, DAILY), (0, 0), (0, 128)])
def test_what_is_no_series_is_refused(minute: int, days: int) -> None:
    with pytest.raises(ValueError, match="no series"):
        following(EPOCH, "UTC", minute, days)

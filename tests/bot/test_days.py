"""Local days and streaks: every zone that changed, travel both ways, the date line."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.days import Active, Streak, local_day, missed, streak

TODAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def at(instant: datetime, zone: str = "UTC") -> Active:
    return Active(local_day(instant, zone), instant, instant, zone)


def ago(*days: int) -> list[Active]:
    return [at(TODAY - day * DAY) for day in days]


def kept(instants: list[tuple[datetime, str]]) -> list[Active]:
    """The days as the store keeps them: one a date, with its first and last instant and its last zone."""
    days: dict[date, Active] = {}
    for instant, zone in instants:
        new = at(instant, zone)
        old = days.get(new.date, new)
        days[new.date] = Active(new.date, min(old.first, instant), max(old.last, instant), zone)
    return list(days.values())


def test_a_day_ends_at_four_in_the_learners_zone() -> None:
    assert local_day(datetime(2026, 11, 22, 2, 59, tzinfo=UTC), "Europe/Berlin") == date(2026, 11, 21)
    assert local_day(datetime(2026, 11, 22, 3, 0, tzinfo=UTC), "Europe/Berlin") == date(2026, 11, 22)
    assert local_day(datetime(2026, 11, 22, 3, 0, tzinfo=UTC), "") == date(2026, 11, 21)


def test_days_in_a_row() -> None:
    assert streak([], TODAY, "UTC") == Streak(0, 0)
    assert streak(ago(0), TODAY, "UTC").days == 1
    assert streak(ago(1), TODAY, "UTC").days == 1, "today is not missed yet"
    assert streak(ago(0, 1, 2), TODAY, "UTC").days == 3
    assert streak(ago(2), TODAY, "UTC").days == 0
    assert streak(ago(0, 2), TODAY, "UTC").days == 1


def test_a_freeze_is_earned_every_seven_days_and_bridges_a_missed_one() -> None:
    assert streak(ago(*range(7)), TODAY, "UTC") == Streak(7, 1)
    assert streak(ago(*range(1, 8)), TODAY, "UTC") == Streak(7, 1)
    assert streak(ago(*range(2, 9)), TODAY, "UTC") == Streak(7, 0), "yesterday was missed and bridged"
    assert streak(ago(*range(3, 10)), TODAY, "UTC") == Streak(0, 0)
    assert streak(ago(*range(40)), TODAY, "UTC").freezes == 2
    assert streak([*ago(0), *ago(*range(2, 9))], TODAY, "UTC") == Streak(8, 0)


@given(st.sets(st.integers(0, 60)), st.integers())
def test_no_order_of_the_same_days_matters(days: set[int], seed: int) -> None:
    active = ago(*days)
    shuffled = list(active)
    Random(seed).shuffle(shuffled)
    assert streak(active, TODAY, "UTC") == streak(shuffled, TODAY, "UTC")


def changes(zone: str) -> list[datetime]:
    """The instants in 2024–2027 at which a zone changed its offset, to the hour."""
    info = zoneinfo.ZoneInfo(zone)
    start, end = datetime(2024, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    found = []
    day = start
    while day < end:
        if day.astimezone(info).utcoffset() != (day + DAY).astimezone(info).utcoffset():
            hours = [day + timedelta(hours=hour) for hour in range(25)]
            found += [b for a, b in pairwise(hours) if a.astimezone(info).utcoffset() != b.astimezone(info).utcoffset()]
        day += DAY
    return found


CHANGING = {zone: changes(zone) for zone in sorted(zoneinfo.available_timezones())}


def test_every_zone_that_changed_its_offset_is_here() -> None:
    changed = [zone for zone, found in CHANGING.items() if found]
    assert len(changed) > 150
    assert {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Almaty"} <= set(
        changed
    )


@pytest.mark.parametrize("hour", [4, 12, 23])
def test_no_change_of_the_clock_breaks_a_streak_or_stretches_a_day(hour: int) -> None:
    """One activity a local day, at a fixed local time, over each change of each zone, in both directions."""
    for zone, found in CHANGING.items():
        info = zoneinfo.ZoneInfo(zone)
        for change in found:
            middle = change.astimezone(info).date()
            locals_ = [
                datetime(middle.year, middle.month, middle.day, hour, 30, tzinfo=info) + day * DAY
                for day in range(-3, 4)
            ]
            instants = [(local.astimezone(UTC), zone) for local in locals_]
            active = kept(instants)
            assert len(active) == 7, (zone, change)
            assert streak(active, instants[-1][0], zone).days == 7, (zone, change)
            without = kept(instants[:2] + instants[3:])
            assert streak(without, instants[-1][0], zone).days == 4, "a day that was really missed is missed"


OFFSETS = [
    "Pacific/Kiritimati",
    "Asia/Tokyo",
    "Europe/Berlin",
    "UTC",
    "America/New_York",
    "Pacific/Honolulu",
    "Pacific/Pago_Pago",
]


@pytest.mark.parametrize("there", OFFSETS)
@pytest.mark.parametrize("here", OFFSETS)
def test_travel_never_breaks_a_streak(here: str, there: str) -> None:
    """A day's rhythm of 24 hours, with the zone changed in the middle: also over the date line, both ways."""
    start = datetime(2026, 6, 10, 0, 30, tzinfo=UTC)
    for hour in range(24):
        instants = [(start + timedelta(hours=hour) + day * DAY, here if day < 3 else there) for day in range(6)]
        active = kept(instants)
        stands = streak(active, instants[-1][0], there)
        assert stands.days == len(active)
        assert stands.days >= 4, "25 hours back over the date line repeat two dates"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 24 * 20), st.sampled_from(OFFSETS)), min_size=1, max_size=40),
    st.integers(),
)
def test_no_order_of_the_same_activities_loses_a_kept_day(activities: list[tuple[int, str]], seed: int) -> None:
    """Arriving late or in another order, an activity never takes a day away that another order kept."""
    start = datetime(2026, 3, 20, tzinfo=UTC)
    home = "Europe/Berlin"
    instants = [(start + timedelta(hours=hour), home) for hour, _zone in activities]
    shuffled = list(instants)
    Random(seed).shuffle(shuffled)
    now = start + 20 * DAY
    assert streak(kept(instants), now, home) == streak(kept(shuffled), now, home)
    more = kept([*instants, (now, home)])
    assert {day.date for day in more} >= {day.date for day in kept(instants)}


def test_what_lies_ahead_does_not_count() -> None:
    assert streak(ago(-3, -30, 0), TODAY, "UTC") == Streak(1, 0)


def test_missed_days_are_whole_local_days() -> None:
    evening = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
    assert missed(at(evening), evening + timedelta(hours=28), "UTC") == 0
    assert missed(at(evening), evening + timedelta(hours=30), "UTC") == 1

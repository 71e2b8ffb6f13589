"""Local days and streaks."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.learning.days import Streak, local_day, streak

TODAY = date(2026, 11, 22)


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=day) for day in days]


def test_a_day_ends_at_four_in_the_learners_zone() -> None:
    assert local_day(datetime(2026, 11, 22, 2, 59, tzinfo=UTC), "Europe/Berlin") == date(2026, 11, 21)
    assert local_day(datetime(2026, 11, 22, 3, 0, tzinfo=UTC), "Europe/Berlin") == date(2026, 11, 22)
    assert local_day(datetime(2026, 11, 22, 3, 0, tzinfo=UTC), "") == date(2026, 11, 21)


def test_days_in_a_row() -> None:
    assert streak([], TODAY) == Streak(0, 0)
    assert streak(ago(0), TODAY).days == 1
    assert streak(ago(1), TODAY).days == 1, "today is not missed yet"
    assert streak(ago(0, 1, 2), TODAY).days == 3
    assert streak(ago(2), TODAY).days == 0
    assert streak(ago(0, 2), TODAY).days == 1


def test_a_freeze_is_earned_every_seven_days_and_bridges_a_missed_one() -> None:
    assert streak(ago(*range(7)), TODAY) == Streak(7, 1)
    assert streak(ago(*range(1, 8)), TODAY) == Streak(7, 1)
    assert streak(ago(*range(2, 9)), TODAY) == Streak(7, 0), "yesterday was missed and bridged"
    assert streak(ago(*range(3, 10)), TODAY) == Streak(0, 0)
    assert streak(ago(*range(40)), TODAY).freezes == 2
    assert streak([*ago(0), *ago(*range(2, 9))], TODAY) == Streak(8, 0)


@given(st.sets(st.integers(0, 60)), st.randoms(use_true_random=False))
def test_no_order_of_the_same_days_matters(days: set[int], random: Random) -> None:
    kept = ago(*days)
    shuffled = sorted(kept, key=lambda _day: random.random())
    assert streak(kept, TODAY) == streak(shuffled, TODAY)

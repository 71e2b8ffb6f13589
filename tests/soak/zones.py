"""Every zone of the tz database, eight local times, every day of two years: each fires once, when clocks show it."""

import zoneinfo
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from time import perf_counter

from bot.learning.rhythm import DAILY, following
from tests.bench.numbers import Found, Row
from tests.soak.clocks import firings, minutes, steps

TIMES = (0, 30, 2 * 60, 2 * 60 + 30, 3 * 60, 9 * 60, 12 * 60 + 15, 23 * 60 + 30)
START, END = minutes(2025, 12, 30), minutes(2028, 1, 3)
FIRST, LAST = minutes(2026) // 1440, minutes(2028) // 1440 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SOME_DAYS = 0b0101001


def measure() -> Found:
    """Checks all of it; the first firing that is wrong is an error."""
    begun = perf_counter()
    alike: dict[tuple[tuple[int, int], ...], list[str]] = {}
    for zone in sorted(zoneinfo.available_timezones()):
        alike.setdefault(tuple(steps(zoneinfo.ZoneInfo(zone), START, END)), []).append(zone)
    with ProcessPoolExecutor() as pool:
        checked = sum(pool.map(_checked, alike, alike.values()))
    zones = sum(map(len, alike.values()))
    took = perf_counter() - begun
    row: Row = {
        "zones": zones,
        "clocks that differ": len(alike),
        "firings": checked,
        "wrong": 0,
        "seconds": round(took),
    }
    return Found("Zones: what fires against clocks read minute by minute", [row])


def _checked(changes: tuple[tuple[int, int], ...], zones: list[str]) -> int:
    """Compares the zones that share a clock with it; the number of firings."""
    seen = [firing for firing in firings(changes, END, TIMES) if FIRST <= firing[0] <= LAST]
    count = 0
    for zone in zones:
        for time in TIMES:
            instants = [(day, minute) for day, at, minute in seen if at == time]
            assert len(instants) == LAST - FIRST + 1, (zone, time)
            some = [(day, minute) for day, minute in instants if SOME_DAYS >> (day + 3) % 7 & 1]  # a Thursday was first
            count += _same(zone, time, DAILY, instants) + _same(zone, time, SOME_DAYS, some)
    return count


def _same(zone: str, time: int, days: int, wanted: list[tuple[int, int]]) -> int:
    found = _at(wanted[0][1] - 1)
    for day, minute in wanted:
        found = following(found, zone, time, days)
        assert found == _at(minute), f"{zone}, day {day}, {time} minutes: {found} instead of {_at(minute)}"
    return len(wanted)


def _at(minute: int) -> datetime:
    return EPOCH + timedelta(minutes=minute)

"""When local clocks first show a time of a day, found by looking at every minute of UTC: no calendar arithmetic.

Minutes of UTC are counted from 1970-01-01, days likewise; a local minute is a minute of UTC plus the offset there.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

DAY = 1440
HOUR = 60
Firing = tuple[int, int, int]
"""A local day, a minute of it, and the minute of UTC at which the clock first shows it or a later one."""


def minutes(year: int, month: int = 1, day: int = 1) -> int:
    """The minute of UTC with which a date begins."""
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) // 60


def offset(zone: ZoneInfo, minute: int) -> int:
    """Minutes that local clocks are ahead of UTC."""
    ahead = datetime.fromtimestamp(minute * 60, zone).utcoffset()
    assert ahead is not None
    assert ahead.total_seconds() % 60 == 0
    return int(ahead.total_seconds()) // 60


def steps(zone: ZoneInfo, start: int, end: int, stride: int = HOUR) -> list[tuple[int, int]]:
    """The offset at the start, and each minute at which it becomes another, with the new one.

    Looks at every minute of each stretch of `stride` minutes behind which the offset is another than before it.
    """
    found = [(start, offset(zone, start))]
    for before in range(start, end, stride):
        if offset(zone, before + stride) != found[-1][1]:
            for minute in range(before, before + stride + 1):
                if (ahead := offset(zone, minute)) != found[-1][1]:
                    found.append((minute, ahead))
    return found


def firings(changes: Sequence[tuple[int, int]], end: int, times: Sequence[int]) -> Iterator[Firing]:
    """For each local day whose beginning is seen, each of `times` (ascending) once, in the order of their instants."""
    today: int | None = None
    waiting: list[int] = []
    for (first, ahead), behind in zip(changes, [*(at for at, _ahead in changes[1:]), end], strict=True):
        for minute in range(first, behind):
            day, clock = divmod(minute + ahead, DAY)
            if today is None or day > today:
                if today is not None:
                    yield from ((today, late, minute) for late in waiting)  # the clock jumped over the day's end
                    waiting = list(times)
                today = day
            while waiting and waiting[0] <= clock and day == today:
                yield today, waiting.pop(0), minute

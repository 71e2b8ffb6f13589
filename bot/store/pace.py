"""The common rate at which a platform's waves go: one row a platform, so that many processes keep it together."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from bot.store.statements import insert_once
from bot.store.tables import pace

AHEAD = timedelta(seconds=1)
"""How far ahead a process takes slots: it may be cut off for so long without a gap, and wastes no more if it dies."""
SKEW = timedelta(seconds=5)
"""How far the clocks of processes may differ; a pace that was set later than that is of a clock that stepped back."""

_NOW = (
    select(pace.c.next, pace.c.at).where(pace.c.platform == bindparam("of_platform")).with_for_update()
)  # fmt: skip
_SET = (
    update(pace)
    .where(pace.c.platform == bindparam("of_platform"))
    .values(next=bindparam("to_next"), at=bindparam("now"))
)


def slots(connection: Connection, platform: str, rate: float, now: datetime, most: int) -> list[datetime]:
    """Takes up to `most` instants at which one message each may go, none later than AHEAD. `rate`: messages a second.

    Whoever takes slots of the same platform at the same moment waits for this transaction.
    """
    start = max(_next(connection, platform, now), now)
    step = timedelta(seconds=1 / rate)
    free = int((now + AHEAD - start) / step) + 1 if start <= now + AHEAD else 0
    taken = [start + step * number for number in range(min(free, most))]
    if taken:
        _move(connection, platform, taken[-1] + step, now)
    return taken


def hold(connection: Connection, platform: str, until: datetime, now: datetime) -> None:
    """The platform slows everybody down: no wave goes before an instant."""
    if _next(connection, platform, now) < until:
        _move(connection, platform, until, now)


def _next(connection: Connection, platform: str, now: datetime) -> datetime:
    found = connection.execute(_NOW, {"of_platform": platform}).one_or_none()
    if found is None:
        row = {"platform": platform, "next": now, "at": now}
        connection.execute(insert_once(pace, connection.dialect.name, "platform"), row)
        found = connection.execute(_NOW, {"of_platform": platform}).one()
    return found.next if found.at <= now + SKEW else now


def _move(connection: Connection, platform: str, to: datetime, now: datetime) -> None:
    connection.execute(_SET, {"of_platform": platform, "to_next": to, "now": now})

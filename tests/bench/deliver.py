"""Deliveries: how many a second, how close to a platform's limit, and what a look at a full outbox costs."""

import asyncio
import gc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, TextClause, text

from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Want
from tests.bench.numbers import Found, Row, ms, p99_ms
from tests.fakes.sink import PLATFORM, limited
from tests.postgres import serving
from tests.soak.faults import crew
from tests.world import START

DELIVERIES = 3_000
WARM = 300
"""The first of them are not counted."""
LINE = "/explain caching"
LIMIT = 30
RATE = LIMIT / 1.03
"""As Telegram's port asks for."""
SECONDS = 20
SIZES = (1_000, 100_000, 1_000_000)
LOOKS = 200
CLAIMS = 20
CLAIMED = 500

_FILL = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, :count))",
}
_ROWS = (
    " INSERT INTO outbox (key, platform, chat, thread, account, line, due, created, lane)"
    " SELECT :name || i, :platform, 'g' || i, '', '', '/x', :due + i, :due, 'wave' FROM n"
)


def speed(folder: Path) -> Found:
    """The real engine answers a card; processes of their own send it to a sink that takes it at once."""
    with serving() as server:
        runs = (
            ("SQLite, 1 process", f"sqlite:///{folder / 'speed.db'}", 1),
            ("PostgreSQL, 1 process", server.fresh(), 1),
            ("PostgreSQL, 2 processes", server.fresh(), 2),
        )
        rows: list[Row] = [{"": name, **asyncio.run(_speed(url, members))} for name, url, members in runs]
    return Found("Deliveries a second to a sink that takes them at once", rows, ["PostgreSQL without fsync"])


async def _speed(url: str, members: int) -> Row:
    async with crew(url, members, engine=True) as made:
        made.post(DELIVERIES, line=LINE)
        await made.until(DELIVERIES, 300)
        times = made.sink.times[WARM:]
        return {"deliveries": DELIVERIES, "a second": round((len(times) - 1) / (times[-1] - times[0]))}


def limit(folder: Path) -> Found:
    """The sink takes LIMIT a second and refuses what is more."""
    with serving() as server:
        runs = (
            ("SQLite, 1 process", f"sqlite:///{folder / 'limit.db'}", 1),
            ("PostgreSQL, 1 process", server.fresh(), 1),
            ("PostgreSQL, 2 processes", server.fresh(), 2),
        )
        rows: list[Row] = [{"": name, **asyncio.run(_limit(url, members))} for name, url, members in runs]
    return Found(f"Share of a limit of {LIMIT} a second that is used, and refusals met", rows)


async def _limit(url: str, members: int) -> Row:
    async with crew(url, members, rate=RATE) as made:
        made.sink.judge = limited(LIMIT)
        count = LIMIT * SECONDS
        made.post(count)
        await made.until(count, SECONDS * 5)
        times = made.sink.times
        share = (len(times) - 1) / (times[-1] - times[0]) / LIMIT
        return {"deliveries": count, "share": round(share, 3), "429s": made.sink.refused.total()}


def claims(folder: Path) -> Found:
    """What is not due must cost nothing."""
    rows: list[Row] = []
    with serving() as server:
        for kind in ("sqlite", "postgresql"):
            for size in SIZES:
                url = f"sqlite:///{folder / f'{size}.db'}" if kind == "sqlite" else server.fresh()
                rows.append({"": kind, "rows not due": size, **_claims(url, kind, size)})
    return Found(
        f"A look at an outbox in which nothing is due, and a claim of {CLAIMED} (ms)",
        rows,
        [f"medians of {LOOKS} looks and {CLAIMS} claims; each is a transaction; PostgreSQL without fsync"],
    )


def _claims(url: str, kind: str, size: int) -> Row:
    database = Database.open(url)
    fill = (
        text(_FILL[kind] + _ROWS) if kind == "postgresql" else text(_ROWS.replace(" SELECT", f" {_FILL[kind]} SELECT"))
    )
    due = START + timedelta(days=1)
    put = {"platform": PLATFORM, "count": size, "name": "later-", "due": _micro(due)}
    database.do(lambda connection: connection.execute(fill, put))
    if kind == "postgresql":
        database.do(lambda connection: connection.execute(text("ANALYZE outbox")))
    want = Want(8, {PLATFORM: CLAIMED}, {PLATFORM: 0.0})
    idle = [_timed(database, lambda connection: outbox.claim(connection, "bench", want, START)) for _ in range(LOOKS)]
    taken = []
    for number in range(CLAIMS):
        now = {**put, "count": CLAIMED, "name": f"now-{number}-", "due": _micro(START) - CLAIMED}
        database.do(partial(_put, fill=fill, now=now))
        taken.append(_timed(database, lambda connection: _some(connection, want)))
    database.close()
    return {"idle": ms(idle), "idle, 99 %": p99_ms(idle), f"claim of {CLAIMED}": ms(taken)}


def _put(connection: Connection, fill: TextClause, now: dict[str, object]) -> None:
    connection.execute(fill, now)


def _some(connection: Connection, want: Want) -> None:
    if len(outbox.claim(connection, "bench", want, START).rows) != CLAIMED:
        raise RuntimeError("not all was claimed")


def _timed(database: Database, work: Callable[[Connection], object]) -> float:
    gc.disable()
    begun = perf_counter()
    database.do(work)
    took = perf_counter() - begun
    gc.enable()
    return took


def _micro(instant: datetime) -> int:
    """As the tables keep instants."""
    return (instant - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)

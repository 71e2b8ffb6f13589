"""What delivery withstands: kills at any moment, a database that is away, and a platform that refuses in every way."""

import asyncio
import random
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

from scheduler.flow import AT_ONCE
from tests.bench.numbers import Found, Row
from tests.fakes.sink import OK, STALL, Judge, sinking
from tests.postgres import Postgres, serving
from tests.soak.crew import Crew

RUNS = ((20_000, 200, 0.0, False), (2_000, 0, 10.0, False), (2_000, 0, 0.0, True), (5_000, 20, 10.0, True))
"""Deliveries, kills, seconds for which the database is gone, and whether the platform refuses."""
FAULTS = ("later 0.2", "everywhere 0.2", "later 1", STALL, "<html>502 Bad Gateway</html>", "nonsense")

Cut = Callable[[], Awaitable[None]]
"""Takes the database away for a while."""


@asynccontextmanager
async def crew(url: str, members: int, rate: float = 0.0, engine: bool = False) -> AsyncIterator[Crew]:
    """Deliverers and their sink."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sink"
        async with sinking(path) as sink:
            made = Crew(url, path, sink, rate, engine)
            try:
                await made.join(members)
                yield made
            finally:
                made.close()


async def withstand(
    url: str, members: int, deliveries: int, kills: int = 0, cut: Cut | None = None, judge: Judge | None = None
) -> Row:
    """Delivers while deliverers are killed, the database is taken away in the middle, and the sink refuses.

    Raises AssertionError where something is lost, or more comes twice than was in the air at the kills.
    """
    chance = random.Random(20261122)
    async with crew(url, members) as made:
        begun = perf_counter()
        made.sink.judge = judge or made.sink.judge
        made.post(deliveries)
        for number in range(kills):
            await made.until(deliveries * number // (kills + 1), 120)
            await asyncio.sleep(chance.uniform(0, 0.05))
            await made.kill(chance.randrange(members))
            await made.join()
            if cut and number == kills // 2:
                await cut()
        if cut and not kills:
            await cut()
        await _finished(made, deliveries)
        return _held(made, deliveries, begun, kills)


def refusing() -> Judge:
    """Every second message is refused at first, in each way in turn."""

    def judge(key: str, tried: int) -> str:
        number = int(key.rpartition("-")[2])
        return FAULTS[number // 2 % len(FAULTS)] if number % 2 and not tried else OK

    return judge


def locked(file: Path, seconds: float) -> Cut:
    """Another process's lock on a SQLite file."""

    async def cut() -> None:
        other = sqlite3.connect(file, isolation_level=None, timeout=30)
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(seconds)
        other.execute("COMMIT")
        other.close()

    return cut


def refused(server: Postgres, url: str, seconds: float) -> Cut:
    """Every connection to a PostgreSQL database is cut, and nobody is let in."""
    name = url.partition("?")[0].rpartition("/")[2]

    async def cut() -> None:
        server.admit(name, False)
        await asyncio.sleep(seconds)
        server.admit(name, True)

    return cut


async def _finished(made: Crew, deliveries: int) -> None:
    """All is settled. A claim whose confirmation was lost with a connection rests until its lease ends."""
    try:
        await made.until(deliveries, 30)
    except TimeoutError:
        await made.leave()
        made.expire()
        await made.join()
        await made.until(deliveries, 30)
    await made.leave()


def _held(made: Crew, deliveries: int, begun: float, kills: int = 0) -> Row:
    """What came of it; what must not be is an error."""
    lost = deliveries - len(made.sink.taken)
    assert lost == 0, f"{lost} were lost"
    assert made.states() == {"sent": deliveries}, made.states()
    assert made.sink.repeats <= sum(made.risked), "more came twice than were in the air"
    assert max(made.risked, default=0) <= AT_ONCE, "more were in the air than may be"
    return {
        "deliveries": deliveries,
        "kills": kills,
        "refused": made.sink.refused.total(),
        "lost": lost,
        "in the air": sum(made.risked),
        "repeats": made.sink.repeats,
        "seconds": round(perf_counter() - begun),
    }


def measure() -> Found:
    """Runs it all on both databases."""
    rows: list[Row] = []
    with serving() as server, tempfile.TemporaryDirectory() as folder:
        for number, (deliveries, kills, cuts, refuses) in enumerate(RUNS):
            file = Path(folder) / f"{number}.db"
            url = server.fresh()
            for kind, at, members, cut in (
                ("SQLite, 1 process", f"sqlite:///{file}", 1, locked(file, cuts)),
                ("PostgreSQL, 4 processes", url, 4, refused(server, url, cuts)),
            ):
                judge = refusing() if refuses else None
                held = asyncio.run(withstand(at, members, deliveries, kills, cut if cuts else None, judge))
                rows.append({"what": kind, **held, "database away, s": cuts})
    return Found("Faults of delivery: none lost, and only what was in the air at a kill may come twice", rows)

"""Delivering processes that are killed and put back while a sink counts what comes."""

import asyncio
import multiprocessing.context
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import func, insert, select, update

from bot.store.database import Database
from bot.store.tables import outbox
from tests.fakes.sink import PLATFORM, Sink
from tests.soak import deliverer


@cache
def _context() -> multiprocessing.context.ForkServerContext:
    """Processes that begin in milliseconds, because what they need is imported once."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.soak.deliverer", "sqlalchemy.dialects.postgresql.psycopg"])
    return made


@dataclass
class Crew:
    """Processes that deliver from `database` to `sink`, which listens at `path`.

    `rate`: waves a second. `engine`: the real one answers.
    `risked`: how many sends were in the air at kills, by kill: the only ones that may come twice.
    """

    url: str
    path: Path
    sink: Sink
    rate: float = 0.0
    engine: bool = False
    risked: list[int] = field(default_factory=list)
    members: list[tuple[BaseProcess, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database = Database.open(self.url)

    async def join(self, count: int = 1) -> None:
        """Starts processes."""
        given = (self.url, self.path, self.rate, self.engine)
        started = [_context().Process(target=deliverer.main, args=given) for _number in range(count)]
        for process in started:
            await asyncio.to_thread(process.start)
        for process in started:
            assert process.pid is not None
            async with asyncio.timeout(30):
                self.members.append((process, await self.sink.came(process.pid)))

    async def kill(self, at: int) -> None:
        """Kills a process, notes what it had in the air, and lets its leases run out."""
        process, name = self.members.pop(at)
        process.kill()
        await asyncio.to_thread(process.join)
        assert process.pid is not None
        await self.sink.gone(process.pid)
        self.risked.append(await asyncio.to_thread(self._let_go, name))

    async def leave(self) -> None:
        """Ends all processes as a host does."""
        for process, _name in self.members:
            process.terminate()
        for process, _name in self.members:
            await asyncio.to_thread(process.join, 20)
            assert process.exitcode == 0
        self.members.clear()

    async def until(self, count: int, within: float) -> None:
        """Waits until so many rows are settled; raises TimeoutError."""
        end = time.monotonic() + within
        while await asyncio.to_thread(self.settled) < count:
            await asyncio.sleep(0.05)
            if time.monotonic() > end:
                raise TimeoutError

    def post(self, count: int, lane: str = "wave", due: datetime | None = None, line: str = "/x") -> None:
        """Adds rows that are due."""
        at = due or datetime.now(UTC) - timedelta(hours=1)
        row = {"platform": PLATFORM, "thread": "", "account": "", "line": line, "created": at, "lane": lane}
        with self.database.engine.begin() as connection:
            for start in range(0, count, 5_000):
                numbers: Iterable[int] = range(start, min(count, start + 5_000))
                rows = [
                    {**row, "key": f"row-{number}", "chat": f"g{number}", "due": at + timedelta(microseconds=number)}
                    for number in numbers
                ]
                connection.execute(insert(outbox), rows)

    def settled(self) -> int:
        """Rows that wait no longer."""
        return sum(count for state, count in self.states().items() if state != "waiting")

    def states(self) -> dict[str, int]:
        """Rows by state."""
        counted = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        return self.database.do(lambda connection: {row[0]: row[1] for row in connection.execute(counted)})

    def expire(self) -> None:
        """Lets every lease run out: nobody delivers now."""
        with self.database.engine.begin() as connection:
            connection.execute(update(outbox).values(claimed_until=datetime.fromtimestamp(0, UTC)))

    def close(self) -> None:
        """Kills who is left."""
        for process, _name in self.members:
            process.kill()
            process.join()
        self.database.close()

    def _let_go(self, name: str) -> int:
        of = (outbox.c.claim == name, outbox.c.state == "waiting")
        freed = update(outbox).where(*of).values(claimed_until=datetime.fromtimestamp(0, UTC)).returning(outbox.c.key)
        keys = self.database.do(lambda connection: connection.execute(freed).scalars().all())
        return sum(1 for key in keys if self.sink.taken[key])

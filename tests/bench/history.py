"""The commands said most, for learners with short and long histories, on the shipped roadmap and a large made one."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sqlalchemy import delete

from bot.commands import by_name
from bot.engine import Engine
from bot.library import Library
from bot.roadmap.model import Content
from bot.store.database import Database
from bot.store.tables import event
from tests.bench.learner import remember, says
from tests.bench.made import made
from tests.bench.numbers import Found, Row, ms, p99_ms, ratio
from tests.bench.statements import recorded
from tests.world import START, buttons, content, words

COMMANDS = ("explain", "next", "progress", "done")
SIZES = (10, 1_000, 10_000)
AGAIN = SIZES[0] // 2
"""Topics that are done, begun again and done again: every learner here was through with so many."""
LARGE = 600
"""Topics of the made roadmap."""
ROUNDS = 200


@dataclass
class Past:
    """A learner with that many events, on a roadmap; `topics` are those they have been through."""

    engine: Engine
    events: int
    topics: list[str]

    async def take(self, command: str, number: int) -> float:
        """Seconds that a command takes; the topic differs each time."""
        line = await self._prepared(command, number)
        begun = perf_counter()
        await self._say(line, number)
        took = perf_counter() - begun
        if command == "done":
            self._forget()
        return took

    async def statements(self, command: str) -> int:
        """How many SQL statements a command sends."""
        line = await self._prepared(command, 0)
        with recorded(self.engine.database.engine) as found:
            await self._say(line, 0)
        return len(found)

    async def _prepared(self, command: str, number: int) -> str:
        """The line of a command."""
        if command == "done":
            topic = self.topics[number % AGAIN]
            await self._say(f"/learn {topic}", number)  # a topic that is done already would cost less
            return f"/done {topic}"
        return f"/explain {self.topics[number % len(self.topics)]}" if command == "explain" else f"/{command}"

    def _forget(self) -> None:
        """Leaves the history as long as it was: what was said since is no part of it."""
        with self.engine.database.engine.begin() as connection:
            connection.execute(delete(event).where(event.c.at >= START))

    async def _say(self, text: str, number: int) -> None:
        reply = await self.engine.answer(says(f"with-{self.events}", text, number))
        if not buttons(reply) or not ((reply and reply.about) or text == "/progress"):
            raise RuntimeError(f"{text} was answered: {words(reply)}")


@contextmanager
def pasts(file: Path, content: Content, sizes: tuple[int, ...]) -> Iterator[list[Past]]:
    """One learner of each size, together in one database."""
    database = Database.open(f"sqlite:///{file}")
    try:
        engine = Engine(database, Library(content, by_name()))
        steps = next(iter(content.roadmaps.values())).steps.values()
        topics = [member.topic for step in steps for member in step.members]
        topics = topics[: 2 * len(topics) // 3]
        for size in sizes:
            remember(database, f"with-{size}", topics, size)
        yield [Past(engine, size, topics) for size in sizes]
    finally:
        database.close()


def measure(folder: Path) -> Found:
    """Medians of runs in which every command and every learner take turns."""
    with (
        pasts(folder / "shipped.db", content(), SIZES) as shipped,
        pasts(folder / "made.db", made(LARGE), SIZES[-1:]) as large,
    ):
        return Found(
            "A learner's history",
            asyncio.run(_rows([*shipped, *large])),
            [f"statements: BEGIN and COMMIT among them; ratio: to the same command with {SIZES[0]} events"],
        )


async def _rows(learners: list[Past]) -> list[Row]:
    times: dict[tuple[str, int], list[float]] = defaultdict(list)
    for number in range(ROUNDS):
        for command in COMMANDS:
            for at, past in enumerate(learners):
                times[command, at].append(await past.take(command, number))
    return [
        {
            "command": f"/{command}",
            "topics": len(past.engine.library.content.topics),
            "events": past.events,
            "n": ROUNDS,
            "median ms": ms(times[command, at]),
            "p99 ms": p99_ms(times[command, at]),
            "ratio": ratio(times[command, at], times[command, 0]),
            "statements": await past.statements(command),
        }
        for command in COMMANDS
        for at, past in enumerate(learners)
    ]

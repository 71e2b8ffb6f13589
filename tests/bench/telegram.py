"""Updates through the whole Telegram adapter, beside a bare CommandHandler that sends the same messages.

Both are the real library with the same request layer that answers in this process; both ask for updates.
"""

import asyncio
import gc
import itertools
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, thread_time
from unittest.mock import patch

from telegram import Bot, InlineKeyboardMarkup, MessageEntity, Update
from telegram.ext import Application, CommandHandler, ContextTypes

from adapters.telegram.limits import Limits
from adapters.telegram.port import Telegram
from bot.ask import Ask
from bot.commands import by_name
from bot.engine import Engine
from bot.keep import Keep
from bot.library import Library
from bot.reply import Reply, Text
from bot.store.database import Database
from tests.bench.learner import says
from tests.bench.numbers import Found, Row, ratio
from tests.bench.statements import recorded
from tests.bench.telegram_local import TOKEN, Local, updates
from tests.world import content

ROUNDS = 9
PEOPLE = 30
"""Of each row; each says one line a round: a full answer to getUpdates."""
AIM = 2.5
MEMORY = Path("/dev/shm")
"""A file system in memory, where there is one."""
NOTES = [
    f"medians of {ROUNDS} rounds; a round is {PEOPLE} updates in as many private chats, asked for and answered in full",
    "CPU: all threads; loop: that of the event loop alone, so without the store; both in microseconds an update",
    "bare: CPU of a CommandHandler that sends the same; ratio, loop ratio: to it; SQL: statements an update",
    "not counted: sockets and TLS. Telegram's pace is reckoned with, but nobody waits for it",
    f"ready: the command is replaced by its reply; what the adapter keeps, it keeps. Aim: a ratio of {AIM} or less",
]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a round took: seconds until the last message, then CPU seconds of all threads and of the event loop."""

    seconds: float
    cpu: float
    loop: float


async def timed(local: Local, batch: bytes, rest: Callable[[], Awaitable[None]]) -> Turn:
    """Feeds one round; what is still going on after the last message (`rest`) is counted as CPU."""
    begun, cpu, loop = perf_counter(), process_time(), thread_time()
    await local.feed(batch, PEOPLE)
    took = perf_counter() - begun
    await rest()
    await local.idle.wait()
    return Turn(took, process_time() - cpu, thread_time() - loop)


class Ours:
    """The whole adapter over the local request; `answer` is what answers just now."""

    def __init__(self, database: Database, library: Library) -> None:
        self.database = database
        self.engine = Engine(database, library)
        self.answer: Callable[[Ask], Awaitable[Reply | None]] = self.engine.answer
        self.local = Local()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serves until the block ends."""
        ticks = itertools.count(0.0, 1.0)  # a second for each look, so that nobody waits
        bot = Bot(TOKEN, request=self.local, get_updates_request=self.local)
        with (
            patch("adapters.telegram.port.client", lambda *_: bot),
            patch("adapters.telegram.port.Limits", lambda: Limits(ticks.__next__)),
        ):
            telegram = Telegram(
                TOKEN,
                suggest=self.engine.suggest,
                menu=self.engine.library.menu,
                keep=Keep(self.database),
                tell=lambda _: None,
            )
        task = asyncio.create_task(telegram.run(self._answer))
        try:
            await self.local.idle.wait()
            await self.local.published.wait()
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _answer(self, ask: Ask) -> Reply | None:
        return await self.answer(ask)

    async def turn(self, batch: bytes) -> Turn:
        """One round."""
        before = asyncio.all_tasks()

        async def rest() -> None:
            while left := asyncio.all_tasks() - before:
                await asyncio.wait(left)

        return await timed(self.local, batch, rest)


class Bare:
    """What anybody would write: one handler that sends ready messages."""

    def __init__(self) -> None:
        self.local = Local()
        self._ready: tuple[str, list[MessageEntity], InlineKeyboardMarkup | None] = ("", [], None)
        made = Application.builder().token(TOKEN).request(self.local).get_updates_request(self.local)
        self._app = made.build()
        self._app.add_handler(CommandHandler(sorted(by_name()), self._say))

    async def _say(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        text, entities, keys = self._ready
        await update.message.reply_text(text, entities=entities, reply_markup=keys)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serves until the block ends."""
        assert self._app.updater
        async with self._app:
            await self._app.start()
            await self._app.updater.start_polling()
            await self.local.idle.wait()
            try:
                yield
            finally:
                await self._app.updater.stop()
                await self._app.stop()

    async def turn(self, batch: bytes, like: dict[str, str]) -> Turn:
        """One round in which it sends what we sent."""
        entities = [MessageEntity.de_json(each) for each in json.loads(like.get("entities", "[]"))]
        keys = like.get("reply_markup")
        self._ready = (like["text"], entities, InlineKeyboardMarkup.de_json(json.loads(keys)) if keys else None)
        made = await timed(self.local, batch, self._app.update_queue.join)
        if any(_shown(said) != _shown(like) for said in self.local.said):
            raise RuntimeError("the bare handler said something else, so that nothing can be compared")
        return made


def _shown(said: dict[str, str]) -> tuple[object, ...]:
    return said["text"], *(json.loads(said.get(name, "null")) for name in ("entities", "reply_markup"))


@dataclass
class Line:
    """A row: a line said in each round. `ready`: what makes its reply without the engine. `wants`: words of it."""

    name: str
    ours: Ours
    line: Callable[[int], str]
    wants: str
    ready: Callable[[], Reply] | None = None
    took: list[Turn] = field(default_factory=list)
    theirs: list[Turn] = field(default_factory=list)

    async def round(self, number: int, first: int, bare: Bare) -> None:
        """We, then the bare handler, with the same people."""
        said = [(first + at, self.line(number)) for at in range(PEOPLE)]
        self.took.append(await self._ours(said))
        self.theirs.append(await bare.turn(updates(said), self.ours.local.said[-1]))

    async def row(self, first: int) -> Row:
        """The numbers of all rounds but the first; one more counts the statements."""
        with recorded(self.ours.database.engine) as statements:
            await self._ours([(first + at, self.line(ROUNDS + 1)) for at in range(PEOPLE)])
        ours, theirs = self.took[1:], self.theirs[1:]
        return {
            "what": self.name,
            "n": PEOPLE * ROUNDS,
            "a second": round(PEOPLE / median(turn.seconds for turn in ours)),
            "CPU": _micro([turn.cpu for turn in ours]),
            "loop": _micro([turn.loop for turn in ours]),
            "bare": _micro([turn.cpu for turn in theirs]),
            "ratio": ratio([turn.cpu for turn in ours], [turn.cpu for turn in theirs]),
            "loop ratio": ratio([turn.loop for turn in ours], [turn.loop for turn in theirs]),
            "SQL": round(len(statements) / PEOPLE, 2),
        }

    async def _ours(self, said: list[tuple[int, str]]) -> Turn:
        self.ours.answer = _always(self.ready) if self.ready else self.ours.engine.answer
        made = await self.ours.turn(updates(said))
        odd = [each["text"] for each in self.ours.local.said if self.wants not in each["text"]]
        if odd or len(self.ours.local.said) != PEOPLE:
            raise RuntimeError(f"{said[0][1]} was answered {len(self.ours.local.said)} times, such as: {odd[:1]}")
        return made


def _always(made: Callable[[], Reply]) -> Callable[[Ask], Awaitable[Reply | None]]:
    async def answer(_: Ask) -> Reply | None:
        return made()

    return answer


def _micro(seconds: list[float]) -> int:
    return round(1_000_000 * median(seconds) / PEOPLE)


def measure(folder: Path) -> Found:
    """Medians of rounds in which every row, and with each the bare handler, takes its turn."""
    library = Library(content(), by_name())
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else folder) as memory:
        places = [folder, Path(memory)] if MEMORY.is_dir() else [folder]
        databases = [Database.open(f"sqlite:///{place / 'telegram.db'}") for place in places]
        gc.freeze()  # the content is there for good; looking through it again and again would be counted by chance
        try:
            rows = asyncio.run(_rows([Ours(database, library) for database in databases]))
        finally:
            gc.unfreeze()
            for database in databases:
                database.close()
    return Found("Telegram: CPU of an update", rows, NOTES)


async def _rows(cairns: list[Ours]) -> list[Row]:
    bare = Bare()
    disk = cairns[0]
    topics = list(disk.engine.library.content.topics)
    help_, done = [await _reply(disk, line) for line in ("/help", f"/done {topics[0]}")]
    fresh = itertools.count(1)

    def changed() -> Reply:
        return Reply((Text(f"No. {next(fresh)}"), *help_.blocks))

    async with bare.running(), disk.running():
        lines = [
            Line("/help, ready", disk, lambda _: "/help", "/explain", lambda: help_),
            Line("/done, ready", disk, lambda _: "/done", "Done:", lambda: done),
            Line("/help, ready, new words", disk, lambda _: "/help", "No.", changed),
            Line("/help", disk, lambda _: "/help", "/explain"),
            Line("/explain sharding", disk, lambda _: "/explain sharding", "Sharding"),
            Line("/done", disk, lambda number: f"/done {topics[number]}", "Done:"),
        ]
        if len(cairns) == 1:
            return await _measured(lines, bare)
        async with cairns[1].running():
            in_memory = Line("/help, ready, store in memory", cairns[1], lambda _: "/help", "/explain", lambda: help_)
            lines.insert(1, in_memory)
            return await _measured(lines, bare)


async def _measured(lines: list[Line], bare: Bare) -> list[Row]:
    """Each row has its own people: whoever says much at once is held back. The first round only warms up."""
    for number in range(ROUNDS + 1):
        for at, line in enumerate(lines):
            await line.round(number, 10_000 * (at + 1), bare)
    return [await line.row(10_000 * (at + 1)) for at, line in enumerate(lines)]


async def _reply(ours: Ours, line: str) -> Reply:
    reply = await ours.engine.answer(says("whoever", line))
    assert reply
    return reply

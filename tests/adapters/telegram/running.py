"""Cairn on a made Telegram: the real engine, the real adapter and library, and a strict server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from adapters.telegram.port import Telegram
from bot.ask import Ask, Role
from bot.commands import by_name
from bot.engine import Engine
from bot.keep import Keep
from bot.library import Library
from bot.port import Answer
from bot.reply import Reply
from bot.store import learners
from bot.store.database import Database
from tests import ready
from tests.fakes.telegram_server import TelegramServer
from tests.world import SHIPPED, content


@dataclass
class Running:
    """A Cairn that serves a made Telegram. `asks`: all that reached the core; `told`: what its host was told."""

    engine: Engine
    port: Telegram
    told: list[str]
    asks: list[Ask] = field(default_factory=list)
    scripted: dict[str, Reply | None] = field(default_factory=dict)
    slow: float = 0.0

    async def answer(self, ask: Ask) -> Reply | None:
        """The engine's answer, unless the test has scripted one for this line; nobody is greeted unless scripted."""
        self.asks.append(ask)
        if self.slow:
            await asyncio.sleep(self.slow)
        if ask.text in self.scripted:
            await self.engine.database.run(lambda connection: self._met(connection, ask))
            return self.scripted[ask.text]
        if ask.text == "/added":
            return None
        return await self.engine.answer(ask)

    def _met(self, connection: Connection, ask: Ask) -> None:
        learners.arrive(connection, ask.account, ask.now, ask.role < Role.HOUSE)

    @property
    def lines(self) -> list[str]:
        """The lines that reached the core."""
        return [ask.text for ask in self.asks]


@asynccontextmanager
async def running(
    tg: TelegramServer, folder: Path, *, start: bool = True, content_folder: Path = SHIPPED, **options: Any
) -> AsyncIterator[Running]:
    """A Cairn with its database in `folder`, running until the block ends; `options` go to the port."""
    database = Database.open(ready.sqlite(folder))
    library = Library(content(content_folder), by_name())
    engine = Engine(database, library)
    told: list[str] = []
    port = Telegram(
        options.pop("token", tg.token),
        suggest=engine.suggest,
        menu=library.menu,
        keep=Keep(database),
        api_url=options.pop("api_url", tg.url),
        tell=told.append,
        **options,
    )
    made = Running(engine, port, told)
    task = asyncio.create_task(port.run(made.answer)) if start else None
    try:
        yield made
    finally:
        if task is not None:
            await stopped(task)
        database.close()


async def stopped(task: "asyncio.Task[None]") -> None:
    """Ends a task as a signal would."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def fixed(year: int = 2026) -> Callable[[], datetime]:
    """A clock that stands."""
    return lambda: datetime(year, 11, 22, 9, 0, tzinfo=UTC)


__all__ = ["Answer", "Awaitable", "Running", "fixed", "running", "stopped"]

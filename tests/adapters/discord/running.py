"""Cairn on a made Discord: the real engine, the real adapter and library, and a strict server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from adapters.discord.port import Discord, WrongToken
from bot.ask import Ask, Role
from bot.command import Command
from bot.commands import by_name
from bot.engine import Engine
from bot.keep import Keep
from bot.library import Library
from bot.reply import Reply
from bot.store import learners
from bot.store.database import Database
from tests.fakes.discord_server import DiscordServer
from tests.ready import sqlite
from tests.world import SHIPPED, content


@dataclass
class Running:
    """A Cairn that serves a made Discord. `asks`: all that reached the core; `told`: what its host was told."""

    engine: Engine
    port: Discord
    told: list[str]
    asks: list[Ask] = field(default_factory=list)
    scripted: dict[str, Reply | None] = field(default_factory=dict)
    slow: float = 0.0
    task: "asyncio.Task[None] | None" = None

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
    dc: DiscordServer,
    folder: Path,
    *,
    start: bool = True,
    ready: bool = True,
    commands: dict[str, Command] | None = None,
    **options: Any,
) -> AsyncIterator[Running]:
    """A Cairn with its database in `folder`, running until the block ends; `options` go to the port.

    `ready`: waits until it is connected and its commands are told.
    """
    database = Database.open(sqlite(folder))
    library = Library(content(SHIPPED), commands or by_name())
    engine = Engine(database, library)
    told: list[str] = []
    port = Discord(
        options.pop("token", dc.token),
        suggest=engine.suggest,
        menu=library.menu,
        more={name: one.more.keys(library) for name, one in library.menu.items() if one.more},
        keep=Keep(database),
        api_url=options.pop("api_url", dc.api_url),
        gateway_url=options.pop("gateway_url", dc.gateway_url),
        tell=told.append,
        **options,
    )
    made = Running(engine, port, told)
    task = made.task = asyncio.create_task(port.run(made.answer)) if start else None
    try:
        if start and ready:
            await dc.gateway.ready()
            await dc.until(lambda: dc.command("start"), what="the commands")
        yield made
    finally:
        if task is not None:
            await stopped(task)
        database.close()


async def stopped(task: "asyncio.Task[None]") -> None:
    """Ends a task as a signal would."""
    task.cancel()
    with suppress(asyncio.CancelledError, WrongToken):
        await task

"""Fixture `dc`: a made Discord that fails the test if it cannot place what was sent; and the real library on it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest_asyncio
import yarl
from discord import AllowedMentions, AutoShardedClient, Intents, Interaction, ui
from discord.app_commands import CommandTree
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.discord_model import Json
from tests.fakes.discord_server import DiscordServer

React = Callable[[Interaction[Any]], Awaitable[Any]]
INTENTS = Intents(guilds=True, guild_messages=True, dm_messages=True)


@pytest_asyncio.fixture
async def dc() -> AsyncIterator[DiscordServer]:
    """A server of the test's own; `dc.violations` must be empty in the end."""
    async with DiscordServer() as server:
        yield server
    assert server.violations == []


@contextmanager
def pointed(server: DiscordServer) -> Iterator[None]:
    """Point the real library at the server, for as long as the `with` lasts: its addresses are its module's."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_url, yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


class RealClient(AutoShardedClient):
    """The real library's client, which does not wait 2 s for servers nor 5 s between shards. `commands`: has a tree."""

    def __init__(self, *, commands: bool = True, **options: Any) -> None:
        options.setdefault("intents", INTENTS)
        options.setdefault("allowed_mentions", AllowedMentions.none())
        super().__init__(guild_ready_timeout=0.05, **options)
        if commands:
            self.tree = CommandTree(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Nothing."""


@asynccontextmanager
async def connected(
    server: DiscordServer, client: RealClient, *, sync: bool = True
) -> AsyncIterator[asyncio.Task[None]]:
    """The client connected and ready, its commands synced; the value is the task it runs in."""
    with pointed(server):
        await client.login(server.token)
        if sync:
            await client.tree.sync()
        running = asyncio.create_task(client.connect())
        try:
            await asyncio.wait_for(client.wait_until_ready(), 10)
            yield running
        finally:
            await client.close()
            await asyncio.gather(running, return_exceptions=True)


def command(name: str, *options: Json, **more: Any) -> Json:
    """A command as it is declared."""
    return {"name": name, "description": f"Does {name}", "options": list(options)} | more


def word(name: str, **more: Any) -> Json:
    """An option for text."""
    return {"type": 3, "name": name, "description": "A word"} | more


def button(label: str, custom_id: str) -> ui.View:
    """A view with one button, that nobody waits for."""
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label=label, custom_id=custom_id))
    return view


class Reacting(RealClient):
    """A bot that gives every interaction to one function."""

    def __init__(self, react: React) -> None:
        super().__init__(commands=False)
        self.react = react

    async def on_interaction(self, happened: Interaction[Any]) -> None:
        """Give it on."""
        await self.react(happened)


async def declare(dc: DiscordServer, client: RealClient, *commands: Json) -> None:
    """Set the commands by hand."""
    await client.http.bulk_upsert_global_commands(dc.application_id, payload=list(commands))

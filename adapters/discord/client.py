"""The library's client: what it asks Discord for, and where everything that arrives goes."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import yarl
from discord import ui
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route
from discord.shard import Shard

from adapters.discord.desk import InFlight
from adapters.discord.slash import Tree
from adapters.discord.watch import Watch

log = logging.getLogger(__name__)

API = Route.BASE
GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY
"""Discord's own addresses."""

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""None is privileged: the words of direct messages and of messages that mention us come with them."""

LONGEST = 30.0
"""Seconds for which the library itself waits when Discord slows us down; longer is Later."""

CLOSING = 2.0
"""Seconds in which a gateway that still answers closes a connection."""

Interaction = discord.Interaction[Any]


def point(api_url: str, gateway_url: str) -> None:
    """Where the library finds Discord; the whole process has one such place."""
    Route.BASE = api_url.rstrip("/") or API
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url) if gateway_url else GATEWAY


class Said(ui.DynamicItem[ui.Item[Any]], template=r"(?s)(?P<said>.+)"):
    """Every button and menu of ours, of whatever age: what it says stands in it."""

    def __init__(self, item: ui.Item[Any], said: str) -> None:
        super().__init__(item)
        self._pressed = said

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: Any, /) -> "Said":
        """From what was pressed; of a menu it is what was chosen."""
        data: Any = interaction.data
        values = data.get("values")
        return cls(item, str(values[0]) if values else match["said"])

    async def callback(self, interaction: Interaction) -> None:
        """Says it."""
        await interaction.client.take(interaction, lambda: interaction.client.events.press(interaction, self._pressed))


class Events:
    """What the client calls; whoever wires it says who answers."""

    command: Callable[[Interaction], Awaitable[None]]
    complete: Callable[[Interaction], Awaitable[list[tuple[str, str]]]]
    press: Callable[[Interaction, str], Awaitable[None]]
    submit: Callable[[Interaction], Awaitable[None]]
    message: Callable[[discord.Message], Awaitable[None]]
    joined: Callable[[discord.Guild], Awaitable[None]]
    left: Callable[[discord.Guild], Awaitable[None]]
    deleted: Callable[[discord.abc.GuildChannel], Awaitable[None]]


class Client(discord.AutoShardedClient):
    """Cairn's client. It mentions nobody, and keeps no messages and no members."""

    def __init__(self, watch: Watch, *, shard_ids: list[int] | None, shard_count: int | None, fixed: bool) -> None:
        part: Any = {"shard_ids": shard_ids, "shard_count": shard_count}
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=LONGEST,
            **part,
        )
        self.events = Events()
        self.flying = InFlight()
        self.tree = Tree(self, self._command, self._complete)
        self.add_dynamic_items(Said)
        self._watch = watch
        self._fixed = fixed
        self._leaving = False

    async def setup_hook(self) -> None:
        """With a gateway of our own, only the number of shards is asked for, not the address."""
        if self._fixed and not self.shard_count:
            self.shard_count, _url, _limits = await self.http.get_bot_gateway()

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connects a shard for the first time, for as long as it takes; the library's own way nests and logs each."""
        socket: DiscordWebSocket | None = None
        while socket is None:
            try:
                opening = DiscordWebSocket.from_client(self, initial=initial, gateway=gateway, shard_id=shard_id)
                socket = await asyncio.wait_for(opening, self.shard_connect_timeout)
            except discord.ConnectionClosed:
                raise
            except Exception:
                await asyncio.sleep(self._watch.met())
        mine = vars(self)
        shard = Shard(socket, self, mine["_AutoShardedClient__queue"].put_nowait)
        mine["_AutoShardedClient__shards"][shard_id] = shard
        shard.launch()

    async def leave(self, seconds: float) -> None:
        """Takes nothing more, finishes what is being answered, and closes."""
        self._leaving = True
        await self.flying.settle(seconds)
        try:
            await asyncio.wait_for(self.close(), CLOSING)
        except TimeoutError:
            await self.http.close()

    def still(self) -> None:
        """Stops the heartbeats of connections that were cut off while they began: the library leaves their threads."""
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler) and getattr(thread.ws, "_connection", None) is self._connection:
                thread.stop()

    async def take(self, what: object, job: Callable[[], Awaitable[None]]) -> None:
        """Does a job for something that arrived; whatever fails is noted, and nothing else is disturbed."""
        if self._leaving:
            return
        with self.flying:
            try:
                await job()
            except Exception:
                log.exception("something that arrived could not be handled: %s", type(what).__name__)

    async def _command(self, interaction: Interaction) -> None:
        await self.take(interaction, lambda: self.events.command(interaction))

    async def _complete(self, interaction: Interaction) -> list[tuple[str, str]]:
        return await self.events.complete(interaction)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Modals; commands come by the tree, presses by `Said`."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.take(interaction, lambda: self.events.submit(interaction))

    async def on_message(self, message: discord.Message) -> None:
        """A message."""
        await self.take(message, lambda: self.events.message(message))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server."""
        await self.take(guild, lambda: self.events.joined(guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server."""
        await self.take(guild, lambda: self.events.left(guild))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted."""
        await self.take(channel, lambda: self.events.deleted(channel))

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """A shard is cut off."""
        if not self._leaving and not self.is_closed():
            self._watch.lost(shard_id)

    async def on_shard_ready(self, shard_id: int) -> None:
        """A shard is connected anew."""
        self._watch.back(shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """A shard goes on where it was."""
        self._watch.back(shard_id)

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        """A fault within the library's own events."""
        log.exception("an event could not be handled: %s", event_method)

"""Discord as a platform: a bot.port.Port."""

import asyncio
import logging
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import discord

from adapters.discord import shards as parts
from adapters.discord.act import Act
from adapters.discord.client import Client, point
from adapters.discord.data import Handles
from adapters.discord.desk import Desk, Suggest
from adapters.discord.happen import Happen
from adapters.discord.hear import Hear
from adapters.discord.hello import INTENTS, SHARDS, WrongToken, greeting, invite
from adapters.discord.homes import Homes
from adapters.discord.make import Maker
from adapters.discord.posting import Posting
from adapters.discord.presence import Presence
from adapters.discord.refusals import PATIENCE, TROUBLE, code
from adapters.discord.send import Sender
from adapters.discord.slots import Slots
from adapters.discord.spot import PLATFORM
from adapters.discord.watch import Watch
from bot.ask import Account, Place
from bot.command import Command
from bot.keep import Keep, Memory
from bot.port import Answer, Later, Sent
from bot.reply import Reply

log = logging.getLogger(__name__)

__all__ = ["Discord", "WrongToken"]

SILENT = "discord"
"""The library's log: it may hold what people wrote, and traces of what is only a lost connection."""

RATE = 20.0
"""Messages a second to many. Discord: 50 requests a second, of which a first direct message or a thread takes two."""

DRAIN = 8.0
"""Seconds in which what is going on is finished when Cairn stops."""


def _now() -> datetime:
    return datetime.now(UTC)


def _print(text: str) -> None:
    sys.stderr.write(f"{text}\n")


class Discord:
    """Cairn on Discord; a bot.port.Port.

    `suggest`: completions of an ask's text. `menu`: the commands that people type, by name. `more`: the keys of a
    command's further words, with their titles. `api_url`, `gateway_url`: a proxy, as `http://127.0.0.1:3000/api/v10`
    and `ws://127.0.0.1:3000/gateway`. `shards`: those of this process, as `0-3/16`. `tell`: shows lines to whoever
    started the program. `now`: the clock.
    """

    platform = PLATFORM
    rate = RATE

    def __init__(
        self,
        token: str,
        *,
        suggest: Suggest,
        menu: Mapping[str, Command],
        keep: Keep,
        more: Mapping[str, Mapping[str, str]] | None = None,
        api_url: str = "",
        gateway_url: str = "",
        shards: str = "",
        tell: Callable[[str], None] = _print,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._token = token
        self._suggest = suggest
        self._menu = menu
        self._more = more or {}
        self._api_url = api_url
        self._gateway_url = gateway_url
        self._shard_ids, self._shard_count = parts.read(shards)
        self._tell = tell
        self._memory = Memory(keep, PLATFORM, now)
        self._maker = Maker(Handles(self._memory))
        self._slots = Slots(self._memory)
        self._homes = Homes(self._memory)
        self._watch = Watch()
        self._sender: Sender | None = None
        self._greeted = False

    async def run(self, answer: Answer) -> None:
        """Serves people until cancelled; then finishes what is going on. Raises WrongToken."""
        logging.getLogger(SILENT).setLevel(logging.CRITICAL + 1)
        point(self._api_url, self._gateway_url)
        try:
            while True:
                await self._serve(answer)
                await asyncio.sleep(self._watch.met())
        finally:
            self._watch.close()
            self._maker.close()

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Sent:
        """Says a reply that nobody asked for here; a slot's message is edited. Raises Gone or Later."""
        if self._sender is None:
            raise Later(PATIENCE)
        return await self._sender.send(place, account, reply, key)

    async def _serve(self, answer: Answer) -> None:
        """One life of the library's client. Returns where Discord cannot be reached. Raises WrongToken."""
        client = Client(
            self._watch, shard_ids=self._shard_ids, shard_count=self._shard_count, fixed=bool(self._gateway_url)
        )
        publishing: asyncio.Task[None] | None = None
        connecting: asyncio.Task[None] | None = None
        try:
            await client.login(self._token)
            desk = self._wired(client, answer)
            self._sender = Sender(desk)
            publishing = asyncio.create_task(self._publish(client))
            connecting = asyncio.create_task(client.connect())
            await asyncio.wait({connecting})  # on its own: discord.py swallows a cancellation while it reconnects
            connecting.result()
        except discord.LoginFailure:
            raise WrongToken from None
        except discord.PrivilegedIntentsRequired:
            raise WrongToken(INTENTS) from None
        except discord.ConnectionClosed as error:
            _judge(error)
        except TROUBLE as error:
            log.info("the connection to Discord failed: %s", type(error).__name__)
        finally:
            if publishing is not None:
                publishing.cancel()
                await asyncio.gather(publishing, return_exceptions=True)
            self._sender = None
            await asyncio.shield(client.leave(DRAIN))
            if connecting is not None:
                connecting.cancel()
                await asyncio.gather(connecting, return_exceptions=True)
            client.still()

    def _wired(self, client: Client, answer: Answer) -> Desk:
        """What serves people, put together."""
        desk = Desk(
            answer,
            self._suggest,
            self._menu,
            self._memory,
            self._maker,
            Posting(client),
            self._slots,
            self._homes,
            Presence(client, self._memory, answer),
            invite(client.application_id or 0),
        )
        assert client.user is not None
        act, hear, happen, events = Act(desk), Hear(desk, client.user), Happen(desk), client.events
        events.command, events.complete, events.press, events.submit = act.command, act.complete, act.press, act.submit
        events.message, events.joined, events.left, events.deleted = (
            hear.message,
            happen.joined,
            happen.left,
            happen.deleted,
        )
        client.tree.declare(self._menu, self._more)
        return desk

    async def _publish(self, client: Client) -> None:
        """Greets whoever hosts the bot, and tells Discord the commands; both may fail without harm."""
        application = client.application_id or 0
        assert client.user is not None
        assert client.application is not None
        if not self._greeted:
            first = await self._memory.get("hello", application) is None
            self._tell(greeting(client.user, application, first, client.application.interactions_endpoint_url))
            await self._memory.put("hello", application, "1", 3650)
            self._greeted = True
        if self._shard_ids and 0 not in self._shard_ids:
            return  # the process with the first shard does it
        attempt = 0
        while True:
            try:
                await client.tree.publish(application, self._memory)
                return
            except TROUBLE as error:
                attempt += 1
                log.warning("Discord did not take the commands: %s %s", type(error).__name__, code(error) or "")
                await asyncio.sleep(min(30.0 * attempt, 600.0))


def _judge(error: discord.ConnectionClosed) -> None:
    """Raises WrongToken where the gateway closed for good; another time it is tried again."""
    match error.code:
        case 4004:
            raise WrongToken from None
        case 4010 | 4011:
            raise WrongToken(SHARDS) from None
        case 4013 | 4014:
            raise WrongToken(INTENTS) from None
    log.info("the gateway closed: %s", error.code)

"""Discord within this process: what discord.py sends is answered without a socket, and what it hears is fed to it.

The same for everybody: an HTTP session that answers, and the library's own gateway class, which reads the JSON.
"""

import asyncio
import itertools
import json
from typing import Any, Self
from unittest.mock import patch

import discord
from discord.gateway import DiscordWebSocket

from tests.fakes.discord_application import application, me
from tests.fakes.discord_guild import Guild
from tests.fakes.discord_interaction import COMMAND, Interaction
from tests.fakes.discord_model import Json
from tests.fakes.discord_person import Person
from tests.fakes.discord_world import Asked, World

PATIENCE = 60.0
"""Seconds in which all that was fed must be answered."""

_NO_BODY = Asked({}, {}, None, {})


class Answer:
    """A response; as with a real one, others run before it is there."""

    status = 200
    headers = {"content-type": "application/json"}  # noqa: RUF012 # nobody writes to it

    def __init__(self, text: str) -> None:
        self._text = text

    async def __aenter__(self) -> Self:
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing to end."""

    async def text(self, encoding: str = "utf-8") -> str:
        """The JSON."""
        return self._text


class Local:
    """The HTTP session of one client. `said`: the bodies that answered interactions since the last `feed`."""

    def __init__(self, world: World) -> None:
        self.said: list[str] = []
        self.published = asyncio.Event()
        """Whether the bot has told its commands."""
        self._bot = json.dumps(me(world, _NO_BODY))
        self._application = json.dumps(application(world, _NO_BODY))
        self._numbers = itertools.count(world.number())
        self._wanted = 0
        self._answered = asyncio.Event()
        self._socket: Any = None
        self._connector: Any = None

    async def login(self, client: discord.Client, token: str) -> None:
        """As `client.login`, with this as its session."""
        with self.instead():
            await client.login(token)
        self.join(client)

    def instead(self) -> Any:
        """A patch: a client that logs in meanwhile gets this as its session."""
        return patch("aiohttp.ClientSession", self._session)

    def _session(self, *, connector: Any, **_: Any) -> "Local":
        self._connector = connector
        return self

    def join(self, client: discord.Client) -> None:
        """Becomes the gateway of a client that has logged in, wired as the library's `from_client` does it."""
        nothing: Any = None
        socket: Any = DiscordWebSocket(nothing, loop=asyncio.get_running_loop())
        state: Any = client._connection
        socket.log_receive = lambda _: None
        socket.shard_id = 0
        socket._dispatch = client.dispatch
        socket._discord_parsers = state.parsers
        self._socket = socket

    async def tell(self, texts: list[str]) -> None:
        """The gateway says so, at once."""
        for text in texts:
            await self._socket.received_message(text)

    async def feed(self, texts: list[str]) -> None:
        """Interactions come; waits until each was answered by one message."""
        self.said.clear()
        self._answered.clear()
        self._wanted = len(texts)
        await self.tell(texts)
        await asyncio.wait_for(self._answered.wait(), PATIENCE)

    def request(self, method: str, url: str, *, data: Any = None, **_: Any) -> Answer:
        """The answer to a request of the library."""
        if method == "POST" and url.endswith("/callback"):
            return Answer(self._message(data))
        if method == "GET":
            return Answer(self._bot if url.endswith("/users/@me") else self._application)
        if method == "PUT" and url.endswith("/commands"):
            self.published.set()
            return Answer("[]")
        raise RuntimeError(f"nobody answers {method} {url} here")

    def _message(self, sent: str) -> str:
        """An InteractionCallbackResponse with the message that was sent."""
        self.said.append(sent)
        if len(self.said) == self._wanted:
            self._answered.set()
        number = next(self._numbers)
        components, flags = _cut(sent)
        message = (
            f'{{"id":"{number}","channel_id":"{number}","type":20,"author":{self._bot},"content":"","embeds":[],'
            '"timestamp":"2026-11-22T09:00:00+00:00","edited_timestamp":null,"tts":false,"pinned":false,'
            '"mention_everyone":false,"mentions":[],"mention_roles":[],"attachments":[],'
            f'"flags":{flags},"components":{components}}}'
        )
        interaction = f'{{"id":"{number}","type":2,"response_message_id":"{number}"}}'
        return f'{{"interaction":{interaction},"resource":{{"type":4,"message":{message}}}}}'

    async def close(self) -> None:
        """Ends what the library made for a real session."""
        await self._connector.close()


def shown(sent: str) -> tuple[list[Json], int]:
    """What a message shows: its components and its flags."""
    body = json.loads(sent)
    if body["type"] != 4:
        raise RuntimeError(f"an interaction was not answered with a message: {sent[:200]}")
    return body["data"]["components"], body["data"].get("flags", 0)


def _cut(sent: str) -> tuple[str, str]:
    """The same as JSON, cut out of a body: reading it would be counted."""
    components, found, rest = sent.partition('"components":')[2].rpartition(',"flags":')
    if not found:
        raise RuntimeError(f"the library writes messages in another order: {sent[:200]}")
    return components, rest.partition(",")[0]


class People:
    """People in as many servers with the bot, each in a channel of their own."""

    def __init__(self, world: World, count: int) -> None:
        self.world = world
        self.guilds = [Guild(world, f"Server {number}", Person(world, "Owner")) for number in range(count)]
        for guild in self.guilds:
            guild.channel("general")
            guild.add_bot()

    @property
    def servers(self) -> list[str]:
        """The servers as the gateway tells them."""
        return [_told("GUILD_CREATE", guild.as_json()) for guild in self.guilds]

    def arrive(self) -> list[Person]:
        """One new person in each server."""
        people = [Person(self.world, f"Person {number}") for number in range(len(self.guilds))]
        for person, guild in zip(people, self.guilds, strict=True):
            guild.join(person)
        return people

    def say(self, people: list[Person], name: str, words: dict[str, str]) -> list[str]:
        """Each uses a slash command with these options, as the gateway tells it."""
        return [self._slash(*each, name, words) for each in zip(people, self.guilds, strict=True)]

    def _slash(self, person: Person, guild: Guild, name: str, words: dict[str, str]) -> str:
        options = [{"name": key, "type": 3, "value": value} for key, value in words.items()]
        data: Json = {"id": str(self.world.number()), "name": name, "type": 1, "options": options}
        owners = {"0": str(guild.id)}
        made = Interaction(COMMAND, person, guild.channels[0], data, owners=owners)
        return _told("INTERACTION_CREATE", made.as_json())


def _told(event: str, data: Json) -> str:
    return json.dumps({"op": 0, "s": 1, "t": event, "d": data})

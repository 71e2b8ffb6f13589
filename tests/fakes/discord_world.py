"""The state of the made Discord: who and what there is, what the bot has set, and how a test waits for it."""

import asyncio
import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from tests.fakes.discord_gateway import Gateway
from tests.fakes.discord_model import Attachment, Json, Upload, User
from tests.fakes.discord_refusal import Refusal, unknown

if TYPE_CHECKING:
    from tests.fakes.discord_channel import Channel
    from tests.fakes.discord_guild import Guild
    from tests.fakes.discord_interaction import Interaction
    from tests.fakes.discord_person import Person

PATIENCE = 5.0  # seconds a test waits for the bot before it fails
GLANCE = 0.02  # seconds after which it looks again, at what is not of this world too
EPOCH = 1420070400  # Discord counts from 2015
MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token", "interaction_id")
T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """A request to play: what its route names, its query, its body, its files by their number."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: Mapping[int, Upload]

    def id(self, name: str) -> int:
        """A snowflake in the route; 0 if it is none."""
        return int(self.path[name]) if self.path[name].isdecimal() else 0


@dataclass(frozen=True)
class Request:
    """A request as it came. `at`: seconds of the monotonic clock. `refused`: with what, if it was."""

    route: str
    path: Mapping[str, str]
    body: Any
    files: Mapping[int, Upload]
    at: float
    answer: list[Refusal] = field(default_factory=list)

    @property
    def major(self) -> str:
        """What rate limits are counted by, besides the route."""
        return "+".join(self.path[name] for name in MAJOR if name in self.path)

    @property
    def refused(self) -> Refusal | None:
        """The refusal it was answered with."""
        return self.answer[0] if self.answer else None


class World:
    """One bot's Discord. `privileged`: the privileged intents it was granted. `shards`: how many it is told to run."""

    def __init__(self, token: str, *, name: str = "Made Bot", privileged: int = 0, shards: int = 1) -> None:
        self.clock: Callable[[], float] = time.time
        self._counter = itertools.count(1)
        self.bot = User(self.number(), name, is_bot=True)
        self.application_id = self.bot.id
        self.token = token
        self.shards = shards
        self.owner: Person | None = None
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.files: dict[int, Attachment] = {}
        self.interactions: dict[str, Interaction] = {}  # by token
        self.commands: list[Json] = []  # the global ones, as Discord keeps them
        self.syncs = 0  # how often the bot has set them
        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.gateway = Gateway(self, privileged)
        self.acknowledge_within = 3.0  # seconds for the first answer to an interaction
        self.answer_within = 15 * 60.0  # seconds for what follows
        self._pulse: asyncio.Future[None] | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def gateway_url(self) -> str:
        """What `CAIRN_DISCORD_GATEWAY_URL` and `DiscordWebSocket.DEFAULT_GATEWAY` take."""
        return f"ws://127.0.0.1:{self._port}/gateway"

    @property
    def resume_url(self) -> str:
        """Where a session is resumed: the address READY gives."""
        return f"ws://127.0.0.1:{self._port}/resume"

    def number(self) -> int:
        """A fresh snowflake: discord.py reads the time in it."""
        return (int((self.clock() - EPOCH) * 1000) << 22) + next(self._counter)

    def keep(self, upload: Upload, description: str | None = None) -> Attachment:
        """Keep an uploaded file."""
        number = self.number()
        kept = Attachment(number, upload, f"{self.url}/attachments/{number}/{upload.name}", description)
        self.files[number] = kept
        return kept

    def channel(self, number: int) -> "Channel":
        """The channel of that number, or the refusal; whether the bot sees it is another matter."""
        found = self.channels.get(number)
        if found is None or found.deleted:
            raise unknown("Channel")
        return found

    def guild_of(self, number: int) -> "Guild":
        """The server of that number which the bot is in, or the refusal."""
        guild = self.guilds.get(number)
        if guild is None or not guild.has_bot:
            raise unknown("Guild")
        return guild

    def beat(self) -> None:
        """Something changed: whoever waits looks again."""
        if self._pulse is not None and not self._pulse.done():
            self._pulse.set_result(None)

    async def until(self, look: Callable[[], T | None], *, within: float = PATIENCE, what: str = "it") -> T:
        """Wait until `look` finds something true; AssertionError after `within` seconds."""
        try:
            async with asyncio.timeout(within):
                while not (found := look()):
                    if self._pulse is None or self._pulse.done():
                        self._pulse = asyncio.get_running_loop().create_future()
                    await asyncio.wait([self._pulse], timeout=GLANCE)
                return found
        except TimeoutError:
            last = [f"{request.route} {request.body} {request.refused or ''}" for request in self.requests[-5:]]
            lines = [f"waited {within} s for {what}; the last requests:", *last, *self.violations]
            raise AssertionError("\n".join(lines)) from None

    def calls(self, route: str) -> list[Request]:
        """All requests of one route so far: `POST /channels/{channel_id}/messages`."""
        return [request for request in self.requests if request.route == route]

    @property
    def refusals(self) -> list[Refusal]:
        """Every refusal so far, faults on demand not counted."""
        return [request.refused for request in self.requests if request.refused is not None]

    def command(self, name: str) -> Json | None:
        """A global command of the bot's, by its name."""
        return next((command for command in self.commands if command["name"] == name), None)

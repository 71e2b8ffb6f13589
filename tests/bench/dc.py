"""Slash commands through the whole Discord adapter, beside a bare CommandTree that sends the same messages.

Both are the real library, fed by its own gateway class, with the same HTTP session that answers in this process.
"""

import asyncio
import gc
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, thread_time
from typing import Any
from unittest.mock import patch

import discord
from discord import app_commands, ui

from adapters.discord.client import INTENTS, Client
from adapters.discord.port import Discord
from bot.ask import Ask
from bot.commands import by_name
from bot.engine import Engine
from bot.keep import Keep
from bot.library import Library
from bot.reply import Reply, Text
from bot.store.database import Database
from tests.bench.dc_local import Local, People, shown
from tests.bench.learner import says
from tests.bench.numbers import Found, Row, ratio
from tests.bench.statements import recorded
from tests.fakes.discord_model import Json
from tests.fakes.discord_person import Person
from tests.fakes.discord_world import World
from tests.world import content

ROUNDS = 9
PEOPLE = 30
"""Of each row; each uses one command a round, in a server of their own."""
AIM = 3
NOTES = [
    f"medians of {ROUNDS} rounds; a round is {PEOPLE} slash commands in as many servers, come at once, each answered",
    "CPU: all threads; loop: that of the event loop alone, so without the store; both in microseconds a command",
    "bare: CPU of a CommandTree command that sends the same, its view made before; ratio, loop ratio: to it",
    "made: the ratio to one that makes its view each time, as most do; SQL: statements a command",
    "counted: from the gateway's JSON to the read answer. Not: sockets, TLS, compression",
    f"ready: the command is replaced by its reply; what the adapter keeps, it keeps. Aim: a ratio of {AIM} or less",
]

Interaction = discord.Interaction[Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a round took: seconds until the last message, then CPU seconds of all threads and of the event loop."""

    seconds: float
    cpu: float
    loop: float


async def timed(local: Local, texts: list[str]) -> Turn:
    """Feeds one round; what is still going on after the last message is counted as CPU."""
    before = asyncio.all_tasks()
    begun, cpu, loop = perf_counter(), process_time(), thread_time()
    await local.feed(texts)
    took = perf_counter() - begun
    while left := asyncio.all_tasks() - before:
        await asyncio.wait(left)
    return Turn(took, process_time() - cpu, thread_time() - loop)


class Ours:
    """The whole adapter over the local session; `answer` is what answers just now."""

    def __init__(self, database: Database, library: Library, world: World) -> None:
        self.database = database
        self.engine = Engine(database, library)
        self.answer: Callable[[Ask], Awaitable[Reply | None]] = self.engine.answer
        self.local = Local(world)
        self._token = world.token
        self._connected: asyncio.Future[Client] = asyncio.get_running_loop().create_future()

    @asynccontextmanager
    async def running(self, servers: list[str]) -> AsyncIterator[None]:
        """Serves until the block ends."""
        connected = self._connected

        class Parked(Client):
            """The client, without a gateway to connect to."""

            async def connect(self, *, reconnect: bool = True) -> None:
                connected.set_result(self)
                await asyncio.get_running_loop().create_future()

        library = self.engine.library
        port = Discord(
            self._token,
            suggest=self.engine.suggest,
            menu=library.menu,
            more={name: one.more.keys(library) for name, one in library.menu.items() if one.more},
            keep=Keep(self.database),
            tell=lambda _: None,
        )
        with patch("adapters.discord.port.Client", Parked), self.local.instead():
            task = asyncio.create_task(port.run(self._answer))
            self.local.join(await connected)
        try:
            await self.local.published.wait()
            await self.local.tell(servers)
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _answer(self, ask: Ask) -> Reply | None:
        return await self.answer(ask)


class Bare:
    """What anybody would write: commands that send a message. `anew`: its view is made for each."""

    def __init__(self, world: World) -> None:
        self.local = Local(world)
        self.anew = False
        self._token = world.token
        self._parts: list[Json] = []
        self._view = view([])
        self._quiet = False
        self._client = discord.Client(intents=INTENTS, allowed_mentions=discord.AllowedMentions.none())
        tree = app_commands.CommandTree(self._client)

        @tree.command(name="help", description="Help")
        async def help_(interaction: Interaction) -> None:
            await self._say(interaction)

        @tree.command(name="explain", description="Explain a topic")
        async def explain(interaction: Interaction, topic: str) -> None:
            await self._say(interaction)

        @tree.command(name="done", description="A topic is done")
        async def done(interaction: Interaction, topic: str) -> None:
            await self._say(interaction)

    async def _say(self, interaction: Interaction) -> None:
        made = view(self._parts) if self.anew else self._view
        await interaction.response.send_message(view=made, ephemeral=self._quiet)

    @asynccontextmanager
    async def running(self, servers: list[str]) -> AsyncIterator[None]:
        """Serves until the block ends."""
        await self.local.login(self._client, self._token)
        await self.local.tell(servers)
        try:
            yield
        finally:
            await self._client.close()

    async def turn(self, texts: list[str], like: str, anew: bool) -> Turn:
        """One round in which it sends what we sent."""
        self._parts, flags = shown(like)
        self.anew = anew
        self._view = view(self._parts)
        self._quiet = discord.MessageFlags._from_value(flags).ephemeral
        made = await timed(self.local, texts)
        if any(shown(said) != shown(like) for said in self.local.said):
            raise RuntimeError("the bare command said something else, so that nothing can be compared")
        return made


def view(components: list[Json]) -> ui.LayoutView:
    """The view of components: of texts, and of buttons."""
    made = ui.LayoutView(timeout=None)
    for each in components:
        made.add_item(_item(each))
    made.stop()
    return made


def _item(part: Json) -> ui.Item[Any]:
    match part["type"]:
        case 1:
            return ui.ActionRow(*map(_item, part["components"]), id=part.get("id"))
        case 2:
            style, label = discord.ButtonStyle(part["style"]), part.get("label")
            said, url = part.get("custom_id"), part.get("url")
            return ui.Button(style=style, label=label, custom_id=said, url=url, id=part.get("id"))
        case 10:
            return ui.TextDisplay(part["content"], id=part.get("id"))
    raise RuntimeError(f"the bare command knows no component of type {part['type']}")


@dataclass
class Line:
    """A row: a command used in each round. `ready`: what makes its reply without the engine. `wants`: words of it."""

    name: str
    ours: Ours
    crowd: People
    command: Callable[[int], tuple[str, dict[str, str]]]
    wants: str
    ready: Callable[[], Reply] | None = None
    took: list[Turn] = field(default_factory=list)
    theirs: list[Turn] = field(default_factory=list)
    anew: list[Turn] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    async def round(self, number: int, bare: Bare) -> None:
        """We, then the bare command both ways, with the same people."""
        self.took.append(await self._ours(self._texts(number)))
        like = self.ours.local.said[-1]
        self.theirs.append(await bare.turn(self._texts(number), like, anew=False))
        self.anew.append(await bare.turn(self._texts(number), like, anew=True))

    async def row(self) -> Row:
        """The numbers of all rounds but the first; one more counts the statements."""
        texts = self._texts(ROUNDS + 1)
        with recorded(self.ours.database.engine) as statements:
            await self._ours(texts)
        ours, theirs = self.took[1:], self.theirs[1:]
        cpu = [turn.cpu for turn in ours]
        return {
            "what": self.name,
            "a second": round(PEOPLE / median(turn.seconds for turn in ours)),
            "CPU": _micro(cpu),
            "loop": _micro([turn.loop for turn in ours]),
            "bare": _micro([turn.cpu for turn in theirs]),
            "ratio": ratio(cpu, [turn.cpu for turn in theirs]),
            "loop ratio": ratio([turn.loop for turn in ours], [turn.loop for turn in theirs]),
            "made": ratio(cpu, [turn.cpu for turn in self.anew[1:]]),
            "SQL": round(len(statements) / PEOPLE, 2),
        }

    def _texts(self, number: int) -> list[str]:
        """Each row has its own people: whoever says much at once is held back."""
        self.people = self.people or self.crowd.arrive()
        return self.crowd.say(self.people, *self.command(number))

    async def _ours(self, texts: list[str]) -> Turn:
        self.ours.answer = _always(self.ready) if self.ready else self.ours.engine.answer
        made = await timed(self.ours.local, texts)
        said = self.ours.local.said
        odd = [each for each in said if self.wants not in each]
        if odd or len(said) != PEOPLE:
            raise RuntimeError(f"{self.name} was answered {len(said)} times, such as: {odd[:1]}")
        return made


def _always(made: Callable[[], Reply]) -> Callable[[Ask], Awaitable[Reply | None]]:
    async def answer(_: Ask) -> Reply | None:
        return made()

    return answer


def _micro(seconds: list[float]) -> int:
    return round(1_000_000 * median(seconds) / PEOPLE)


def measure(folder: Path) -> Found:
    """Medians of rounds in which every row, and with each the bare command, takes its turn."""
    library = Library(content(), by_name())
    database = Database.open(f"sqlite:///{folder / 'discord.db'}")
    gc.freeze()  # the content is there for good; looking through it again and again would be counted by chance
    try:
        rows = asyncio.run(_rows(database, library))
    finally:
        gc.unfreeze()
        database.close()
    return Found("Discord: CPU of a slash command", rows, NOTES)


async def _rows(database: Database, library: Library) -> list[Row]:
    world = World("made.discord.token")
    crowd = People(world, PEOPLE)
    ours, bare = Ours(database, library, world), Bare(world)
    topics = list(library.content.topics)
    help_, explain, done = [await _reply(ours, line) for line in ("/help", "/explain sharding", f"/done {topics[0]}")]
    fresh = itertools.count(1)

    def changed() -> Reply:
        return Reply((Text(f"No. {next(fresh)}"), *help_.blocks), private=help_.private)

    def helps(_: int) -> tuple[str, dict[str, str]]:
        return "help", {}

    def explains(_: int) -> tuple[str, dict[str, str]]:
        return "explain", {"topic": "sharding"}

    def is_done(number: int) -> tuple[str, dict[str, str]]:
        return "done", {"topic": topics[number]}

    lines = [
        Line("ready /help", ours, crowd, helps, "/explain", lambda: help_),
        Line("ready, new words", ours, crowd, helps, "No.", changed),
        Line("ready /done", ours, crowd, is_done, "Done:", lambda: done),
        Line("ready /explain", ours, crowd, explains, "Sharding", lambda: explain),
        Line("/help", ours, crowd, helps, "/explain"),
        Line("/explain sharding", ours, crowd, explains, "Sharding"),
        Line("/done", ours, crowd, is_done, "Done:"),
    ]
    async with bare.running(crowd.servers), ours.running(crowd.servers):
        for number in range(ROUNDS + 1):  # the first round only warms up
            for line in lines:
                await line.round(number, bare)
        return [await line.row() for line in lines]


async def _reply(ours: Ours, line: str) -> Reply:
    reply = await ours.engine.answer(says("whoever", line))
    assert reply
    return reply

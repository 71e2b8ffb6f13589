"""`cairn run` with Discord as a process of its own: its start, also beside Telegram, and its memory in many servers."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

from tests.bench.numbers import Found, Row, ms, ratio
from tests.bench.start import ROOT
from tests.fakes.discord_guild import Guild
from tests.fakes.discord_model import EVERYDAY
from tests.fakes.discord_server import DiscordServer
from tests.fakes.telegram_server import TelegramServer

ROUNDS = 5
SERVERS = 1_000
CHANNELS = 10
ROLES = 5
"""Of each server, and one for everybody and one of the bot's."""
AT_ONCE = 5
"""Servers in which somebody speaks together; the next ones follow when those are answered."""
PATIENCE = 60.0
LIBRARY = "import discord.ext.commands"
"""What it is measured beside."""

_RUN = ["-m", "bot", "run"]
_IMPORTED = f"{LIBRARY}\nprint(0, flush=True)\ninput()"
_BARE = """
import discord, os, yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
Route.BASE = os.environ["CAIRN_DISCORD_API_URL"]
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["CAIRN_DISCORD_GATEWAY_URL"])
client = discord.Client(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
@client.event
async def on_ready():
    print(sum(len(guild.channels) for guild in client.guilds), flush=True)
client.run(os.environ["CAIRN_DISCORD_TOKEN"], log_handler=None)
"""
"""A bot that does nothing, as the library makes it. It prints how many channels it knows."""


def start(folder: Path) -> Found:
    """Later starts: the database is current, the content is kept ready-made, the commands are published."""
    alone, both, theirs, bare = asyncio.run(_starts(folder))
    rows: list[Row] = [
        {
            "what": name,
            "n": ROUNDS,
            "median ms": ms(times),
            "most ms": round(1000 * max(times), 3),
            "ratio": ratio(times, theirs),
        }
        for name, times in (
            ("cairn run, IDENTIFY", alone),
            ("with Telegram, IDENTIFY and getUpdates", both),
            (LIBRARY, theirs),
            ("pass", bare),
        )
    ]
    return Found(
        "Discord: start of cairn run", rows, ["Discord and Telegram are local servers in the process that measures"]
    )


async def _starts(folder: Path) -> tuple[list[float], ...]:
    alone, both, theirs, bare = [], [], [], []
    async with DiscordServer() as dc, TelegramServer() as tg:
        await _connected(dc, folder, tg, settle=1.0)
        for _ in range(ROUNDS):
            alone.append(await _connected(dc, folder))
            both.append(await _connected(dc, folder, tg))
            theirs.append(await _ended(LIBRARY))
            bare.append(await _ended("pass"))
    return alone, both, theirs, bare


async def _connected(dc: DiscordServer, folder: Path, tg: TelegramServer | None = None, settle: float = 0.0) -> float:
    """Seconds until a new process is on each platform. `settle`: for how long it then runs on."""
    before = dc.gateway.identified
    if tg:
        tg.requests.clear()
    begun = perf_counter()
    async with _process(dc, folder, _RUN, tg) as process:
        await dc.until(lambda: dc.gateway.identified > before, within=PATIENCE, what="IDENTIFY")
        if tg:
            await tg.until(lambda: tg.calls("getUpdates"), within=PATIENCE, what="getUpdates")
        took = perf_counter() - begun
        await asyncio.sleep(settle)
        process.send_signal(signal.SIGTERM)
        await process.wait()
    return took


async def _ended(code: str) -> float:
    """Seconds until a new interpreter has run a line of code."""
    begun = perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT)
    await process.wait()
    return perf_counter() - begun


def memory(folder: Path) -> Found:
    """Resident memory in no server, in many, and after somebody has spoken in each."""
    notes = [
        f"a server has {CHANNELS} channels and {ROLES + 2} roles; Discord is a local server",
        f"bare: discord.Client with the same intents, and the library's own settings; /start: {AT_ONCE} at once",
    ]
    return Found("Discord: resident memory", asyncio.run(_memory(folder)), notes)


async def _memory(folder: Path) -> list[Row]:
    async with DiscordServer() as dc:
        rows = [
            _row(LIBRARY, 0, await _told(dc, folder, _IMPORTED)),
            _row("bare client, ready", 0, await _told(dc, folder, _BARE)),
        ]
        await _connected(dc, folder, settle=1.0)  # the first start makes what later ones find
        async with _process(dc, folder, _RUN) as process:
            owner = dc.user("Owner")
            await _published(dc)
            await owner.slash(owner.dm, "help", wait=PATIENCE)
            rows.append(_row("cairn run, /help answered", 0, _resident(process.pid)))
        guilds = _servers(dc)
        begun = perf_counter()
        rows.append(_row("bare client, ready", SERVERS, await _told(dc, folder, _BARE), perf_counter() - begun))
        begun = perf_counter()
        async with _process(dc, folder, _RUN) as process:
            await _published(dc)
            last = guilds[-1]
            await last.owner.slash(last.channels[0], "help", wait=PATIENCE)  # so all servers before it are known
            rows.append(_row("cairn run, /help answered", SERVERS, _resident(process.pid), perf_counter() - begun))
            begun = perf_counter()
            for first in range(0, SERVERS, AT_ONCE):
                await asyncio.gather(*map(_speaks, guilds[first : first + AT_ONCE]))
            rows.append(_row("/start said in each", SERVERS, _resident(process.pid), perf_counter() - begun))
        if dc.violations or dc.refusals:
            raise RuntimeError(f"the server did not take everything: {[*dc.violations, *dc.refusals][:3]}")
    return rows


async def _published(dc: DiscordServer) -> None:
    """A new process is connected, and has told its commands once."""
    await dc.gateway.ready(within=PATIENCE)
    await dc.until(lambda: dc.command("start"), within=PATIENCE, what="the commands")


async def _speaks(guild: Guild) -> None:
    await guild.owner.slash(guild.channels[0], "start", wait=PATIENCE)


def _servers(dc: DiscordServer) -> list[Guild]:
    """The bot's servers."""
    guilds = []
    for number in range(SERVERS):
        guild = dc.guild(f"Server {number}")
        for each in range(ROLES):
            guild.role(f"Role {each}", EVERYDAY)
        for each in range(CHANNELS):
            guild.channel(f"channel-{each}")
        guild.add_bot()
        guilds.append(guild)
    return guilds


def _row(what: str, servers: int, resident: float, seconds: float = 0.0) -> Row:
    return {"what": what, "servers": servers, "seconds": round(seconds, 1), "RSS MB": resident}


async def _told(dc: DiscordServer, folder: Path, code: str) -> float:
    """The memory of a process once it has printed a line."""
    async with _process(dc, folder, ["-c", code]) as process:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        there = sum(channel.guild is not None for channel in dc.channels.values())
        if int(line or -1) != there:
            raise RuntimeError(f"a bare process knows {line.decode()!r} channels, not {there}")
        return _resident(process.pid)


def _resident(number: int) -> float:
    """Megabytes of a process that are in memory, by /proc or, where there is none, by ps."""
    status = Path(f"/proc/{number}/status")
    if status.exists():
        kilobytes = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    else:
        kilobytes = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(number)], capture_output=True, text=True, check=True
        ).stdout
    return round(int(kilobytes) / 1024, 1)


@asynccontextmanager
async def _process(
    dc: DiscordServer, folder: Path, words: list[str], tg: TelegramServer | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python with its database and caches in `folder`, until the block ends."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("CAIRN_", "PYTHON"))}
    environment = {
        **kept,
        "XDG_CACHE_HOME": str(folder / "cache"),
        "CAIRN_DATABASE_URL": f"sqlite:///{folder / 'run.db'}",
        "CAIRN_DISCORD_TOKEN": dc.token,
        "CAIRN_DISCORD_API_URL": dc.api_url,
        "CAIRN_DISCORD_GATEWAY_URL": dc.gateway_url,
    }
    if tg:
        environment |= {"CAIRN_TELEGRAM_TOKEN": tg.token, "CAIRN_TELEGRAM_API_URL": tg.url}
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # a request that is given up is no fault of it
    told = folder / "told"
    with told.open("w") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *words,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    try:
        yield process
    except (AssertionError, RuntimeError) as error:
        raise RuntimeError(f"{error}\nIt said: {told.read_text()[-2000:]}") from None
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()

"""`cairn run` with Telegram alone as a process of its own: its start, and its memory after many chats."""

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
from tests.fakes.telegram_private import Private
from tests.fakes.telegram_server import TelegramServer

ROUNDS = 5
CHATS = 1_000
AT_ONCE = 5
"""Chats that speak together; the next ones do when those are answered."""
PATIENCE = 60.0
LIBRARY = "import telegram.ext"
"""What it is measured beside."""

_RUN = ["-m", "bot", "run"]
_HURRIED = [
    "-c",
    "from adapters.telegram import limits; limits.ALL = 10**9; "
    "from bot.__main__ import main; raise SystemExit(main(['run']))",
]
"""The same without the pace of thirty messages a second; that of each chat stays."""


def start(folder: Path) -> Found:
    """Later starts: the database is current, the content is kept ready-made, the menus are published."""
    ours, theirs, bare = asyncio.run(_starts(folder))
    rows: list[Row] = [
        {
            "what": name,
            "n": ROUNDS,
            "median ms": ms(times),
            "most ms": round(1000 * max(times), 3),
            "ratio": ratio(times, theirs),
        }
        for name, times in (("cairn run, first getUpdates", ours), (LIBRARY, theirs), ("pass", bare))
    ]
    return Found("Telegram: start of cairn run", rows, ["Telegram is a local server in the process that measures"])


async def _starts(folder: Path) -> tuple[list[float], list[float], list[float]]:
    ours, theirs, bare = [], [], []
    async with TelegramServer() as tg:
        await _asking(tg, folder, settle=1.0)
        for _ in range(ROUNDS):
            ours.append(await _asking(tg, folder))
            theirs.append(await _ended(LIBRARY))
            bare.append(await _ended("pass"))
    return ours, theirs, bare


async def _asking(tg: TelegramServer, folder: Path, settle: float = 0.0) -> float:
    """Seconds until a new process asks for updates. `settle`: for how long it then runs on."""
    tg.requests.clear()
    begun = perf_counter()
    async with _run(tg, folder, _RUN) as process:
        await _polled(tg)
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
    """Resident memory before and after many people have spoken."""
    notes = [
        f"each chat says /start, then all say /next, {AT_ONCE} at once; Telegram is a local server",
        "the pace of 30 messages a second for all chats together is lifted, or this would take minutes",
    ]
    return Found("Telegram: resident memory", asyncio.run(_memory(folder)), notes)


async def _memory(folder: Path) -> list[Row]:
    rows = [_row(LIBRARY, [], await _of_library())]
    async with TelegramServer() as tg, _run(tg, folder, _HURRIED) as process:
        await _polled(tg)
        rows.append(_row("cairn run, first getUpdates", [], _resident(process.pid)))
        chats = [tg.private(tg.user(f"Person {number}")) for number in range(CHATS)]
        for line, last in (("/start", "Backend language"), ("/next", "Next:")):
            begun = perf_counter()
            for first in range(0, CHATS, AT_ONCE):
                for chat in chats[first : first + AT_ONCE]:
                    await chat.says(line)
                for chat in chats[first : first + AT_ONCE]:
                    await _told(tg, chat, last)
            rows.append(_row(f"all said {line}", chats, _resident(process.pid), perf_counter() - begun))
        if tg.violations or tg.refusals:
            raise RuntimeError(f"the server did not take everything: {[*tg.violations, *tg.refusals][:3]}")
    return rows


def _row(what: str, chats: list[Private], resident: float, seconds: float = 0.0) -> Row:
    return {
        "what": what,
        "chats": len(chats),
        "messages": sum(len(chat.sent) for chat in chats),
        "seconds": round(seconds, 1),
        "RSS MB": resident,
    }


async def _polled(tg: TelegramServer) -> None:
    await tg.until(lambda: tg.calls("getUpdates"), within=PATIENCE, what="getUpdates")


async def _told(tg: TelegramServer, chat: Private, words: str) -> None:
    def found() -> bool:
        return any(words in message.text for message in chat.sent)

    await tg.until(found, within=PATIENCE, what=words)


async def _of_library() -> float:
    """The memory of a process that has imported the library alone."""
    code = f"{LIBRARY}; print(flush=True); input()"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    await process.stdout.readline()
    resident = _resident(process.pid)
    await process.communicate(b"\n")
    return resident


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
async def _run(tg: TelegramServer, folder: Path, words: list[str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Cairn with its database and caches in `folder`, until the block ends."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("CAIRN_", "PYTHON"))}
    environment = {
        **kept,
        "XDG_CACHE_HOME": str(folder / "cache"),
        "CAIRN_DATABASE_URL": f"sqlite:///{folder / 'run.db'}",
        "CAIRN_TELEGRAM_TOKEN": tg.token,
        "CAIRN_TELEGRAM_API_URL": tg.url,
    }
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # a request that is given up is no fault of it
    told = folder / "told"
    with told.open("w") as errors:
        process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, env=environment, stderr=errors)
    try:
        yield process
    except AssertionError as error:
        raise RuntimeError(f"{error}\nCairn said: {told.read_text()[-2000:]}") from None
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()

"""A platform that only counts: a line server in the test's process, and the Port that other processes speak to it by.

What a process wrote before it was killed is still read, so nothing that was sent is missed.
"""

import asyncio
import itertools
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.ask import Account, Place
from bot.port import Answer, Gone, Later, Sent
from bot.reply import Reply

PLATFORM = "sink"
OK = "ok"
STALL = "stall"
"""Words with which the sink answers; others are `later SECONDS`, `everywhere SECONDS`, `gone`, and any garbage."""

Judge = Callable[[str, int], str]
"""Says how to answer a message: handed its key, and how often it was tried before."""


class Sink:
    """Counts the messages it takes by their keys; `refused` counts the others. `judge` may be changed at any time."""

    def __init__(self) -> None:
        self.judge: Judge = lambda key, tried: OK
        self.taken: Counter[str] = Counter()
        self.tried: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.times: list[float] = []
        self._came: dict[int, asyncio.Future[str]] = {}
        self._gone: dict[int, asyncio.Event] = {}

    @property
    def repeats(self) -> int:
        """Messages that came again after they were taken."""
        return self.taken.total() - len(self.taken)

    async def came(self, process: int) -> str:
        """Waits until a process says what it is called."""
        return await self._came.setdefault(process, asyncio.get_running_loop().create_future())

    async def gone(self, process: int) -> None:
        """Waits until a process that came is gone and all that it wrote is read."""
        await self._gone[process].wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one process: its number and name, then lines of a number and a key."""
        number, name = (await reader.readline()).decode().split()
        gone = self._gone[int(number)] = asyncio.Event()
        self._came.setdefault(int(number), asyncio.get_running_loop().create_future()).set_result(name)
        try:
            async for line in reader:
                number, _, key = line.decode().strip().partition(" ")
                if (word := self._judged(key)) != STALL:
                    writer.write(f"{number} {word}\n".encode())
        except ConnectionError:
            return
        finally:
            gone.set()
            writer.close()

    def _judged(self, key: str) -> str:
        word = self.judge(key, self.tried[key])
        self.tried[key] += 1
        if word == OK:
            self.taken[key] += 1
            self.times.append(time.monotonic())
        else:
            self.refused[word.partition(" ")[0]] += 1
        return word


@asynccontextmanager
async def sinking(path: Path) -> AsyncIterator[Sink]:
    """A sink that listens on a Unix socket."""
    sink = Sink()
    server = await asyncio.start_unix_server(sink.serve, path)
    try:
        yield sink
    finally:
        server.close()
        for process in list(sink._gone):
            await sink.gone(process)


def limited(most: int) -> Judge:
    """Takes so many messages in any second, and refuses what is more as a platform does."""
    times: deque[float] = deque(maxlen=most)

    def judge(key: str, tried: int) -> str:
        now = time.monotonic()
        if len(times) == most and now - times[0] < 1:
            return f"everywhere {1 - (now - times[0]):.3f}"
        times.append(now)
        return OK

    return judge


class SinkPort:
    """Sends to a sink that listens at `path`; `name`: what it calls itself, its process and a word. A bot.port.Port."""

    platform = PLATFORM

    def __init__(self, path: Path, name: str, rate: float = 0.0) -> None:
        self.rate = rate
        self.name = name
        self.ready = asyncio.Event()
        self._path = path
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[str]] = {}
        self._writer: asyncio.StreamWriter | None = None

    async def run(self, answer: Answer) -> None:
        """Connects, and hears until cancelled what the sink says."""
        reader, self._writer = await asyncio.open_unix_connection(self._path)
        self._writer.write(f"{self.name}\n".encode())
        self.ready.set()
        async for line in reader:
            number, _, word = line.decode().strip().partition(" ")
            if (waiting := self._waiting.pop(number, None)) and not waiting.done():
                waiting.set_result(word)

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Sent:
        """Sends a key; raises what the sink's answer means."""
        number = str(next(self._numbers))
        heard = self._waiting[number] = asyncio.get_running_loop().create_future()
        assert self._writer is not None
        self._writer.write(f"{number} {key}\n".encode())
        match (await heard).split():
            case ["ok"]:
                return Sent(place, number)
            case ["later", seconds]:
                raise Later(float(seconds))
            case ["everywhere", seconds]:
                raise Later(float(seconds), everywhere=True)
            case ["gone"]:
                raise Gone("gone from the sink")
            case words:
                raise ValueError(f"the sink said {words}")

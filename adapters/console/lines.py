"""Lines in and out by file descriptor: reading waits in a thread, writing leaves nothing in a buffer."""

import asyncio
import os
import select
import threading
from collections.abc import AsyncIterator

_CHUNK = 1 << 16


class _Reader:
    """A thread that reads a chunk whenever one is asked for; as a daemon it holds up nobody who ends."""

    def __init__(self, source: int) -> None:
        self._source = source
        self._loop = asyncio.get_running_loop()
        self._wanted = threading.Semaphore(0)
        self._came: asyncio.Queue[bytes] = asyncio.Queue()
        threading.Thread(target=self._read, name="input", daemon=True).start()

    async def chunk(self) -> bytes:
        """The next bytes; none at the end of input."""
        self._wanted.release()
        return await self._came.get()

    def _read(self) -> None:
        found = b"-"
        while found:
            self._wanted.acquire()
            found = _read(self._source)
            try:
                self._loop.call_soon_threadsafe(self._came.put_nowait, found)
            except RuntimeError:  # the loop is closed: nobody waits any more
                return


def _read(source: int) -> bytes:
    while True:
        try:
            return os.read(source, _CHUNK)
        except BlockingIOError:
            select.select([source], [], [])
        except OSError:
            return b""


async def lines(source: int) -> AsyncIterator[bytes]:
    """The lines of a file descriptor without their line ends, however long they are."""
    reader = _Reader(source)
    parts: list[bytes] = []
    while chunk := await reader.chunk():
        first, *others = chunk.split(b"\n")
        parts.append(first)
        for other in others:
            yield b"".join(parts)
            parts = [other]
    if last := b"".join(parts):
        yield last


def write(target: int, text: str) -> bool:
    """Writes a text whole; False where nobody reads it any more."""
    rest = memoryview(text.encode("utf-8", "replace"))
    while rest:
        try:
            rest = rest[os.write(target, rest) :]
        except BlockingIOError:
            select.select([], [target], [])
        except OSError:
            return False
    return True

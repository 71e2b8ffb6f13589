"""A gateway session with what it was sent, and the socket it may have."""

import asyncio
import json
import zlib
from collections import deque
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

from aiohttp import web

from tests.fakes.discord_model import Json

DISPATCH = 0
MOST_KEPT = 5000  # events a session can be told again


class Intent(IntFlag):
    """The intents that matter to Cairn, and the privileged ones."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


class Socket:
    """A connection; what is put is sent in order by a task of its own."""

    def __init__(self, ws: web.WebSocketResponse, http: web.Request, *, compressed: bool) -> None:
        self.ws = ws
        self.http = http
        self.session: Session | None = None
        self.closing = False
        self._deflate = zlib.compressobj() if compressed else None
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        self._sender = asyncio.get_running_loop().create_task(self._send())

    def put(self, op: int, data: Any, **more: Any) -> None:
        """Send soon."""
        self._queue.put_nowait(json.dumps({"op": op, "d": data} | more))

    async def _send(self) -> None:
        while True:
            text = await self._queue.get()
            try:
                if self._deflate is None:
                    await self.ws.send_str(text)
                else:
                    packed = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self.ws.send_bytes(packed)
            except (ConnectionError, RuntimeError):
                return

    async def close(self, code: int | None) -> None:
        """Close with a code; None: as when the network fails."""
        self.closing = True
        if code is None and self.http.transport is not None:
            self.http.transport.abort()
        elif code is not None:
            await self.ws.close(code=code)

    def stop(self) -> None:
        """No more is sent."""
        self._sender.cancel()


@dataclass(eq=False)
class Session:
    """What a shard of the bot identified as, and all it was told; without a socket, until it resumes."""

    id: str
    intents: int
    shard: int
    shards: int
    socket: Socket | None
    seq: int = 0
    log: deque[tuple[int, str, Json]] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))

    def has(self, guild: int | None) -> bool:
        """Whether a server's events come to this shard; direct messages (None) come to the first."""
        return (0 if guild is None else (guild >> 22) % self.shards) == self.shard

    def dispatch(self, event: str, data: Json) -> None:
        """An event, now or after a resume."""
        self.seq += 1
        self.log.append((self.seq, event, data))
        self.say(DISPATCH, data, t=event, s=self.seq)

    def replay(self, after: int) -> None:
        """Everything after that number again."""
        for number, event, data in self.log:
            if number > after:
                self.say(DISPATCH, data, t=event, s=number)

    def say(self, op: int, data: Any, **more: Any) -> None:
        """Anything else; lost without a socket."""
        if self.socket is not None:
            self.socket.put(op, data, **more)

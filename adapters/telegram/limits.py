"""Telegram's limits: 30 messages a second in all, one a second to a chat, 20 a minute to a group; live ones first."""

import asyncio
import time
from bisect import insort
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

ALL = 30
"""Messages a second."""

CHAT = 1.0
BURST = 3
"""Seconds between two messages to a chat, and how many may follow each other at once.

Telegram: no more than one a second, short bursts are allowed.
"""

GROUP = 20
"""Messages a minute to a group."""

MARGIN = 0.03
"""Seconds by which a message may travel faster than the one before it."""

RATE = ALL / (1 + MARGIN)
"""Messages a second that go for long."""

_REMEMBERED = 10_000
_MANY = 3
"""So many chats refused at once mean that the whole bot is."""


@dataclass(slots=True)
class _Chat:
    free: float = 0.0  # when the burst would be whole again
    held: float = 0.0
    minute: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP))


@dataclass(slots=True, order=True)
class _Waiting:
    rank: tuple[bool, int]
    chat: int = field(compare=False)
    turn: "asyncio.Future[None]" = field(compare=False)


class Limits:
    """Says when a message may go. `clock`: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._chats: dict[int, _Chat] = {}
        self._second: deque[float] = deque(maxlen=ALL)
        self._all_held = 0.0
        self._refused: deque[tuple[float, int]] = deque(maxlen=_MANY)
        self._waiting: list[_Waiting] = []
        self._count = 0
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, chat: int, live: bool = True) -> None:
        """Waits until a message to the chat may go."""
        now = self._clock()
        if not self._waiting and self._wait(chat, now) <= 0:
            return self._spend(chat, now)
        self._count += 1
        waiting = _Waiting((not live, self._count), chat, asyncio.get_running_loop().create_future())
        insort(self._waiting, waiting)
        self._pump()
        try:
            return await waiting.turn
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    def hold(self, chat: int, seconds: float) -> None:
        """Telegram refused a message to this chat for so long; many at once mean the bot."""
        now = self._clock()
        self._chat(chat).held = max(self._chat(chat).held, now + seconds)
        self._refused.append((now, chat))
        late = [each for at, each in self._refused if now - at < 1]
        if len(set(late)) >= _MANY:
            self._all_held = max(self._all_held, now + seconds)

    def held(self, chat: int) -> float:
        """For how many seconds nothing may go to the chat because Telegram said so."""
        known = self._chats.get(chat)
        return max(self.all_held, known.held - self._clock() if known else 0.0)

    @property
    def all_held(self) -> float:
        """For how many seconds nothing may go to anybody; not more than 0 where that is not so."""
        return self._all_held - self._clock()

    def _chat(self, chat: int) -> _Chat:
        if (known := self._chats.get(chat)) is None:
            if len(self._chats) >= _REMEMBERED:
                self._forget()
            known = self._chats[chat] = _Chat()
        return known

    def _forget(self) -> None:
        now = self._clock()
        self._chats = {
            chat: known
            for chat, known in self._chats.items()
            if max(known.free, known.held) > now or (known.minute and known.minute[-1] > now - 60)
        }

    def _wait(self, chat: int, now: float) -> float:
        """Seconds until a message to the chat may go."""
        known = self._chat(chat)
        until = max(self._whole(), known.free - (BURST - 1) * (CHAT + MARGIN), known.held)
        if chat < 0 and len(known.minute) == GROUP:
            until = max(until, known.minute[0] + 60 + MARGIN)
        return until - now

    def _whole(self) -> float:
        """When any message at all may go."""
        return max(self._all_held, self._second[0] + 1 + MARGIN if len(self._second) == ALL else 0.0)

    def _spend(self, chat: int, now: float) -> None:
        known = self._chat(chat)
        known.free = max(known.free, now) + CHAT + MARGIN
        if chat < 0:
            known.minute.append(now)
        self._second.append(now)

    def _pump(self) -> None:
        """Lets everybody go whose turn has come, and comes back when the next one's has."""
        if self._timer:
            self._timer.cancel()
        now = self._clock()
        soonest = now + 3600
        asked: set[int] = set()
        left = []
        for waiting in self._waiting:
            wait = 1.0 if waiting.chat in asked else self._wait(waiting.chat, now)
            if waiting.chat in asked or wait > 0:
                asked.add(waiting.chat)
                soonest = min(soonest, now + wait)
                left.append(waiting)
            elif not waiting.turn.done():
                self._spend(waiting.chat, now)
                waiting.turn.set_result(None)
        self._waiting = left
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(soonest - now, 0.001), self._pump) if left else None

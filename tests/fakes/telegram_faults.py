"""What goes wrong on demand: refusals, cut connections, stalls, garbage; and Telegram's flood limits."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Refuse:
    """Answer with this code; 429 wants `retry_after` (seconds)."""

    code: int
    description: str = ""
    retry_after: int | None = None
    migrate_to: int | None = None


@dataclass(frozen=True)
class Cut:
    """Close the connection: before anything was done, or after the request took effect."""

    after: bool = False


@dataclass(frozen=True)
class Stall:
    """Do nothing for so many seconds, then go on as usual."""

    seconds: float


@dataclass(frozen=True)
class Garbage:
    """Answer with something that is not JSON; the request takes effect all the same."""

    body: bytes = b"<html><body>502 Bad Gateway"
    status: int = 200


Fault = Refuse | Cut | Stall | Garbage


@dataclass
class Trouble:
    """A fault that still has to happen: to the next `times` requests (None: until lifted), after `skip` good ones."""

    method: str
    fault: Fault
    times: int | None = 1
    skip: int = 0
    happened: int = 0

    def strikes(self, method: str) -> bool:
        """Whether this request is hit; counts it."""
        if self.method not in ("*", method) or self.over:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.happened += 1
        return True

    @property
    def over(self) -> bool:
        """Whether it has happened often enough."""
        return self.times is not None and self.happened >= self.times


@dataclass(frozen=True)
class FloodLimits:
    """Messages a second in all; a second in one chat, with a burst; in one group per `window` seconds."""

    total: int = 30
    chat: float = 1.0
    burst: int = 3
    group: int = 20
    window: float = 60.0


@dataclass
class Flood:
    """Counts what is sent, and says how long to wait when it is too much."""

    limits: FloodLimits
    clock: Callable[[], float] = time.monotonic
    _all: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)  # tokens left, and when

    def wait(self, chat_id: int, *, group: bool) -> int:
        """Count a message to a chat; if it is too many, do not count it and say the seconds to wait."""
        now = self.clock()
        limits = self.limits
        in_group = self._groups.setdefault(chat_id, deque()) if group else deque()
        left = self._tokens(chat_id, now)
        waits = [
            _wait(self._all, limits.total, 1.0, now),
            _wait(in_group, limits.group, limits.window, now) if group else 0.0,
            (1 - left) / limits.chat if left < 1 else 0.0,
        ]
        if (longest := max(waits)) > 0:
            return math.ceil(longest)
        self._all.append(now)
        in_group.append(now)
        self._chats[chat_id] = (left - 1, now)
        return 0

    def _tokens(self, chat_id: int, now: float) -> float:
        left, at = self._chats.get(chat_id, (float(self.limits.burst), now))
        return min(self.limits.burst, left + (now - at) * self.limits.chat)


def _wait(times: deque[float], most: int, window: float, now: float) -> float:
    while times and times[0] <= now - window:
        times.popleft()
    return times[0] + window - now if len(times) >= most else 0.0

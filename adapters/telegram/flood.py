"""A flood from one person is held back for that person only."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

MOST = 30
"""What one person may send at once; one more comes with every second."""

_KNOWN = 10_000


class Verdict(Enum):
    """What is to be done with something that arrived."""

    SERVE = "serve"
    NOTICE = "say once that it is too much"
    DROP = "drop"


@dataclass(slots=True)
class _Level:
    at: float
    left: float = MOST
    told: bool = False


class Flood:
    """Counts what people send."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._levels: OrderedDict[str, _Level] = OrderedDict()

    def take(self, account: str) -> Verdict:
        """Counts one more thing from an account."""
        now = self._clock()
        level = self._levels.setdefault(account, _Level(now))
        self._levels.move_to_end(account)
        if len(self._levels) > _KNOWN:
            self._levels.popitem(last=False)
        level.left = min(MOST, level.left + now - level.at)
        level.at = now
        if level.left >= 1:
            level.left -= 1
            level.told = level.told and level.left < MOST / 2
            return Verdict.SERVE
        if level.told:
            return Verdict.DROP
        level.told = True
        return Verdict.NOTICE

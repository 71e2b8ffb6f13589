"""Whether Discord can be reached: said once when it cannot, and once when it can again."""

import asyncio
import logging
import random

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds without a gateway that are not worth a word: Discord asks bots to connect anew every few hours."""

LONGEST = 60.0
"""Seconds between two attempts at most."""


class Watch:
    """Counts failed attempts, and knows which shards are cut off."""

    def __init__(self) -> None:
        self._told = False
        self._attempt = 0
        self._cut: set[int] = set()
        self._timer: asyncio.TimerHandle | None = None

    def met(self) -> float:
        """An attempt to connect failed: how many seconds to wait before the next."""
        self._tell()
        self._attempt += 1
        longest: float = min(0.5 * 2.0 ** min(self._attempt, 10), LONGEST)
        return longest * random.uniform(0.7, 1.3)

    def lost(self, shard: int) -> None:
        """A shard is cut off; the library connects it again."""
        self._cut.add(shard)
        if self._timer is None and not self._told:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._tell)

    def back(self, shard: int) -> None:
        """A shard is connected."""
        self._cut.discard(shard)
        if not self._cut:
            self._quiet()
            if self._told:
                log.warning("Discord answers again")
            self._told = False
            self._attempt = 0

    def close(self) -> None:
        """Nothing more is to be said."""
        self._quiet()
        self._told = True

    def _tell(self) -> None:
        self._quiet()
        if not self._told:
            log.warning("Discord cannot be reached; trying again until it can")
        self._told = True

    def _quiet(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

"""How many sends a process has in the air, and how close they may follow each other."""

import asyncio
from collections.abc import Mapping

from bot.port import Later
from bot.store.outbox import LIVE, Row

AT_ONCE = 8
"""Sends that are not settled yet: the most that a crash can repeat."""
OF_WAVES = 6
"""So many of them may be of waves, so that the live lane never waits for a slow platform's wave."""

NEARER = 0.985
"""Part of the usual distance that two sends keep at least, where something held one of them up."""


class Flow:
    """Lets rows go. `rates`: waves a second, by platform; 0 where there is no limit."""

    def __init__(self, rates: Mapping[str, float]) -> None:
        self._rates = rates
        self._all = asyncio.Semaphore(AT_ONCE)
        self._waves = asyncio.Semaphore(OF_WAVES)
        self._free: dict[str, float] = {}
        self._held: dict[str, float] = {}

    async def enter(self, lane: str) -> None:
        """Waits until one more may be in the air; `leave` must follow once it is settled."""
        if lane == LIVE:
            await self._all.acquire()
            return
        await self._waves.acquire()
        try:
            await self._all.acquire()
        except asyncio.CancelledError:
            self._waves.release()
            raise

    def leave(self, lane: str) -> None:
        """One is settled."""
        self._all.release()
        if lane != LIVE:
            self._waves.release()

    async def turn(self, row: Row) -> None:
        """Waits until a row that is in the air may be sent; raises Later while its platform wants nothing at all."""
        platform, now = row.place.platform, asyncio.get_running_loop().time()
        if (rest := self._held.get(platform, 0.0) - now) > 0:
            raise Later(rest, everywhere=True)
        if row.lane == LIVE or not (rate := self._rates[platform]):
            return
        start = max(now, self._free.get(platform, 0.0))
        self._free[platform] = start + NEARER / rate
        await asyncio.sleep(start - now)

    def hold(self, platform: str, seconds: float) -> None:
        """A platform wants nothing from anybody for so long."""
        until = asyncio.get_running_loop().time() + seconds
        self._held[platform] = max(until, self._held.get(platform, 0.0))

"""Delivery of the outbox, as one of any number of processes; or at once, where a script sets the clock."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.port import Answer, Port
from bot.store.database import Database
from bot.store.delivery import Outcome
from bot.store.outbox import LEASE, Want
from scheduler.claim import Claims
from scheduler.flow import AT_ONCE
from scheduler.send import TRIES, Clock, Sending, backoff
from scheduler.shift import Shift

__all__ = ["AT_ONCE", "TRIES", "Delivery", "backoff"]

PATIENCE = 45.0
"""Seconds in which a platform must have taken a message; then it is tried again."""
DRAIN = 5.0
"""Seconds in which what is in the air is settled when Cairn stops."""


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


class Delivery:
    """Delivers what is due on the platforms of `ports`.

    `answer`: the engine's; what it raises is tried again. `clock`: the instant. `patience`: as PATIENCE.
    """

    def __init__(
        self,
        database: Database,
        answer: Answer,
        ports: Mapping[str, Port],
        *,
        clock: Clock = now,
        patience: float = PATIENCE,
    ) -> None:
        self._claims = Claims(database)
        self._sending = Sending(answer, ports, patience)
        self._rates = {platform: ports[platform].rate for platform in sorted(ports)}
        self._clock = clock
        self._life = LEASE.total_seconds() - patience

    @property
    def name(self) -> str:
        """What its claims bear."""
        return self._claims.name

    async def all(self, at: datetime) -> None:
        """Delivers everything that is due at an instant, one after the other, and waits for no pace."""
        want = Want(AT_ONCE, dict.fromkeys(self._rates, AT_ONCE), dict.fromkeys(self._rates, 0.0))
        outcomes: list[Outcome] = []
        while True:
            claimed = await self._claims.exchange(outcomes, want, at)
            outcomes = [await self._sending.outcome(row, lambda: at) for row in claimed.rows]
            if not outcomes and not claimed.dropped:
                return

    async def run(self) -> None:
        """Delivers until cancelled; what is in the air then is settled first."""
        shift = Shift(self._claims, self._sending, self._rates, self._clock, self._life)
        working = asyncio.create_task(shift.run())
        try:
            await asyncio.shield(working)
        finally:
            shift.stop()
            await asyncio.wait([working], timeout=DRAIN)
            shift.cut()
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

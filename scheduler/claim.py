"""Settles rows and claims others in one transaction, however long the database stays away."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid4

from bot.store import delivery
from bot.store.database import Database, Unavailable
from bot.store.delivery import Outcome
from bot.store.outbox import Claimed, Want

log = logging.getLogger(__name__)

LONGEST_PAUSE = 5.0
"""Seconds between two looks at a database that is away."""

NOTHING = Want(0, {}, {})
"""No room at all: only to settle."""


class Claims:
    """The claims of one deliverer; its name tells them from those of others."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.name = uuid4().hex

    async def exchange(self, outcomes: Sequence[Outcome], want: Want, now: datetime) -> Claimed:
        """Settles and claims; raises what the database raises."""
        return await self._database.run(
            lambda connection: delivery.exchange(connection, self.name, outcomes, want, now)
        )

    async def surely(self, outcomes: Sequence[Outcome], want: Want, clock: Callable[[], datetime]) -> Claimed:
        """The same until it is done. What the database will never take is told in the log, and its lease runs out."""
        attempt = 0
        while True:
            try:
                return await self.exchange(outcomes, want, clock())
            except Unavailable as error:
                attempt += 1
                if attempt == 1:
                    log.warning("the outbox cannot be reached: %s", error)
                await asyncio.sleep(min(0.1 * 2.0**attempt, LONGEST_PAUSE) * random.uniform(0.7, 1.3))
            except Exception:
                log.exception("deliveries could not be settled")
                await self._singly(outcomes, clock)
                return Claimed([], False)

    async def _singly(self, outcomes: Sequence[Outcome], clock: Callable[[], datetime]) -> None:
        """One that fails does not keep the others from being settled."""
        for outcome in outcomes if len(outcomes) > 1 else ():
            await self.surely([outcome], NOTHING, clock)

"""Delivery: claims what is due, answers its call fresh, sends it through the platform's port, and settles it."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bot.ask import Account, Ask, Place, Role
from bot.port import Gone, Later, Moved, Port
from bot.reply import Reply
from bot.store import delivery, outbox, places
from bot.store.database import Database, Unavailable
from bot.store.outbox import Row

log = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds between looks at the outbox: what is posted goes out within a second."""
AT_ONCE = 8
"""Sends in flight: the most that a crash can repeat."""
TRIES = 8
"""After so many the row rests as dead, where the host sees it."""
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=15)

Answer = Callable[[Ask], Awaitable[Reply | None]]


class Delivery:
    """Delivers the outbox's rows of the platforms it was handed, as one of any number of processes."""

    def __init__(self, database: Database, answer: Answer, ports: Mapping[str, Port]) -> None:
        self._database = database
        self._answer = answer
        self._ports = ports
        self._name = uuid4().hex

    async def run(self) -> None:
        """Delivers until cancelled; what is in flight then is settled first."""
        while True:
            try:
                sent = await asyncio.shield(self.once(datetime.now(UTC)))
            except Unavailable as error:
                log.warning("the outbox cannot be read: %s", error)
                sent = 0
            if not sent:
                await asyncio.sleep(PAUSE)

    async def once(self, now: datetime) -> int:
        """Delivers what is due at an instant, up to AT_ONCE rows; how many there were."""
        platforms = sorted(self._ports)
        rows = await self._database.run(
            lambda connection: outbox.claim(connection, self._name, platforms, now, AT_ONCE)
        )
        await asyncio.gather(*(self._deliver(row, now) for row in rows))
        return len(rows)

    async def all(self, now: datetime) -> None:
        """Delivers everything that is due at an instant."""
        while await self.once(now):
            pass

    async def _deliver(self, row: Row, now: datetime) -> None:
        if await self._database.run(lambda connection: places.gone(connection, row.place, row.account)):
            await self._settle(row, "dropped", "nobody can be reached there")
            return
        try:
            reply = await self._answer(_ask(row, now))
            if reply is None:
                await self._settle(row, "dropped", "no longer wanted")
                return
            account = Account(row.place.platform, row.account) if row.account else None
            await self._ports[row.place.platform].send(row.place, account, reply)
        except Gone as error:
            await self._gone(row, now, str(error))
        except Moved as error:
            await self._moved(row, error.place, now)
        except Later as error:
            await self._again(row, now, timedelta(seconds=error.seconds), str(error))
        except Exception as error:
            log.warning("a delivery failed: %s", error.__class__.__name__)
            await self._again(row, now, backoff(row.tries), error.__class__.__name__)
        else:
            await self._settle(row, "sent")

    async def _settle(self, row: Row, state: str, why: str = "") -> None:
        await self._database.run(lambda connection: outbox.settle(connection, row, state, why))

    async def _gone(self, row: Row, now: datetime, why: str) -> None:
        await self._database.run(lambda connection: delivery.unreachable(connection, row, why, now))

    async def _moved(self, row: Row, to: Place, now: datetime) -> None:
        await self._database.run(lambda connection: delivery.moved(connection, row, to, now))

    async def _again(self, row: Row, now: datetime, pause: timedelta, why: str) -> None:
        if row.tries >= TRIES:
            await self._settle(row, "dead", why)
        else:
            await self._database.run(lambda connection: outbox.wait(connection, row, now + pause, now, why))


def backoff(tries: int) -> timedelta:
    """The pause after the `tries`th failure: doubling, with jitter so that many do not come back at once."""
    pause: timedelta = min(FIRST_WAIT * 2.0 ** (tries - 1), LONGEST_WAIT)
    return pause * random.uniform(0.75, 1.25)


def _ask(row: Row, now: datetime) -> Ask:
    account = Account(row.place.platform, row.account)
    return Ask(row.line, account, row.place, now, Role.HOUSE)

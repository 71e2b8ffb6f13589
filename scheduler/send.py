"""Sends one claimed row: answers its call fresh, hands it to the platform's port, and tells what became of it."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.ask import Account, Ask, Role
from bot.port import Answer, Gone, Later, Moved, Port, Sent
from bot.reply import Reply
from bot.store import delivery
from bot.store.delivery import Outcome
from bot.store.outbox import End, Row

log = logging.getLogger(__name__)

TRIES = 8
"""After so many the row rests as dead, where the host sees it."""
FIRST_WAIT = timedelta(seconds=3)
LONGEST_WAIT = timedelta(minutes=25)
GROWTH = 4.0
"""The pauses between TRIES tries last longer than an hour together: a platform may be down for so long."""

SLOWED = "the platform slows everything down"
"""Why what it refused waits."""

Clock = Callable[[], datetime]


async def _at_once(row: Row) -> None:
    """Nothing is waited for."""


class Sending:
    """Sends rows through the ports. `patience`: seconds in which a platform must have taken a message."""

    def __init__(self, answer: Answer, ports: Mapping[str, Port], patience: float) -> None:
        self._answer = answer
        self._ports = ports
        self._patience = patience

    async def outcome(self, row: Row, clock: Clock, turn: Callable[[Row], Awaitable[None]] = _at_once) -> Outcome:
        """What became of a row; raises nothing. `turn`: waits until it may be sent, or raises Later."""
        try:
            reply = await self._answer(_ask(row, clock()))
            if reply is None:
                return End(row, "dropped", "no longer wanted")
            await turn(row)
            sent = await self._send(row, reply)
        except Gone as error:
            return delivery.Gone(row, str(error))
        except Moved as error:
            return delivery.Moved(row, error.place) if row.tries < TRIES else End(row, "dead", "moved too often")
        except Later as error:
            return _later(row, error, clock())
        except Exception as error:
            log.warning("a delivery failed: %s", error.__class__.__name__)
            return _again(row, clock() + backoff(row.tries), error.__class__.__name__)
        return End(row, "sent", landed=sent.place.thread, message=sent.message)

    async def _send(self, row: Row, reply: Reply) -> Sent:
        account = Account(row.place.platform, row.account) if row.account else None
        async with asyncio.timeout(self._patience):
            return await self._ports[row.place.platform].send(row.place, account, reply, key=row.key)


def backoff(tries: int) -> timedelta:
    """The pause after the `tries`th failure: growing, with jitter so that many do not come back at once."""
    pause: timedelta = min(FIRST_WAIT * GROWTH ** (tries - 1), LONGEST_WAIT)
    return pause * random.uniform(1.0, 1.5)


def _later(row: Row, error: Later, now: datetime) -> End:
    """Obeyed to the second; whoever says so again and again is asked less often. A refusal of all is no try."""
    pause = timedelta(seconds=error.seconds)
    if error.everywhere:
        return End(row, "waiting", SLOWED, now + pause, row.tries - 1, everywhere=True)
    return _again(row, now + (pause if row.tries == 1 else max(pause, backoff(row.tries))), str(error))


def _again(row: Row, due: datetime, why: str) -> End:
    return End(row, "dead", why) if row.tries >= TRIES else End(row, "waiting", why, due)


def _ask(row: Row, now: datetime) -> Ask:
    account = Account(row.place.platform, row.account)
    return Ask(row.line, account, row.place, now, Role.HOUSE)

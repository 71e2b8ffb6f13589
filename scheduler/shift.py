"""One shift of delivering: rows are claimed ahead, sent when their slot comes, and settled together."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from bot.port import Later
from bot.store.delivery import Outcome
from bot.store.outbox import LIVE, Claimed, End, Row, Want
from bot.store.pace import AHEAD
from scheduler.claim import NOTHING, Claims
from scheduler.flow import AT_ONCE, Flow
from scheduler.send import Clock, Sending

PAUSE = 0.5
"""Seconds between looks at the outbox: what is posted goes out within a second."""

SECOND = timedelta(seconds=1)

IN_HAND = 24
"""Rows of a platform's wave that are claimed ahead; most of them wait for their slot."""


class Shift:
    """Works until it is told to stop. `life`: seconds after its claim in which a row's sending must begin."""

    def __init__(self, claims: Claims, sending: Sending, rates: Mapping[str, float], clock: Clock, life: float) -> None:
        self._claims = claims
        self._sending = sending
        self._rates = rates
        self._clock = clock
        self._life = life
        self._flow = Flow(rates)
        self._hand: dict[int, asyncio.Task[None]] = {}
        self._held: Counter[str] = Counter()
        self._idle: set[asyncio.Task[None]] = set()
        self._ended: list[tuple[Outcome, bool]] = []
        self._wake = asyncio.Event()
        self._stopping = False

    async def run(self) -> None:
        """Delivers; once it is told to stop, until what is in the air is settled."""
        while not self._stopping or self._hand:
            claimed = await self._turn()
            if not claimed.rows and not claimed.dropped:
                await self._rest()

    def stop(self) -> None:
        """Claims nothing more; what waits still is put back."""
        self._stopping = True
        for task in self._idle:
            task.cancel()
        self._wake.set()

    def cut(self) -> None:
        """Gives up what is in the air."""
        for task in self._hand.values():
            task.cancel()

    async def _rest(self) -> None:
        """Until something ended, or the next look is due."""
        try:
            async with asyncio.timeout(PAUSE):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _turn(self) -> Claimed:
        """Settles what ended and takes on what there is room for."""
        self._wake.clear()
        ended, self._ended = self._ended, []
        claimed = await self._claims.surely([outcome for outcome, _flew in ended], self._want(), self._clock)
        for outcome, flew in ended:
            self._let_go(outcome.row, flew)
        for row in claimed.rows:
            if row.id not in self._hand:  # else the clock jumped over its lease, and it is ours still
                self._take(row)
        return claimed

    def _want(self) -> Want:
        """What there is room for."""
        if self._stopping:
            return NOTHING
        room = {platform: IN_HAND - self._held[platform] for platform in self._rates}
        waves = {platform: most for platform, most in room.items() if most >= IN_HAND // 2}
        return Want(AT_ONCE - self._held[LIVE], waves, self._rates)

    def _take(self, row: Row) -> None:
        task = asyncio.create_task(self._carry(row))
        self._hand[row.id] = task
        self._held[_lane(row)] += 1

    def _let_go(self, row: Row, flew: bool) -> None:
        del self._hand[row.id]
        self._held[_lane(row)] -= 1
        if flew:
            self._flow.leave(row.lane)

    async def _carry(self, row: Row) -> None:
        """Waits for a row's slot, sends it, and leaves what became of it to be settled."""
        latest = asyncio.get_running_loop().time() + self._life

        async def turn(row: Row) -> None:
            if asyncio.get_running_loop().time() > latest:
                raise Later(0)  # its lease is running out
            await self._flow.turn(row)

        flew = await self._begun(row)
        outcome: Outcome = End(row, "waiting", tries=row.tries - 1)
        if flew:
            outcome = await self._sending.outcome(row, self._clock, turn)
        if isinstance(outcome, End) and outcome.everywhere and outcome.due:
            self._flow.hold(row.place.platform, (outcome.due - self._clock()).total_seconds())
        self._ended.append((outcome, flew))
        self._wake.set()

    async def _begun(self, row: Row) -> bool:
        """Waits until a row may be in the air; False where it is put back because the shift ends."""
        if self._stopping:
            return False
        task = asyncio.current_task()
        assert task is not None
        self._idle.add(task)
        try:
            await asyncio.sleep(min((row.slot - self._clock()) / SECOND, AHEAD / SECOND))
            await self._flow.enter(row.lane)
        except asyncio.CancelledError:
            return False
        finally:
            self._idle.discard(task)
        return True


def _lane(row: Row) -> str:
    return LIVE if row.lane == LIVE else row.place.platform

"""Delivery as it runs: two lanes, a common pace, holds, clocks that jump, and an end in the middle."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.ask import Account, Ask, Place
from bot.port import Answer, Later, Sent
from bot.reply import Draft, Reply
from bot.store import outbox as rows
from bot.store import pace
from bot.store.outbox import LEASE, LIVE, WAVE
from bot.store.tables import outbox
from scheduler.deliver import Delivery
from scheduler.flow import AT_ONCE, OF_WAVES
from tests.world import START, World

SOON = 20.0
"""Seconds in which something must have happened on a busy machine."""


class Platform:
    """Keeps when what was sent; `take` may wait, or raise."""

    platform = "sink"

    def __init__(self, rate: float = 0.0) -> None:
        self.rate = rate
        self.sent: list[str] = []
        self.times: list[float] = []
        self.keys: list[str] = []
        self.now = self.most = 0
        self.take: Callable[[str], Awaitable[None]] = self.at_once

    async def run(self, answer: Answer) -> None:
        """Nobody comes by itself."""

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Sent:
        """Takes a message."""
        self.keys.append(key)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await self.take(place.chat)
        finally:
            self.now -= 1
        self.sent.append(place.chat)
        self.times.append(time.monotonic())
        return Sent(Place("sink", place.chat, "t1"), f"m{len(self.sent)}")

    async def at_once(self, chat: str) -> None:
        """Takes whatever comes."""
        await asyncio.sleep(0)


class Clock:
    """The instant, as it runs on from one that is set."""

    def __init__(self) -> None:
        self.set(START)

    def set(self, at: datetime) -> None:
        """The clock is put to another instant."""
        self._at, self._since = at, time.monotonic()

    def __call__(self) -> datetime:
        """The instant."""
        return self._at + timedelta(seconds=time.monotonic() - self._since)


async def answer(ask: Ask) -> Reply | None:
    return Draft().say(ask.text).reply()


def post(cairn: World, *chats: str, lane: str = WAVE, until: datetime | None = None, due: datetime = START) -> None:
    def work(connection: Connection) -> None:
        for chat in chats:
            place = Place("sink", chat)
            rows.post(connection, chat, place, "", "/x", START, None, due=due, lane=lane, until=until)

    cairn.database.do(work)


def numbered(count: int) -> list[str]:
    return [f"g{number:03}" for number in range(count)]


def states(cairn: World) -> set[tuple[str, int, str]]:
    with cairn.database.engine.begin() as connection:
        return {tuple(row) for row in connection.execute(select(outbox.c.state, outbox.c.tries, outbox.c.why))}


async def until(met: Callable[[], bool], within: float = SOON) -> None:
    end = time.monotonic() + within
    while not met():
        await asyncio.sleep(0.01)
        assert time.monotonic() < end


async def running(*deliveries: Delivery, met: Callable[[], bool]) -> None:
    """Runs deliverers until something is met, then ends them as a host does."""
    tasks = [asyncio.create_task(delivery.run()) for delivery in deliveries]
    try:
        await until(met)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def made(cairn: World, port: Platform, clock: Callable[[], datetime] | None = None, patience: float = 45.0) -> Delivery:
    return Delivery(cairn.database, answer, {"sink": port}, clock=clock or Clock(), patience=patience)


def test_a_wave_keeps_the_pace_and_tells_where_it_landed(cairn: World) -> None:
    port = Platform(rate=50)
    post(cairn, *numbered(30))
    asyncio.run(running(made(cairn, port), met=lambda: len(port.sent) == 30))
    assert sorted(port.sent) == numbered(30)
    assert port.times[-1] - port.times[0] >= 29 * 0.97 / 50 - 0.01
    assert states(cairn) == {("sent", 1, "")}
    with cairn.database.engine.begin() as connection:
        landed = connection.execute(select(outbox.c.landed, outbox.c.message)).all()
    assert {thread for thread, _message in landed} == {"t1"}
    assert {message for _thread, message in landed} == {f"m{number}" for number in range(1, 31)}


def test_many_processes_keep_one_pace(cairn: World) -> None:
    ports = [Platform(rate=40), Platform(rate=40)]
    clock = Clock()
    post(cairn, *numbered(40))
    asyncio.run(
        running(*(made(cairn, port, clock) for port in ports), met=lambda: sum(len(p.sent) for p in ports) == 40)
    )
    times = sorted(ports[0].times + ports[1].times)
    assert times[-1] - times[0] >= 39 / 40 * 0.75, "two paces would take half of it"
    assert sorted(ports[0].sent + ports[1].sent) == numbered(40)


def test_somebody_who_waits_never_waits_for_a_slow_wave(cairn: World) -> None:
    port = Platform()
    free = asyncio.Event()

    async def slow(chat: str) -> None:
        if chat.startswith("g"):
            await free.wait()

    async def scene() -> None:
        post(cairn, *numbered(20))
        task = asyncio.create_task(running(made(cairn, port), met=lambda: len(port.sent) == 25))
        await until(lambda: port.now == OF_WAVES)
        post(cairn, "live1", "live2", "live3", "live4", "live5", lane=LIVE)
        await until(lambda: len(port.sent) == 5)
        assert port.now == OF_WAVES
        free.set()
        await task

    port.take = slow
    asyncio.run(scene())
    assert port.most <= AT_ONCE
    assert states(cairn) == {("sent", 1, "")}


def test_of_two_that_are_due_the_live_one_goes_first(cairn: World) -> None:
    port = Platform(rate=1000)
    post(cairn, *numbered(30))
    post(cairn, "live", lane=LIVE)
    asyncio.run(running(made(cairn, port), met=lambda: len(port.sent) == 31))
    assert port.sent.index("live") < AT_ONCE


def test_no_wave_goes_while_the_platform_wants_nothing_from_anybody(cairn: World) -> None:
    port = Platform(rate=100)
    refused: list[float] = []

    async def once(chat: str) -> None:
        if not refused:
            refused.append(time.monotonic())
            raise Later(1, everywhere=True)

    port.take = once
    post(cairn, *numbered(40))
    asyncio.run(running(made(cairn, port), met=lambda: len(port.sent) == 40))
    during = [at for at in port.times if 0.3 < at - refused[0] < 0.95]
    assert during == []
    assert states(cairn) == {("sent", 1, "")}, "it is nobody's try"


def test_what_is_stale_is_dropped_and_costs_no_pace(cairn: World) -> None:
    port = Platform(rate=1)
    post(cairn, *numbered(60), until=START - timedelta(seconds=1))
    post(cairn, "fresh", until=START + timedelta(hours=1))
    begun = time.monotonic()
    asyncio.run(running(made(cairn, port), met=lambda: bool(port.sent)))
    assert port.sent == ["fresh"]
    assert time.monotonic() - begun < SOON
    assert states(cairn) == {("dropped", 0, "stale"), ("sent", 1, "")}


def test_nothing_goes_before_its_time(quick: World) -> None:
    port, clock = Platform(), Clock()
    post(quick, "early", due=START + timedelta(seconds=30))

    async def scene() -> None:
        task = asyncio.create_task(running(made(quick, port, clock), met=lambda: bool(port.sent)))
        await asyncio.sleep(0.7)
        assert port.sent == []
        clock.set(START + timedelta(seconds=30))
        await task

    asyncio.run(scene())


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=1)], ids=["an hour back", "a day forward"])
def test_a_clock_that_jumps_neither_stops_a_wave_nor_repeats_it(quick: World, jump: timedelta) -> None:
    port, clock = Platform(rate=50), Clock()
    post(quick, *numbered(50), due=START - timedelta(hours=2))

    async def scene() -> None:
        task = asyncio.create_task(running(made(quick, port, clock), met=lambda: len(port.sent) == 50))
        await until(lambda: len(port.sent) > 10)
        clock.set(clock() + jump)
        await task

    asyncio.run(scene())
    assert sorted(port.sent) == numbered(50)


def test_a_platform_that_is_down_for_an_hour_gets_everything_afterwards(quick: World) -> None:
    port = Platform()
    now = START

    async def down(chat: str) -> None:
        if now < START + timedelta(hours=1):
            raise OSError("no route to host")

    port.take = down
    post(quick, *numbered(20))
    delivery = made(quick, port)
    for _minute in range(110):
        asyncio.run(delivery.all(now))
        now += timedelta(minutes=1)
    assert sorted(port.sent) == numbered(20)
    assert len(set(port.keys)) == 20, "each try bears the same key"


def test_a_message_that_the_platform_never_answers_is_tried_again(quick: World) -> None:
    port = Platform()

    async def stalls(chat: str) -> None:
        if len(port.keys) == 1:
            await asyncio.Event().wait()

    port.take = stalls
    post(quick, "g1", lane=LIVE)
    asyncio.run(running(made(quick, port, patience=0.1), met=lambda: bool(port.sent)))
    assert port.keys == ["g1", "g1"]


def test_whatever_a_platform_answers_is_tried_again(quick: World) -> None:
    port = Platform()
    faults = [ValueError("<html>502</html>"), OSError("reset"), KeyError("garbage"), Later(0.1), Later(0.2)]
    waiting = dict(zip(numbered(5), faults, strict=True))

    async def refuses(chat: str) -> None:
        if fault := waiting.pop(chat, None):
            raise fault

    port.take = refuses
    post(quick, *numbered(10))
    asyncio.run(running(made(quick, port), met=lambda: len(port.sent) == 10))
    assert sorted(port.sent) == numbered(10)
    assert len(port.keys) == 15


def test_an_end_in_the_middle_settles_what_is_in_the_air_and_puts_the_rest_back(cairn: World) -> None:
    port = Platform(rate=10)

    async def slow(chat: str) -> None:
        await asyncio.sleep(0.3)

    port.take = slow
    post(cairn, *numbered(20))
    asyncio.run(running(made(cairn, port), met=lambda: port.now > 0))
    assert 0 < len(port.sent) < 20
    assert states(cairn) == {("sent", 1, ""), ("waiting", 0, "")}
    port.take = port.at_once
    asyncio.run(made(cairn, port).all(START + timedelta(seconds=9)))
    assert sorted(port.sent) == numbered(20), "without waiting for a lease"


def test_a_claim_that_somebody_else_has_taken_over_is_theirs_to_settle(quick: World) -> None:
    port = Platform()
    post(quick, "g1", lane=LIVE)
    want = rows.Want(8, {}, {"sink": 0})
    first = quick.database.do(lambda connection: rows.claim(connection, "first", want, START)).rows
    second = quick.database.do(lambda connection: rows.claim(connection, "second", want, START + LEASE)).rows
    quick.database.do(lambda connection: rows.settle(connection, [rows.End(first[0], "dead", "late")], START + LEASE))
    quick.database.do(lambda connection: rows.settle(connection, [rows.End(second[0], "sent")], START + LEASE))
    assert states(quick) == {("sent", 2, "")}
    assert port.sent == []


def test_slots_stand_apart_and_none_is_taken_twice(cairn: World) -> None:
    def take(at: datetime, most: int = 100) -> list[datetime]:
        return cairn.database.do(lambda connection: pace.slots(connection, "sink", 10, at, most))

    first = take(START, 4)
    rest = take(START)
    taken = [*first, *rest]
    assert taken == [START + number * timedelta(seconds=0.1) for number in range(len(taken))]
    assert taken[-1] <= START + pace.AHEAD
    assert take(START) == []
    assert take(START + timedelta(days=1), 1) == [START + timedelta(days=1)]
    assert take(START, 1) == [START], "a pace of the future is of a clock that was wrong"
    until_ = START + timedelta(seconds=30)
    cairn.database.do(lambda connection: pace.hold(connection, "sink", until_, START))
    assert take(START) == []
    assert take(until_, 1) == [until_]


def test_the_jobs_go_on_whatever_fails(quick: World) -> None:
    from scheduler.jobs import Job, run

    port = Platform()
    seen: list[datetime] = []

    async def fails(now: datetime) -> None:
        seen.append(now)
        raise RuntimeError("a fault")

    async def scene() -> None:
        every = timedelta(seconds=0.2)
        task = asyncio.create_task(run(made(quick, port), Job("fails", every, fails)))
        post(quick, "g1", lane=LIVE)
        await until(lambda: len(seen) >= 3 and bool(port.sent))
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    asyncio.run(scene())
    assert seen[0].tzinfo is UTC

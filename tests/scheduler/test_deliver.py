"""Delivery to a sink that refuses as platforms do: nothing is lost, nothing is sent twice, refusals are obeyed."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from bot.ask import Account, Place, Role
from bot.call import Call
from bot.chat import Chat
from bot.command import command
from bot.library import Library
from bot.port import Answer, Gone, Later, Moved, Sent
from bot.reply import Draft, Reply
from bot.store.tables import outbox
from scheduler.deliver import TRIES, Delivery, backoff
from tests.world import START, World, words

GROUP = Place("sink", "g1")


class Sink:
    """A platform that keeps what it is sent, or refuses it as it was told to."""

    platform = "sink"
    rate = 0.0

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.refuse: Callable[[Place], Exception | None] = lambda place: None

    async def run(self, answer: Answer) -> None:
        """Nobody comes by itself."""

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Sent:
        """Keeps a reply, or raises what it was told to."""
        await asyncio.sleep(0)
        if error := self.refuse(place):
            raise error
        self.sent.append((place.chat, account.id if account else "", words(reply)))
        return Sent(place, str(len(self.sent)))


@command("shout", "Says something elsewhere")
def shout(chat: Chat) -> Reply:
    chat.post(GROUP, Call("heard"), f"shout {chat.now.isoformat()}")
    return Draft().say("posted").reply()


@command("heard", "What is said there", role=Role.HOUSE, hidden=True)
def heard(chat: Chat) -> Reply:
    return Draft().say("hello, group").reply()


def made(cairn: World) -> tuple[World, Sink, Delivery]:
    more = {one.name: one for one in (shout, heard)}
    world = World(cairn.database, Library(cairn.library.content, {**cairn.library.commands, **more}))
    sink = Sink()
    return world, sink, Delivery(world.database, world.engine.answer, {"sink": sink})


def states(cairn: World) -> list[tuple[str, int]]:
    with cairn.database.engine.begin() as connection:
        rows = connection.execute(select(outbox.c.state, outbox.c.tries).order_by(outbox.c.id))
        return [(row.state, row.tries) for row in rows]


def test_what_a_command_posts_is_answered_fresh_and_sent_once(cairn: World) -> None:
    world, sink, delivery = made(cairn)
    world.say("/shout")
    world.say("/shout")
    asyncio.run(delivery.all(START))
    asyncio.run(delivery.all(START))
    assert sink.sent == [("g1", "", "hello, group")], "joined by key, and once"
    assert states(world) == [("sent", 1)]


def test_later_is_obeyed_to_the_second(cairn: World) -> None:
    world, sink, delivery = made(cairn)
    world.say("/shout")
    sink.refuse = lambda place: Later(30)
    asyncio.run(delivery.all(START))
    sink.refuse = lambda place: None
    asyncio.run(delivery.all(START + timedelta(seconds=29)))
    assert sink.sent == []
    asyncio.run(delivery.all(START + timedelta(seconds=30)))
    assert len(sink.sent) == 1


def test_gone_ends_it_and_all_sending_to_that_place(cairn: World) -> None:
    world, sink, delivery = made(cairn)
    world.say("/shout")
    sink.refuse = lambda place: Gone("kicked")
    asyncio.run(delivery.all(START))
    sink.refuse = lambda place: None
    world.now += timedelta(hours=1)
    world.say("/shout")
    asyncio.run(delivery.all(world.now))
    assert states(world) == [("dead", 1), ("dropped", 0)]
    assert sink.sent == []


def test_a_group_that_moved_gets_everything_at_its_new_address(cairn: World) -> None:
    world, sink, delivery = made(cairn)
    world.say("/shout")
    sink.refuse = lambda place: Moved(Place("sink", "g2")) if place.chat == "g1" else None
    asyncio.run(delivery.all(START))
    assert sink.sent == [("g2", "", "hello, group")]


def test_other_failures_are_tried_again_and_rest_as_dead_at_last(cairn: World) -> None:
    world, sink, delivery = made(cairn)
    world.say("/shout")
    sink.refuse = lambda place: OSError("broken pipe")
    now = START
    for _ in range(TRIES + 3):
        asyncio.run(delivery.all(now))
        now += timedelta(hours=1)
    assert states(world) == [("dead", TRIES)]
    assert timedelta(seconds=1) < backoff(1) < backoff(3) < timedelta(minutes=2)


def test_two_deliverers_never_send_the_same_row(cairn: World) -> None:
    world, sink, delivery = made(cairn)
    other = Delivery(world.database, world.engine.answer, {"sink": sink})
    for number in range(40):
        world.now += timedelta(seconds=number)
        world.say("/shout")

    async def both() -> None:
        await asyncio.gather(delivery.all(world.now), other.all(world.now), delivery.all(world.now))

    asyncio.run(both())
    assert len(sink.sent) == 40
    assert {state for state, _tries in states(world)} == {"sent"}


def test_a_claim_of_a_process_that_died_is_free_after_its_lease(cairn: World) -> None:
    from bot.store.outbox import LEASE, Want, claim

    world, sink, delivery = made(cairn)
    world.say("/shout")
    world.database.do(lambda connection: claim(connection, "dead process", Want(8, {}, {"sink": 0}), START))
    asyncio.run(delivery.all(START))
    assert sink.sent == []
    asyncio.run(delivery.all(START + LEASE))
    assert len(sink.sent) == 1


def test_a_greeting_comes_once_and_sending_stops_when_the_bot_is_removed(quick: World) -> None:
    quick.place, quick.role, quick.who = Place("console", "g1"), Role.HOUSE, ""

    def said(line: str) -> str:
        from bot.ask import Ask

        ask = Ask(line, Account("console", ""), quick.place, quick.now, Role.HOUSE)
        return words(asyncio.run(quick.engine.answer(ask)))

    assert "I am Cairn" in said("/added")
    assert said("/added") == ""
    assert said("/removed") == ""
    assert "I am Cairn" in said("/added"), "it came back"

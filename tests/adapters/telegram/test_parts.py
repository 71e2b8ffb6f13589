"""The small parts: data of buttons, keyboards, menus, limits, floods, lanes, and what was seen."""

import asyncio
import time
from pathlib import Path

import pytest

from adapters.telegram import data
from adapters.telegram.ballot import ballot
from adapters.telegram.data import Data
from adapters.telegram.flood import MOST, Flood, Verdict
from adapters.telegram.keyboard import keyboard
from adapters.telegram.lanes import Lanes
from adapters.telegram.limits import ALL, BURST, GROUP, Limits
from adapters.telegram.menu import menus
from adapters.telegram.outs import Ballot
from adapters.telegram.seen import BLOCK, BLOCKS, Seen
from bot.ask import Role
from bot.command import Command, Where
from bot.commands import by_name
from bot.keep import Keep, Memory
from bot.reply import Button, Buttons, Option, Quiz, Reply
from bot.store.database import Database
from tests import ready
from tests.adapters.telegram.running import fixed


@pytest.mark.parametrize(
    "one",
    [
        Data("/explain caching deep"),
        Data("/explain caching", page=3),
        Data("free words", page=2),
        Data("/settings", fill=("zone",)),
        Data('/note caching "a b"', fill=("text", "more")),
    ],
)
def test_data_is_read_back(one: Data) -> None:
    assert data.read(one.written()) == one


def test_rows_are_as_wide_as_a_phone_shows() -> None:
    row = tuple(Button(label, "/x") for label in ("Los Angeles", "Sao Paulo", "Kolkata", "Tokyo"))
    assert [len(keys) for keys in keyboard([Buttons((row,))])] == [2, 2]
    assert [len(keys) for keys in keyboard([Buttons((tuple(Button(x, "/x") for x in "ABCD"),))])] == [4]
    many = Buttons(tuple((Button(str(at), "/x"),) for at in range(130)))
    assert sum(map(len, keyboard([many]))) == 100


def test_a_key_whose_address_telegram_refuses_is_left_out() -> None:
    row = (Button("Here", url="http://localhost/x"), Button("There", url="https://example.org"))
    assert [[key.label for key in keys] for keys in keyboard([Buttons((row,))])] == [["There"]]


def test_every_question_of_ours_is_a_poll() -> None:
    from tests.world import content

    for topic in content().topics.values():
        for each in topic.questions:
            options = tuple(Option(text, f"/answer {at}") for at, text in enumerate(each.options))
            assert isinstance(ballot(Quiz(each.ask, options, topic.id, each.right, each.because)), Ballot), each.id


def a_command(name: str, where: Where = Where.ANYWHERE, role: Role = Role.MEMBER, hidden: bool = False) -> Command:
    """A command that does nothing."""
    return Command(name, f"Does {name}", f"/{name}", (), lambda chat: Reply(()), role=role, where=where, hidden=hidden)


def test_menus_hold_what_makes_sense_there() -> None:
    commands = [
        a_command("both"),
        a_command("group", Where.GROUP),
        a_command("own", Where.PRIVATE),
        a_command("rule", Where.GROUP, Role.ADMIN),
        a_command("health", role=Role.OWNER),
        a_command("added", role=Role.HOUSE),
        a_command("button", hidden=True),
        a_command("not-for-telegram"),
    ]
    found = {scope.type: [entry.command for entry in entries] for scope, entries in menus(commands, [7])}
    assert found == {
        "all_private_chats": ["both", "own"],
        "all_group_chats": ["both", "group"],
        "all_chat_administrators": ["both", "group", "rule"],
        "chat": ["both", "own", "health"],
    }


def test_every_command_of_ours_has_a_name_that_telegram_takes() -> None:
    named = {entry.command for _scope, entries in menus(by_name().values(), [7]) for entry in entries}
    assert named >= {one.name for one in by_name().values() if not one.hidden and one.role < Role.HOUSE}


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


async def let_go(limits: Limits, chat: int, live: bool = True) -> bool:
    """Whether a message may go now."""
    task = asyncio.create_task(limits.turn(chat, live))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone = task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return gone


async def test_limits_of_a_chat_a_group_and_all() -> None:
    clock = Hand()
    limits = Limits(clock)
    assert [await let_go(limits, 1) for _ in range(BURST + 1)] == [True] * BURST + [False]
    clock.at += 1.1
    assert [await let_go(limits, 1) for _ in range(2)] == [True, False]
    for _ in range(GROUP):
        clock.at += 2
        assert await let_go(limits, -5)
    clock.at += 2
    assert not await let_go(limits, -5)
    clock.at += 60
    assert await let_go(limits, -5)
    clock.at += 2
    assert [await let_go(limits, chat) for chat in range(10, 11 + ALL)] == [True] * ALL + [False]


async def test_what_telegram_names_holds_for_that_chat() -> None:
    clock = Hand()
    limits = Limits(clock)
    limits.hold(1, 5)
    assert not await let_go(limits, 1)
    assert await let_go(limits, 2)
    assert limits.held(1) == 5
    clock.at += 5
    assert await let_go(limits, 1)
    for chat in (3, 4, 5):
        limits.hold(chat, 5)
    assert not await let_go(limits, 6)  # so many at once: the whole bot is meant


async def test_live_ones_go_first() -> None:
    limits = Limits()
    for _ in range(BURST):
        await limits.turn(1)
    order: list[str] = []

    async def say(name: str, live: bool) -> None:
        await limits.turn(1, live)
        order.append(name)

    await asyncio.gather(say("nudge", False), say("live", True))
    assert order == ["live", "nudge"]


def test_a_flood_is_told_once_and_ends() -> None:
    clock = Hand()
    flood = Flood(clock)
    assert [flood.take("a") for _ in range(MOST)] == [Verdict.SERVE] * MOST
    assert [flood.take("a") for _ in range(2)] == [Verdict.NOTICE, Verdict.DROP]
    assert flood.take("b") is Verdict.SERVE
    clock.at += 1
    assert [flood.take("a") for _ in range(2)] == [Verdict.SERVE, Verdict.DROP]
    clock.at += 60
    assert flood.take("a") is Verdict.SERVE


async def test_a_lane_goes_on_after_a_failure() -> None:
    lanes = Lanes()
    done: list[int] = []

    async def job(number: int) -> None:
        if number == 1:
            raise ValueError("number one")
        done.append(number)

    for number in range(3):
        lanes.put("lane", lambda number=number: job(number))  # type: ignore[misc]
    assert await lanes.settle(1)
    assert done == [0, 2]
    lanes.put("slow", lambda: asyncio.sleep(60))
    began = time.monotonic()
    await lanes.close(0.1)
    assert time.monotonic() - began < 1


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """A memory on a database of its own."""
    return Memory(Keep(Database.open(ready.sqlite(tmp_path))), "telegram", fixed())


async def test_what_was_seen_is_known_after_a_restart_in_a_bounded_number_of_rows(memory: Memory) -> None:
    seen = Seen(memory, 1)
    for update in range(1_000_000, 1_000_000 + BLOCK * (BLOCKS + 3)):
        assert await seen.begin(update)
        seen.done(update)
        assert not await seen.begin(update)
    await seen.flush()
    again = Seen(memory, 1)
    last = 1_000_000 + BLOCK * (BLOCKS + 3)
    assert not await again.begin(last - 1)
    assert not await again.begin(last - BLOCK * (BLOCKS - 2))
    assert await again.begin(last)
    assert await Seen(memory, 2).begin(last - 1)  # another bot
    rows = [await memory.get("seen", f"1 {slot}") for slot in range(BLOCKS + 10)]
    assert len([row for row in rows if row]) == BLOCKS


async def test_an_update_in_the_making_is_not_begun_twice(memory: Memory) -> None:
    seen = Seen(memory, 1)
    assert await seen.begin(5)
    assert not await seen.begin(5)

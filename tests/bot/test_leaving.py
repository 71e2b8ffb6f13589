"""Who leaves a group vanishes from its boards and returns with their points; blocking; groups that move."""

import asyncio
import re

from sqlalchemy import Connection, func, insert, select

from bot.ask import Account, Ask, Place, Role
from bot.reply import Quiz, Reply
from bot.store import groups, places
from bot.store.tables import account, group, learner, member
from tests.world import START, World, words

G1, THREAD, G2 = Place("console", "g1"), Place("console", "g1", "t1"), Place("console", "g2")
PRIVATE = Place("console")


def answers(cairn: World, who: str, *where: Place, right: bool = True) -> None:
    """Somebody answers a question in each place, one a day."""
    for cairn.place in where:
        quiz = next(block for block in cairn.say("/quiz sharding 1", who).blocks if isinstance(block, Quiz))
        at = quiz.right if right else quiz.right - 1
        cairn.say(quiz.options[at].line, who)


def house(cairn: World, line: str, where: Place, who: str = "") -> Reply | None:
    """The platform tells something of an account."""
    ask = Ask(line, Account("console", who, who), where, cairn.now, Role.HOUSE)
    return asyncio.run(cairn.engine.answer(ask))


def shown(cairn: World, where: Place, who: str) -> dict[str, int]:
    """The names on a place's board in order, with their points, as somebody sees it."""
    cairn.place = where
    said = words(cairn.say("/leaderboard", who)).replace("*", "")
    return {name: int(points) for name, points in re.findall(r"- \d+\\. (\w+): (\d+) point", said)}


def board(cairn: World, where: Place, who: str) -> list[str]:
    """The names alone."""
    return list(shown(cairn, where, who))


def test_whoever_leaves_vanishes_with_all_threads_and_returns_with_their_points(cairn: World) -> None:
    answers(cairn, "ann", G1, THREAD, G2)
    answers(cairn, "ben", G1, THREAD, G2, right=False)
    before = shown(cairn, G1, "ben")
    assert list(before) == ["ann", "ben"]
    assert house(cairn, "/left", G1, "ann") is None
    assert [board(cairn, where, "ben") for where in (G1, THREAD, G2)] == [["ben"], ["ben"], ["ann", "ben"]]
    answers(cairn, "ann", PRIVATE)
    assert board(cairn, G1, "ben") == ["ben"], "what they learn elsewhere shows when they come back"
    assert house(cairn, "/back", THREAD, "ann") is None
    for where in (G1, THREAD):
        assert list(shown(cairn, where, "ben")) == ["ann", "ben"]
        assert shown(cairn, where, "ben")["ann"] > before["ann"]


def test_whoever_uses_the_bot_in_the_group_again_is_back(cairn: World) -> None:
    answers(cairn, "ann", G1)
    answers(cairn, "ben", G1)
    house(cairn, "/left", G1, "ann")
    assert board(cairn, G1, "ben") == ["ben"]
    cairn.say("/next", "ann")
    assert sorted(board(cairn, G1, "ben")) == ["ann", "ben"]


def test_leaving_by_an_account_that_was_never_used_there_changes_nothing(cairn: World) -> None:
    answers(cairn, "ann", G1)

    def second(connection: Connection) -> None:
        mine = connection.execute(select(account.c.learner_id).where(account.c.external_id == "ann")).scalar_one()
        row = {"platform": "console", "external_id": "ann2", "learner_id": mine, "name": "ann2"}
        connection.execute(insert(account), {**row, "created": START, "seen": START})

    cairn.database.do(second)
    house(cairn, "/left", G1, "ann2")
    assert board(cairn, G1, "ben") == ["ann"]
    house(cairn, "/left", G1, "ann")
    house(cairn, "/back", G1, "ann2")
    assert board(cairn, G1, "ben") == []


def test_strangers_who_come_and_go_are_not_written_down(cairn: World) -> None:
    for line in ("/back", "/left"):
        assert house(cairn, line, G1, "stranger") is None
        assert house(cairn, line, PRIVATE, "stranger") is None
    count = select(func.count()).select_from(learner)
    assert cairn.database.do(lambda connection: connection.execute(count).scalar_one()) == 0


def test_in_private_leaving_is_blocking_the_bot(cairn: World) -> None:
    cairn.say("/next", "ann")
    reached = []
    for line in ("/left", "/back"):
        house(cairn, line, PRIVATE, "ann")
        reached.append(not cairn.database.do(lambda connection: places.gone(connection, PRIVATE, "ann")))
    assert reached == [False, True]


def test_a_bot_that_may_write_again_greets_nobody(cairn: World) -> None:
    house(cairn, "/added", G1)
    reached = []
    for line in ("/removed", "/returned"):
        assert house(cairn, line, G1) is None
        reached.append(not cairn.database.do(lambda connection: places.gone(connection, G1, "")))
    assert reached == [False, True]


def test_only_the_house_says_who_left(cairn: World) -> None:
    answers(cairn, "ann", G1)
    cairn.role = Role.ADMIN
    for line in ("/left", "/back", "/returned", "/moved g2", "/LEFT"):
        assert "There is no command" in words(cairn.say(line, "ann"))
    assert board(cairn, G1, "ann") == ["ann"]


def test_a_chat_that_moves_takes_the_boards_of_all_its_threads_along(cairn: World) -> None:
    answers(cairn, "ann", G1, THREAD)
    answers(cairn, "ben", G1)
    house(cairn, "/left", G1, "ann")
    house(cairn, "/moved g9", G1)
    assert board(cairn, Place("console", "g9"), "ben") == ["ben"]
    house(cairn, "/back", Place("console", "g9"), "ann")
    assert sorted(board(cairn, Place("console", "g9"), "ben")) == ["ann", "ben"]
    chats = select(group.c.chat, group.c.thread).order_by(group.c.id)
    found = cairn.database.do(lambda connection: connection.execute(chats).all())
    assert [tuple(row) for row in found] == [("g9", ""), ("g9", "t1")]


def test_a_group_in_which_somebody_spoke_at_its_new_id_already_stays_one(cairn: World) -> None:
    new = Place("console", "g9")
    answers(cairn, "ann", G1)
    answers(cairn, "ben", new, right=False)
    board(cairn, new, "ann")
    old = cairn.database.do(lambda connection: groups.find(connection, G1))
    house(cairn, "/moved g9", G1)
    house(cairn, "/moved g9", G1)
    assert board(cairn, new, "ben") == ["ann", "ben"]
    found = cairn.database.do(lambda connection: groups.find(connection, new))
    assert (found and found.id) == (old and old.id)
    count = select(func.count()).select_from(member)
    assert cairn.database.do(lambda connection: connection.execute(count).scalar_one()) == 2
    names = select(group.c.chat)
    assert cairn.database.do(lambda connection: list(connection.execute(names).scalars())) == ["g9"]

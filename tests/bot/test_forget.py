"""/forget: asked once, confirmed by the first button, and nothing is left; what others have stays as it was."""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from bot.ask import Account, Place
from bot.keep import Keep
from bot.store import exporting, forgetting, kept, quizzes
from bot.store.owned import personal
from bot.store.tables import answer, cheer, learner, quiz
from tests.bot import pasts, traces
from tests.bot.test_boards import kept as boards_kept
from tests.bot.test_boards import recounted
from tests.bot.test_joining import lived, lives, memberships, often
from tests.bot.traces import ANN, BEN, CAT, G1, G2, LEARNER, TELEGRAM, Talk
from tests.world import START, World, words, world


def rows(cairn: World) -> dict[str, list[tuple[Any, ...]]]:
    return cairn.database.do(pasts.everything)


def of_others(found: dict[str, list[tuple[Any, ...]]], *but: str) -> dict[str, set[tuple[Any, ...]]]:
    """What belongs to Ben, Cat or nobody."""
    hers = str(LEARNER)
    return {name: {row for row in these if hers not in str(row)} for name, these in found.items() if name not in but}


@pytest.fixture
def talk(cairn: World) -> Talk:
    """A Cairn in which Ann has left traces everywhere."""
    return traces.live(cairn)


@pytest.mark.parametrize(("who", "place"), [(TELEGRAM, None), (ANN, G2)], ids=["private", "group"])
def test_nothing_is_left_in_any_column_of_any_table(
    cairn: World, talk: Talk, who: Account, place: Place | None
) -> None:
    with cairn.database.engine.connect() as connection:
        empty = [table.name for table in personal() if not traces.count(connection, table, LEARNER)]
        assert empty == []  # before it she is in every table about people
        assert traces.accounts(connection) == 3
    talk.say(who, "/forget", place)
    assert "nothing about you is stored" in talk.press(who, "Forget me", place)
    with cairn.database.engine.connect() as connection:
        assert sorted(set(traces.left(connection))) == []


def test_what_others_have_stays_as_it_was_and_boards_equal_a_recount(cairn: World, talk: Talk) -> None:
    before = rows(cairn)
    with cairn.database.engine.connect() as connection:
        theirs = set(connection.execute(select(answer.c.learner_id, answer.c.showing_id)).all())
        hers = set(connection.execute(select(quiz.c.id).where(quiz.c.learner_id == LEARNER)).scalars())
    talk.say(ANN, "/forget")
    talk.press(ANN, "Forget me")
    after = rows(cairn)
    gone = ("quiz", "showing", "handed", "cheer", "keep", "outbox", "account", "group")  # hers by what they belong to
    assert of_others(after, *gone) == of_others(before, *gone)
    with cairn.database.engine.connect() as connection:
        now = set(connection.execute(select(answer.c.learner_id, answer.c.showing_id)).all())
        assert now == {(who, showing) for who, showing in theirs if who != LEARNER}
        stay = select(quiz.c.id).where(quiz.c.learner_id.is_(None))
        assert 0 < len(set(connection.execute(stay).scalars()) & hers) < len(hers)
        assert connection.execute(select(func.count()).select_from(cheer)).scalar_one() == 2  # Ben's and Cat's
        assert boards_kept(connection) == recounted(connection)
    assert traces.WORD not in talk.say(BEN, "/leaderboard all", G1)
    assert traces.WORD not in talk.say(CAT, "/projects", G1)


def test_a_quiz_of_nobody_goes_with_the_last_who_answered_it(cairn: World, talk: Talk) -> None:
    for who in (ANN, BEN, CAT):
        talk.say(who, "/forget")
        talk.press(who, "Forget me")
    left = rows(cairn)
    assert not any(left[name] for name in ("quiz", "showing", "answer", "score", "submission", "cheer"))


def test_the_next_word_makes_a_new_learner(cairn: World, talk: Talk) -> None:
    talk.say(ANN, "/forget")
    talk.press(ANN, "Forget me")
    assert "State: done" not in talk.say(ANN, "/explain caching")
    assert "nothing to take back" in talk.say(ANN, "/undo")
    assert "State: done" not in talk.say(TELEGRAM, "/explain redis")


def test_it_asks_first_however_it_is_typed(cairn: World) -> None:
    cairn.say("/note caching mine")
    assert "Shall I forget you?" in words(cairn.say("/forget confirm"))
    assert "> mine" in words(cairn.say("/explain caching"))
    cairn.say("/forget", "ben")
    assert "Shall I forget you?" in words(cairn.say("/forget confirm", "cat"))
    cairn.say("/forget confirm")
    assert "> mine" not in words(cairn.say("/explain caching"))


def test_a_confirmation_holds_ten_minutes_and_can_be_declined(cairn: World) -> None:
    cairn.say("/note caching mine")
    cairn.say("/forget")
    cairn.now += timedelta(minutes=11)
    assert "Shall I forget you?" in words(cairn.say("/forget confirm"))
    assert "Nothing was deleted" in words(cairn.press("Keep everything"))
    assert "Shall I forget you?" in words(cairn.say("/forget confirm"))
    assert "> mine" in words(cairn.say("/explain caching"))


def test_of_somebody_forgotten_an_adapter_keeps_nothing(cairn: World) -> None:
    cairn.say("/forget")
    cairn.press("Forget me")
    until = START + timedelta(hours=1)
    me = Account("console", "me")
    asyncio.run(Keep(cairn.database).put("test-slot", "me", "1", until, me))
    assert cairn.database.do(lambda connection: kept.get(connection, "test-slot", "me", START)) is None
    cairn.say("/start")
    asyncio.run(Keep(cairn.database).put("test-slot", "me", "1", until, me))
    assert cairn.database.do(lambda connection: kept.get(connection, "test-slot", "me", START)) == "1"


def test_an_answer_that_is_given_meanwhile_is_not_lost(postgres_url: str) -> None:
    with world(postgres_url) as cairn:
        cairn.say("/start", "ben")
        cairn.say("/quiz sharding 1", "ann")
        with cairn.database.engine.connect() as connection:
            ben, ann = connection.execute(select(learner.c.id).order_by(learner.c.id)).scalars()
            of = quizzes.latest(connection, ann)
            assert of
            shown = quizzes.showing_of(connection, quizzes.show(connection, of, 0, "", "", START))
            assert shown
            quizzes.give(connection, ben, shown, 0, True, START.date(), START)
            with ThreadPoolExecutor() as pool:
                forgotten = pool.submit(cairn.database.do, lambda other: forgetting.forget(other, [ann]))
                time.sleep(0.3)
                assert not forgotten.done()  # it waits for him
                connection.commit()
                forgotten.result(timeout=10)
            assert connection.execute(select(answer.c.learner_id)).scalars().all() == [ben]
            assert connection.execute(select(quiz.c.learner_id)).scalars().all() == [None]


@often
@given(lives, memberships, st.integers(0, 3))
def test_export_then_forget_leaves_nothing(
    quick: World, past: list[list[pasts.Step]], groups: list[set[str]], who: int
) -> None:
    with lived(quick, [0, 0, 0], past, groups) as connection:
        others = list(connection.execute(select(learner.c.id).order_by(learner.c.id)).scalars())
        goes = others.pop(who)
        theirs = {table.name: traces.count(connection, table, *others) for table in personal()}
        hers = {table.name: count for table in personal() if (count := traces.count(connection, table, goes))}
        assert exported(connection, goes).items() >= hers.items()
        forgetting.forget(connection, [goes])
        assert exported(connection, goes) == {}
        now = {table.name: traces.count(connection, table, *others) for table in personal()}
        assert now.pop("cheer") <= theirs.pop("cheer")  # a cheer goes with what was cheered
        assert now == theirs
        assert boards_kept(connection) == recounted(connection)


def exported(connection: Connection, learner_id: int) -> dict[str, int]:
    """How many rows an export holds of each table of which it holds any."""
    told = json.loads(exporting.export(connection, learner_id, START))
    return {name: len(rows) for name, rows in told["rows"].items() if rows}

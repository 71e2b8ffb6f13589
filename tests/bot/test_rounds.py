"""Rounds through the engine and the clock: one at a time in a place, each answer once, nothing lost in a restart."""

import asyncio
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.ask import Account, Ask, Place, Role
from bot.learning.ranking import Played, ranked
from bot.reply import Quiz, Reply
from bot.store import outbox as store
from bot.store.outbox import LEASE, Want
from bot.store.tables import answer, quiz
from tests.bench.statements import recorded
from tests.world import World, words, world

GROUP = Place("console", "g1")
SECOND = timedelta(seconds=1)


@pytest.fixture
def group(cairn: World) -> World:
    """A Cairn in whose group ann, ben and cat are about."""
    return met(cairn)


def met(cairn: World, *people: str) -> World:
    cairn.place = GROUP
    for who in people or ("ann", "ben", "cat"):
        cairn.say("/help", who)
    return cairn


def question(reply: Reply | None) -> Quiz:
    return next(block for block in (reply.blocks if reply else ()) if isinstance(block, Quiz))


def later(cairn: World, seconds: float) -> str:
    """What is sent when so many seconds are over."""
    cairn.now += seconds * SECOND
    cairn.tick()
    return words(cairn.last)


def rounds(cairn: World) -> int:
    with cairn.database.engine.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(quiz)).scalar_one())


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 150))))
def test_a_ranking_goes_by_right_answers_and_then_by_time(results: list[tuple[int, float]]) -> None:
    players = [Played(who, f"p{who}", right, seconds) for who, (right, seconds) in enumerate(results)]
    ranking = ranked(Random(1).sample(players, len(players)))
    assert sorted(each.played.who for each in ranking) == sorted(each.who for each in players)
    for place, each in enumerate(ranking, 1):
        better = [
            other
            for other in players
            if (other.right, -round(other.seconds, 1)) > (each.played.right, -round(each.played.seconds, 1))
        ]
        assert each.rank == len(better) + 1 <= place


def test_a_round_survives_a_restart(url: str) -> None:
    with world(url) as cairn:
        met(cairn).say("/quiz sharding 2", "ann")
        first = question(cairn.last)
        cairn.answers(who="ann")
    with world(url) as cairn:
        cairn.place = GROUP
        assert question(cairn.say("/quiz", "ben")).options == first.options, "the same question, the same lines"
        assert "Right" in words(cairn.answers(who="ben"))
        assert "2 of 2 knew it: ann and ben" in later(cairn, 31)
        assert "question 2 of 2" in words(cairn.last)
    with world(url) as cairn:
        cairn.now += 31 * SECOND
        assert "The round is over" in later(cairn, 31)
        assert "ann: 1 of 2 right" in words(cairn.last)


def test_what_was_in_the_air_in_a_crash_is_said_again_and_no_question_goes_by_unseen(group: World) -> None:
    group.say("/quiz sharding 3", "ann")
    group.now += 30 * SECOND
    want = Want(8, {"console": 8}, {"console": 0.0})
    (row,) = group.database.do(lambda at: store.claim(at, "killed process", want, group.now)).rows
    asyncio.run(group.engine.fresh(Ask(row.line, Account("console", ""), row.place, group.now, Role.HOUSE)))
    assert "closed" not in later(group, 31), "what the process had claimed is not sent, and nothing is closed unseen"
    told = later(group, LEASE.total_seconds() - 31)
    assert "Question 1 is closed" in told
    assert "question 2 of 3" in told
    assert later(group, 29) == ""
    assert "Question 2 is closed" in later(group, 1)


def test_two_who_begin_at_the_same_moment_begin_one_round(group: World) -> None:
    async def both() -> list[Reply | None]:
        people = [Account("console", f"p{number}", f"p{number}") for number in range(6)]
        return await asyncio.gather(
            *(group.engine.answer(Ask("/quiz sharding 2", who, GROUP, group.now)) for who in people)
        )

    replies = asyncio.run(both())
    assert rounds(group) == 1
    assert len({question(reply).options for reply in replies}) == 1


def test_the_last_answers_at_the_same_moment_bring_the_next_question(group: World) -> None:
    asked = question(group.say("/quiz sharding 2", "ann"))

    async def all_at_once() -> list[Reply | None]:
        people = [Account("console", who, who) for who in ("ann", "ben", "cat")] * 3
        return await asyncio.gather(
            *(group.engine.answer(Ask(asked.options[0].line, who, GROUP, group.now)) for who in people)
        )

    replies = asyncio.run(all_at_once())
    assert sum("already answered" in words(reply) for reply in replies) == 6
    assert "question 2 of 2" in later(group, 1)


def test_who_is_away_or_long_unseen_is_not_waited_for(group: World) -> None:
    group.now += timedelta(days=3)
    group.say("/help", "ben")
    group.who = "ben"
    group.happens("/left")
    group.say("/quiz sharding 2", "ann")
    group.answers(who="ann")
    assert "question 2 of 2" in later(group, 1), "cat was not seen for days, and ben has left"


def test_who_plays_is_waited_for_and_who_does_not_is_not(group: World) -> None:
    group.say("/quiz sharding 3", "ann")
    group.answers(who="ann")
    group.answers(who="ben")
    assert later(group, 1) == "", "cat may answer still"
    assert "question 2 of 3" in later(group, 29)
    group.answers(who="ann")
    assert later(group, 1) == ""
    group.answers(who="ben")
    assert "question 3 of 3" in later(group, 1), "cat does not play"


def test_nobody_needs_to_answer(group: World) -> None:
    group.say("/quiz sharding 2", "ann")
    assert "Nobody answered" in later(group, 30)
    group.answers(who="cat")
    assert later(group, 1) == "", "nobody has played yet, so whoever is about may"
    assert "1 of 1 knew it: cat." in later(group, 29)


def test_how_many_have_answered_is_shown_once_in_two_seconds(group: World) -> None:
    met(group, *(f"p{number}" for number in range(6)))
    group.say("/quiz sharding 2", "ann")
    for number in range(4):
        group.answers(who=f"p{number}")
    assert later(group, 2) == "", "an edit is no message"
    (edit,) = group.sink.edits
    assert "4 have answered" in words(edit.reply)
    assert question(edit.reply).options == question(group.say("/quiz", "ann")).options
    later(group, 28)
    (edit,) = group.sink.edits
    assert "This question is closed" in words(edit.reply)
    assert not any(isinstance(block, Quiz) for block in edit.reply.blocks)


def test_a_round_is_stopped_by_who_began_it_or_an_administrator_only(group: World) -> None:
    group.say("/quiz sharding 3", "ann")
    group.answers(who="ben")
    stop = "/stop 1"
    assert "ann began this round" in words(group.say(stop, "ben"))
    assert "ann began this round" in words(group.say("/cancel", "ben"))
    group.role = Role.ADMIN
    assert "The round is stopped" in words(group.say("/cancel", "olga"))
    group.role = Role.MEMBER
    assert "That round is over" in words(group.say(stop, "ann"))
    told = later(group, 0)
    assert "ben: 1 of 1 right" in told
    assert later(group, 60) == "", "its clock says nothing more"
    assert "question 1 of 2" in words(group.say("/quiz sharding 2", "ann"))
    group.say("/stop 2", "ann")
    assert "The round is over" in later(group, 0)


def test_a_round_stops_nobodys_own_quiz_and_no_own_quiz_stops_a_round(group: World) -> None:
    group.place = Place("console")
    own = question(group.say("/quiz docker 2", "ann"))
    group.place = GROUP
    together = question(group.say("/quiz sharding 2", "ann"))
    group.place = Place("console")
    assert question(group.say("/quiz", "ann")).options == own.options
    group.say("/quiz caching 2", "ann")
    group.place = GROUP
    assert question(group.say("/quiz", "ben")).options == together.options
    assert group.say("/review", "ben").private
    assert group.say("/placement", "ben").private
    assert question(group.say("/quiz", "ben")).options == together.options


def test_a_press_from_elsewhere_counts_for_whoever_pressed_and_names_no_stranger(group: World) -> None:
    asked = question(group.say("/quiz sharding 1", "ann"))
    group.place = Place("console")
    assert "Right" in words(group.say(asked.options[asked.right].line, "eve"))
    group.place = GROUP
    told = later(group, 30)
    assert "1 of 1 knew it." in told
    assert "eve" not in told


def test_who_hides_takes_no_rank_and_no_name_is_a_mention(group: World) -> None:
    group.say("/settings board=hidden", "cat")
    group.say('/settings name="@everyone"', "ben")
    group.say("/quiz sharding 1", "ann")
    for who in ("cat", "ben", "ann"):
        group.answers(who=who)
    told = later(group, 1)
    assert "3 of 3 knew it" in told
    assert "cat" not in told
    assert "everyone" in told
    assert "@everyone" not in told
    assert "- 1\\. " in told
    assert "3\\. " not in told


def test_a_round_goes_on_when_its_beginner_is_forgotten(group: World) -> None:
    group.say("/quiz sharding 2", "ann")
    group.answers(who="ben")
    group.say("/forget", "ann")
    group.say(group.button("Forget me").line, "ann")
    assert "An administrator of this group may stop" in words(group.say("/cancel", "ben"))
    assert "question 2 of 2" in later(group, 30)
    assert "ben: 1 of 2 right" in later(group, 30)


def test_after_a_long_time_a_round_ends_instead_of_asking_an_empty_room(group: World) -> None:
    group.say("/quiz sharding 3", "ann")
    group.answers(who="ben")
    told = later(group, 3600)
    assert "Question 1 is closed" in told
    assert "The round is over" in told
    assert "ben: 1 of 1 right" in told
    assert later(group, 60) == ""


def test_a_round_whose_clock_was_lost_gives_way_to_a_new_one(group: World) -> None:
    group.say("/quiz sharding 3", "ann")
    group.now += timedelta(hours=1)
    assert "question 1 of 2" in words(group.say("/quiz caching 2", "ben"))
    assert rounds(group) == 2


def test_a_question_that_left_the_content_is_passed_over(quick: World) -> None:
    met(quick).say("/quiz sharding 3", "ann")
    with quick.database.engine.begin() as connection:
        asked = connection.execute(select(quiz.c.questions)).scalar_one()
    gone = asked.split('"')[3]
    kept = quick.library.questions.pop(gone)
    try:
        assert "question 2 of 2" in later(quick, 30)
        assert "The round is over" in later(quick, 30)
    finally:
        quick.library.questions[gone] = kept


def test_what_was_missed_is_asked_again_of_each_alone(group: World) -> None:
    group.say("/quiz sharding 1", "ann")
    missed = group.asked
    assert missed
    group.answers(who="ann")
    group.answers(right=False, who="ben")
    later(group, 30)
    again = group.button("Retake what I missed").line
    reply = group.say(again, "ben")
    assert reply.private
    assert question(reply).ask == missed.ask
    assert "Nothing was missed" in words(group.say(again, "ann"))


def test_an_answer_makes_as_many_statements_however_many_play(quick: World) -> None:
    met(quick).say("/quiz sharding 20", "ann")
    counts = set()
    for number in range(1, 30):
        who = f"p{number}"
        quick.say("/help", who)
        with recorded(quick.database.engine) as found:
            quick.answers(who=who)
        counts.add(len(found))
    assert len(counts) == 1


def test_a_place_has_its_own_round(group: World) -> None:
    first = question(group.say("/quiz sharding 2", "ann"))
    group.place = Place("console", "g1", "7")
    other = question(group.say("/quiz sharding 2", "ann"))
    assert first.options != other.options
    group.tick()
    later(group, 30)
    assert {sent.place.thread for sent in group.sink.sent} == {"", "7"}


def test_late_answers_count_nothing(group: World) -> None:
    asked = question(group.say("/quiz sharding 2", "ann"))
    later(group, 30)
    assert "no longer counts" in words(group.say(asked.options[0].line, "ben"))
    with group.database.engine.begin() as connection:
        assert connection.execute(select(func.count()).select_from(answer)).scalar_one() == 0

"""Quizzes through the engine: each showing counts once, points are for knowing, and nothing is lost in a restart."""

import asyncio
import random
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.ask import Account, Ask
from bot.reply import Quiz, Reply
from bot.store.database import Database
from bot.store.tables import answer, memory, points, shown
from tests import ready
from tests.world import World, words, world

DAY = timedelta(days=1)


def question(reply: Reply | None) -> Quiz | None:
    return next((block for block in reply.blocks if isinstance(block, Quiz)), None) if reply else None


def answers(cairn: World, right: bool = True) -> Reply:
    """Answers the question of the last reply, rightly or wrongly."""
    asked = question(cairn.last)
    assert asked
    at = asked.right if right else (asked.right + 1) % len(asked.options)
    return cairn.say(asked.options[at].line)


def total(cairn: World, who: str = "me") -> int:
    with cairn.database.engine.begin() as connection:
        return int(connection.execute(select(func.coalesce(func.sum(points.c.amount), 0))).scalar_one())


def count(cairn: World, table: object) -> int:
    with cairn.database.engine.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


def through(cairn: World, line: str, right: bool = True) -> Reply:
    """Begins with a line and answers until no question is left."""
    reply = cairn.say(line)
    while question(reply):
        reply = answers(cairn, right)
    return reply


def test_right_and_wrong_are_told_with_the_reason(cairn: World) -> None:
    cairn.say("/quiz sharding 2")
    first = question(cairn.last)
    assert first
    assert "**Right.**" in words(answers(cairn))
    missed = question(cairn.last)
    assert missed
    assert "Not quite" in words(answers(cairn, right=False))
    assert missed.options[missed.right].label in words(cairn.last)
    assert "1 of 2 right" in words(cairn.last)
    assert "Worth another look" in words(cairn.last)
    cairn.press("Retake what I missed")
    again = question(cairn.last)
    assert again
    assert again.ask == missed.ask
    assert "1 of 1 right" in words(answers(cairn))


def test_an_answer_counts_once_for_each_learner_whoever_presses_how_often(cairn: World) -> None:
    cairn.say("/quiz sharding 3")
    asked = question(cairn.last)
    assert asked
    for who in ("me", "me", "ben", "ben", "me"):
        for option in asked.options:
            cairn.say(option.line, who)
    assert count(cairn, answer) == 2
    assert count(cairn, memory) == 2


def test_presses_at_the_same_moment_count_once(cairn: World) -> None:
    cairn.say("/quiz sharding 3")
    asked = question(cairn.last)
    assert asked

    async def storm() -> list[Reply | None]:
        account = Account("console", "me", "me")
        asks = [Ask(option.line, account, cairn.place, cairn.now) for option in asked.options * 5]
        return await asyncio.gather(*map(cairn.engine.answer, asks))

    replies = asyncio.run(storm())
    assert sum("already answered" in words(reply) for reply in replies) == len(replies) - 1
    assert count(cairn, answer) == 1


def test_a_quiz_survives_a_restart_and_can_be_left_and_resumed(url: str) -> None:
    from tests.world import world

    with world(url) as cairn:
        cairn.say("/quiz sharding 3")
        answers(cairn)
        open_ = question(cairn.last)
    with world(url) as cairn:
        cairn.say("/quiz")
        assert question(cairn.last) == open_
        assert "Left at question 2 of 3" in words(cairn.say("/cancel"))
        cairn.say("/quiz docker 2")
        assert "Left at" in words(cairn.say("/cancel"))
        cairn.say("/resume 1")
        assert question(cairn.last) == open_
        answers(cairn)
        assert "of 3 right" in words(answers(cairn))
        assert "nothing to resume" in words(cairn.say("/resume 1"))
        assert "nothing to resume" in words(cairn.say("/resume 1", "ben"))


def test_late_presses_count_and_move_nothing(quick: World) -> None:
    quick.say("/quiz sharding 3")
    late = question(quick.last)
    assert late
    quick.say("/quiz docker 3")
    current = question(quick.last)
    reply = quick.say(late.options[late.right].line)
    assert "Right" in words(reply)
    quick.say("/cancel")
    quick.say("/quiz docker 3")
    assert question(quick.last) is not None
    assert current is not None


def test_shown_by_quiz_makes_a_topic_known_and_is_paid_when_a_later_day_confirms_it(cairn: World) -> None:
    reply = through(cairn, "/quiz sharding 3")
    assert "3 of 3 right" in words(reply)
    assert count(cairn, shown) == 1
    assert "State: done" in words(cairn.say("/explain sharding"))
    assert total(cairn) == 30
    cairn.now += 30 * DAY
    through(cairn, "/review")
    assert total(cairn) == 30 + 3 * (10 + 5) + 50
    cairn.now += 90 * DAY
    through(cairn, "/review")
    assert total(cairn) == 30 + 2 * 3 * (10 + 5) + 50, "once"


def test_wrong_answers_do_not_show_a_topic(quick: World) -> None:
    through(quick, "/quiz sharding 6", right=False)
    assert count(quick, shown) == 0
    assert total(quick) == 0


def test_review_asks_what_is_due_and_no_more_than_the_days_limit(quick: World) -> None:
    quick.say("/settings reviews=4")
    through(quick, "/quiz sharding 6")
    assert "Nothing is due today" in words(quick.say("/review"))
    quick.now += 40 * DAY
    assert "of 4 right" in words(through(quick, "/review"))
    assert "enough for today: 4 reviews" in words(quick.say("/review"))
    quick.now += DAY
    assert "question 1 of 2" in words(quick.say("/review"))


def test_review_ahead_of_time(quick: World) -> None:
    assert "nothing to review yet" in words(quick.say("/review"))
    through(quick, "/quiz sharding 3")
    assert "question 1 of 3" in words(quick.say("/review early"))


def test_a_thousand_clicks_are_worth_nothing(quick: World) -> None:
    lines = ["/done caching", "/undo", "/learn docker", "/skip docker", "/explain jwt", "/next", "/progress", "/start"]
    for _ in range(125):
        for line in lines:
            quick.say(line)
    assert total(quick) == 0


def test_a_hundred_blind_presses_a_day_earn_under_a_fifth_of_the_ceiling(quick: World) -> None:
    earned = []
    for seed in range(5):
        blind = random.Random(seed)
        quick.who = f"blind {seed}"
        before = total(quick)
        pressed = 0
        while pressed < 100:
            quick.say("/quiz 20")
            while (asked := question(quick.last)) and pressed < 100:
                quick.say(blind.choice(asked.options).line)
                pressed += 1
        earned.append(total(quick) - before)
    assert sum(earned) / len(earned) < 60, earned


def test_the_same_card_pays_once_a_day_and_the_ceiling_holds(quick: World) -> None:
    through(quick, "/quiz sharding 3")
    through(quick, "/quiz sharding 3")
    quick.say("/quiz sharding 3")
    for _ in range(30):
        through(quick, "/quiz 20")
    assert total(quick) <= 300


def test_undo_takes_back_the_day_that_a_finished_topic_kept(quick: World) -> None:
    quick.say("/done caching")
    assert "Streak: 1 days" in words(quick.say("/progress"))
    quick.say("/undo")
    assert "Streak: 0 days" in words(quick.say("/progress"))
    quick.say("/done caching")
    quick.say("/done docker")
    quick.say("/undo")
    assert "Streak: 1 days" in words(quick.say("/progress"))


def test_a_question_that_left_the_content_is_passed_over(quick: World) -> None:
    quick.say("/quiz sharding 3")
    asked = question(quick.last)
    assert asked
    gone = next(key for key, (_topic, each) in quick.library.questions.items() if each.ask == asked.ask)
    del quick.library.questions[gone]
    assert "no longer there" in words(quick.say(asked.options[0].line))
    quick.say("/quiz")
    following = question(quick.last)
    assert following
    assert following.ask != asked.ask


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["/quiz sharding 3", "/quiz", "/cancel", "right", "wrong", "/review early"]), max_size=15)
)
def test_any_order_of_words_keeps_the_counts_right(quick: World, lines: list[str]) -> None:
    quick.who = f"learner {hash(tuple(lines))}"
    for line in lines:
        if line in ("right", "wrong"):
            if question(quick.last):
                answers(quick, line == "right")
        else:
            assert "went wrong" not in words(quick.say(line))


def test_the_database_of_before_is_brought_up(tmp_path: object) -> None:
    from pathlib import Path

    from sqlalchemy import create_engine, text

    from bot.store import schema

    url = f"sqlite:///{Path(str(tmp_path)) / 'old.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        schema.upgrade(connection, "0001")
        connection.execute(text("INSERT INTO learner (id, created) VALUES (1, 0)"))
        connection.execute(text("INSERT INTO day (learner_id, date) VALUES (1, '2026-11-20')"))
    engine.dispose()
    database = Database.open(url)
    try:
        with database.engine.begin() as connection:
            from bot.store import days

            (active,) = days.read(connection, 1)
            assert active.first.date() == active.date
    finally:
        database.close()


def test_placement_marks_only_with_consent_and_one_undo_takes_it_back(cairn: World) -> None:
    reply = through(cairn, "/placement")
    assert len([1 for _ in range(count(cairn, answer))]) <= 15
    assert "Shall I mark them as done?" in words(reply)
    assert "State: done" not in words(cairn.say("/explain what is http"))
    cairn.last = reply
    cairn.press("Mark them")
    assert "are marked as done" in words(cairn.last)
    assert "State: done" in words(cairn.say("/explain what is http"))
    cairn.say("/undo")
    assert "State: done" not in words(cairn.say("/explain what is http"))
    assert "nothing to take back" in words(cairn.say("/undo"))


def test_who_is_not_sure_may_say_so_and_loses_nothing(quick: World) -> None:
    through(quick, "/quiz sharding 1")
    assert total(quick) == 10
    asked = question(quick.say("/placement"))
    assert asked
    assert asked.options[-1].label == "I am not sure"
    assert "Right is" in words(quick.say(asked.options[-1].line))
    assert total(quick) == 10


def test_placement_of_somebody_who_knows_nothing_marks_nothing(quick: World) -> None:
    reply = through(quick, "/placement", right=False)
    assert "mark nothing" in words(reply)


def test_a_topic_without_questions_says_so(tmp_path: Path, little: Path) -> None:
    with world(ready.sqlite(tmp_path), little) as cairn:
        assert "There are no questions about **HTTP** yet." in words(cairn.say("/quiz http"))

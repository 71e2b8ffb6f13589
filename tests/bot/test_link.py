"""/link and /unlink: a code that joins two accounts once, and parting them again."""

import asyncio
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.ask import Account, Ask, Place
from bot.learning.code import ALPHABET, read
from bot.reply import Quiz
from bot.store import outbox
from bot.store.tables import account, answer, day, event, keep, learner, member, points, score
from bot.store.tables import outbox as messages
from tests.adapters.console import booth
from tests.world import World, buttons, words

CODE = re.compile(r"\b[A-Z0-9]{8}\b")
JOINED = "You are one learner now"
INVALID = "That code is not valid"
GROUP = Place("console", "g1")
PRIVATE = Place("console")


def code(cairn: World, who: str) -> str:
    """The code that somebody is shown."""
    (found,) = CODE.findall(words(cairn.say("/link", who)))
    return str(found)


def said(cairn: World, line: str, who: str) -> str:
    return words(cairn.say(line, who))


def link(cairn: World, one: str, other: str) -> str:
    """Joins two by the code of the first."""
    return said(cairn, f"/link {code(cairn, one)}", other)


def learners(cairn: World) -> dict[str, int]:
    """Whose each account is."""
    with cairn.database.engine.begin() as connection:
        return {row[0]: row[1] for row in connection.execute(select(account.c.external_id, account.c.learner_id))}


def answers(cairn: World, who: str, topic: str = "sharding") -> None:
    """Somebody answers a question rightly."""
    quiz = next(block for block in cairn.say(f"/quiz {topic} 1", who).blocks if isinstance(block, Quiz))
    cairn.say(quiz.options[quiz.right].line, who)


def visits(cairn: World, who: str, chat: str) -> None:
    """Somebody speaks in a group, and belongs to it from then on."""
    cairn.place = Place("console", chat)
    cairn.say("/explain caching", who)
    cairn.place = PRIVATE


async def at_once(cairn: World, *asks: tuple[str, str]) -> list[str]:
    """What several are told who speak at the same moment."""
    every = (Ask(line, Account("console", who, who), PRIVATE, cairn.now) for who, line in asks)
    return [words(reply) for reply in await asyncio.gather(*(cairn.engine.answer(ask) for ask in every))]


def test_a_code_has_eight_letters_that_nobody_confuses(quick: World) -> None:
    shown = {code(quick, "ann") for _time in range(20)}
    assert len(shown) == 20
    assert set("".join(shown)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL2Z5S8B")


def test_the_database_holds_no_code(quick: World) -> None:
    shown = code(quick, "ann")
    with quick.database.engine.begin() as connection:
        (row,) = connection.execute(select(keep)).all()
    assert shown not in str(row)
    assert row.learner_id == learners(quick)["ann"]


@pytest.mark.parametrize("typed", ["{0}", "code={0}", "{1}", "{2} {3}", "{2}-{3}", "{2} – {3}"])
def test_a_code_joins_however_it_is_typed(quick: World, typed: str) -> None:
    shown = code(quick, "ann")
    assert JOINED in said(quick, "/link " + typed.format(shown, shown.lower(), shown[:4], shown[4:].lower()), "phone")
    assert len(set(learners(quick).values())) == 1


def test_a_code_is_read_back_from_what_was_typed() -> None:
    assert read(" k7m4-\tpq 9r ") == "K7M4PQ9R"


def test_a_code_works_once_and_only_the_latest_does(cairn: World) -> None:
    first, second = code(cairn, "ann"), code(cairn, "ann")
    assert INVALID in said(cairn, f"/link {first}", "phone")
    assert JOINED in said(cairn, f"/link {second}", "phone")
    assert INVALID in said(cairn, f"/link {second}", "ben")
    assert learners(cairn)["ben"] != learners(cairn)["ann"] == learners(cairn)["phone"]


def test_a_code_holds_ten_minutes(quick: World) -> None:
    shown = code(quick, "ann")
    quick.now += timedelta(minutes=10)
    assert INVALID in said(quick, f"/link {shown}", "phone")
    shown = code(quick, "ann")
    quick.now += timedelta(minutes=9, seconds=59)
    assert JOINED in said(quick, f"/link {shown}", "phone")


def test_a_script_links_two_accounts_by_the_protocol(quick: World) -> None:
    def told(text: str, who: str) -> str:
        line = json.dumps({"text": text, "as": who}).encode()
        (one,) = booth.objects(booth.through(quick.engine, line, json=True))
        return str(one["reply"]["blocks"][0]["text"])

    (shown,) = CODE.findall(told("/link", "ann"))
    assert JOINED in told(f"/link {shown}", "phone")


def test_ones_own_code_says_so_and_still_works_elsewhere(quick: World) -> None:
    shown = code(quick, "ann")
    assert "your own code" in said(quick, f"/link {shown}", "ann")
    assert JOINED in said(quick, f"/link {shown}", "phone")
    assert "your own code" in said(quick, f"/link {code(quick, 'phone')}", "ann"), "they are one already"


def test_five_wrong_codes_bring_a_pause_in_which_the_right_one_is_refused_too(cairn: World) -> None:
    shown = code(cairn, "ann")
    for _try in range(4):
        assert "15 minutes" not in said(cairn, "/link AAAAAAAA", "phone")
    assert "15 minutes" in said(cairn, "/link nonsense", "phone")
    assert "5 wrong codes" in said(cairn, f"/link {shown}", "phone")
    cairn.now += timedelta(minutes=14)
    shown = code(cairn, "ann")
    assert "5 wrong codes" in said(cairn, f"/link {shown}", "phone")
    assert INVALID in said(cairn, "/link AAAAAAAA", "ben"), "others go on"
    cairn.now += timedelta(minutes=1)
    assert JOINED in said(cairn, f"/link {shown}", "phone")


def test_a_group_sees_no_code_and_no_accounts(quick: World) -> None:
    quick.place = GROUP
    for line in ("/link", "/link AAAAAAAA", "/unlink"):
        assert "in your private chat" in said(quick, line, "ann")
        assert quick.last is not None
        assert quick.last.private


def test_of_two_who_use_a_code_at_the_same_moment_one_is_joined(cairn: World) -> None:
    cairn.say("/start", "ben"), cairn.say("/start", "cleo")
    shown = code(cairn, "ann")
    told = asyncio.run(at_once(cairn, ("ben", f"/link {shown}"), ("cleo", f"/link {shown}")))
    assert sorted(JOINED in each for each in told) == [False, True]
    assert sorted(INVALID in each for each in told) == [False, True]
    assert len(set(learners(cairn).values())) == 2


def test_two_who_link_each_other_at_the_same_moment_are_one(cairn: World) -> None:
    for number in range(3):
        ann, ben = f"ann {number}", f"ben {number}"
        for who in (ann, ben):
            answers(cairn, who)
        codes = code(cairn, ann), code(cairn, ben)
        told = asyncio.run(at_once(cairn, (ann, f"/link {codes[1]}"), (ben, f"/link {codes[0]}")))
        assert sorted(JOINED in each for each in told) == [False, True], told
        assert any("your own code" in each for each in told)
        assert learners(cairn)[ann] == learners(cairn)[ben]


def test_what_is_said_while_two_are_joined_is_not_lost(cairn: World) -> None:
    topics = ("caching", "redis", "docker", "sharding")
    cairn.say("/start", "ann"), cairn.say("/start", "phone")
    shown = code(cairn, "phone")
    asks = [(who, f"/done {topic}") for who in ("ann", "phone") for topic in topics]
    told = asyncio.run(at_once(cairn, *asks[:4], ("ann", f"/link {shown}"), *asks[4:]))
    assert JOINED in told[4]
    assert all("Done: " in each or "done already" in each for each in told[:4] + told[5:]), told
    assert len(set(learners(cairn).values())) == 1
    assert all("State: done" in said(cairn, f"/explain {topic}", "phone") for topic in topics)


def test_both_accounts_groups_stay_and_points_from_anywhere_stand_on_their_boards(cairn: World) -> None:
    visits(cairn, "ann", "g1")
    visits(cairn, "phone", "g2")
    answers(cairn, "ann", "sharding")
    answers(cairn, "phone", "caching")
    link(cairn, "ann", "phone")
    with cairn.database.engine.begin() as connection:
        assert connection.execute(select(func.count()).select_from(member)).scalar() == 2
        total = connection.execute(select(func.sum(points.c.amount))).scalar()
        stands = connection.execute(select(score.c.points, score.c.answers, score.c.stands)).all()
    assert total == 20
    assert {tuple(row) for row in stands} == {(20, 2, True)}
    assert len(stands) == 6, "three spans in each group"


def test_the_streak_is_counted_over_the_days_of_both(quick: World) -> None:
    for number in range(6):
        quick.now += timedelta(days=1)
        answers(quick, ("ann", "phone")[number % 2])
    assert "Streak: 6 days" not in said(quick, "/progress", "ann")
    link(quick, "ann", "phone")
    assert "Streak: 6 days" in said(quick, "/progress", "ann")


def test_an_account_is_parted_with_its_groups_and_messages_and_learning_stays(cairn: World) -> None:
    cairn.say("/settings zone=Europe/Berlin name=Ann", "ann")
    visits(cairn, "phone", "g1")
    visits(cairn, "ann", "g2")
    answers(cairn, "phone")
    link(cairn, "ann", "phone")
    before = learners(cairn)["ann"]
    with cairn.database.engine.begin() as connection:
        for who in ("ann", "phone"):
            outbox.post(connection, who, PRIVATE, who, "/next", cairn.now, before)
    cairn.say("/unlink", "ann")
    assert "Parted: **Console: phone**" in said(cairn, cairn.button("Part Console: phone").line, "ann")
    new = learners(cairn)["phone"]
    assert learners(cairn)["ann"] == before != new
    with cairn.database.engine.begin() as connection:
        moved = connection.execute(select(member.c.account, member.c.learner_id)).all()
        due = connection.execute(select(messages.c.account, messages.c.learner_id)).all()
        kept = {table: set(connection.execute(select(table.c.learner_id)).scalars()) for table in (answer, points, day)}
        boards = set(connection.execute(select(score.c.learner_id)).scalars())
        zone, name = connection.execute(select(learner.c.zone, learner.c.name).where(learner.c.id == new)).one()
    assert {tuple(row) for row in moved} == {tuple(row) for row in due} == {("ann", before), ("phone", new)}
    assert all(whose == {before} for whose in kept.values())
    assert boards == {before}, "who begins anew has nothing to stand on a board with"
    assert (zone, name) == ("Europe/Berlin", "")


def test_a_second_press_parts_nobody_else(quick: World) -> None:
    for other in ("phone", "tablet"):
        link(quick, "ann", other)
    quick.say("/unlink", "ann")
    button = quick.button("Part Console: phone")
    assert len(button.line.encode()) <= 64
    quick.say(button.line, "ann")
    assert "is none of your accounts" in said(quick, button.line, "ann")
    assert len(set(learners(quick).values())) == 2


def test_the_account_one_speaks_from_is_parted_too(cairn: World) -> None:
    cairn.say("/done caching", "ann")
    link(cairn, "ann", "phone")
    assert "learner of its own from its next word on" in said(cairn, "/unlink console:phone", "phone")
    assert "State: locked" in said(cairn, "/explain caching", "phone")
    assert "State: done" in said(cairn, "/explain caching", "ann")
    assert "nothing to part" in said(cairn, "/unlink", "phone")
    assert JOINED in link(cairn, "phone", "ann")
    assert "State: done" in said(cairn, "/explain caching", "phone")


def test_nobody_parts_or_sees_the_accounts_of_others(quick: World) -> None:
    link(quick, "ann", "phone")
    assert "is none of your accounts" in said(quick, "/unlink console:phone", "ben")
    assert "is none of your accounts" in said(quick, "/unlink console", "ann"), "which of the two is not clear"
    assert [button.label for button in buttons(quick.say("/unlink", "ben"))] == ["Link another"]
    assert learners(quick)["ann"] == learners(quick)["phone"]


def test_an_undo_after_joining_takes_the_last_step_of_either_back(quick: World) -> None:
    quick.say("/done caching", "ann")
    quick.say("/done redis", "phone")
    link(quick, "ann", "phone")
    assert "Redis" in said(quick, "/undo", "ann")
    assert "Caching" in said(quick, "/undo", "phone")
    with quick.database.engine.begin() as connection:
        assert connection.execute(select(func.count()).select_from(event)).scalar() == 4
        assert connection.execute(select(func.count()).select_from(day)).scalar() == 0

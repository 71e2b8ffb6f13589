"""Upkeep: what was not seen for long goes, and nothing else, whatever the clock says."""

from datetime import datetime, timedelta

from sqlalchemy import Table, delete, func, insert, select

from bot.ask import Place
from bot.chat import RECENT
from bot.store.tables import account, group, keep, learner, member, note, outbox, place, score
from bot.store.upkeep import MOST, Removed, upkeep
from tests.bot.test_boards import kept as boards_kept
from tests.bot.test_boards import recounted
from tests.world import START, World, words

DAY = timedelta(days=1)
G1, G2 = Place("console", "g1"), Place("console", "g2")


def run(cairn: World, now: datetime, days: int = 90, months: int = 24) -> Removed:
    """Upkeep; which topics people talked about last has its own end, minutes later, and is not what is looked at."""
    with cairn.database.engine.begin() as connection:
        connection.execute(delete(keep).where(keep.c.space == RECENT))
    return cairn.database.do(lambda connection: upkeep(connection, now, days, months))


def count(cairn: World, table: Table) -> int:
    with cairn.database.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def answers(cairn: World, who: str, where: Place) -> None:
    cairn.place = where
    cairn.say("/quiz sharding 1", who)
    cairn.answers(who=who)


def test_a_group_goes_when_it_was_not_seen_for_so_many_days(cairn: World) -> None:
    answers(cairn, "ann", G1)
    cairn.now += 60 * DAY
    answers(cairn, "ann", G2)
    assert not run(cairn, START + 89 * DAY)
    assert run(cairn, START + 91 * DAY) == Removed(groups=1, accounts=0, learners=0, kept=0, messages=0)
    assert (count(cairn, group), count(cairn, member)) == (1, 1)
    with cairn.database.engine.connect() as connection:
        assert boards_kept(connection) == recounted(connection)
    assert "ann" in words(cairn.say("/leaderboard all", "ann"))
    assert not run(cairn, START + 91 * DAY)
    assert run(cairn, START + 100 * DAY, days=30).groups == 1


def test_a_learner_goes_with_the_last_account(cairn: World) -> None:
    cairn.say("/note caching mine", "ann")
    answers(cairn, "ann", G1)
    cairn.now += 400 * DAY
    cairn.place = Place("console")
    cairn.say("/note caching mine", "ben")
    months = (START + 732 * DAY, START + 729 * DAY)
    assert not run(cairn, months[1], days=1000)
    assert run(cairn, months[0], days=1000) == Removed(0, accounts=1, learners=1, kept=0, messages=0)
    assert (count(cairn, learner), count(cairn, note), count(cairn, score)) == (1, 1, 0)
    assert "State" in words(cairn.say("/explain caching", "ann"))  # and is met anew


def test_of_two_accounts_the_one_that_is_seen_keeps_the_learner(cairn: World) -> None:
    answers(cairn, "ann", G1)
    cairn.place = Place("console")
    with cairn.database.engine.begin() as connection:
        ann = connection.execute(select(account.c.learner_id)).scalar_one()
        other = {"platform": "telegram", "external_id": "7", "learner_id": ann, "name": "Ann", "created": START}
        connection.execute(insert(account), {**other, "seen": START + 700 * DAY})
        row = {"key": "k", "chat": "", "thread": "", "line": "/next", "due": START + 2000 * DAY, "created": START}
        for platform, who in (("console", "ann"), ("telegram", "7")):
            connection.execute(insert(outbox), {**row, "key": platform, "platform": platform, "account": who})
    assert run(cairn, START + 800 * DAY, days=1000) == Removed(0, accounts=1, learners=0, kept=0, messages=0)
    assert (count(cairn, learner), count(cairn, member), count(cairn, score)) == (1, 0, 0)
    with cairn.database.engine.connect() as connection:
        addressed = select(outbox.c.account).where(outbox.c.account != "")
        assert connection.execute(addressed).scalars().all() == ["7"]


def test_being_seen_is_written_down_once_a_day(cairn: World) -> None:
    cairn.say("/start")
    cairn.now = START + 30 * 23 * DAY
    cairn.say("/start")
    assert not run(cairn, START + 800 * DAY)
    with cairn.database.engine.connect() as connection:
        assert connection.execute(select(account.c.seen)).scalar_one() == cairn.now


def test_who_was_only_written_to_was_not_seen(cairn: World) -> None:
    cairn.say("/start")
    cairn.now = START + 730 * DAY
    cairn.happens("/back")
    assert run(cairn, START + 732 * DAY).learners == 1


def test_what_is_over_goes_from_keep_and_the_outbox(cairn: World) -> None:
    cairn.say("/link")  # its code holds for ten minutes
    row = {"platform": "console", "chat": "g1", "thread": "", "account": "", "line": "/next", "created": START}
    states = {"sent": 31, "dropped": 31, "dead": 91, "waiting": 500}
    with cairn.database.engine.begin() as connection:
        for state, days in states.items():
            for at in (START, START + days * DAY):
                connection.execute(insert(outbox), {**row, "due": at, "key": f"{state} {at}", "state": state})
        connection.execute(insert(place), {"platform": "console", "chat": "g1", "gone": True, "since": START})
    assert run(cairn, START + 31 * DAY) == Removed(0, 0, 0, kept=1, messages=2)
    assert run(cairn, START + 91 * DAY).messages == 3
    assert (count(cairn, keep), count(cairn, place)) == (0, 0)
    with cairn.database.engine.connect() as connection:
        assert sorted(connection.execute(select(outbox.c.state)).scalars()) == ["dead", "waiting", "waiting"]


def test_a_run_is_bounded_and_repeated_until_nothing_is_found(cairn: World) -> None:
    with cairn.database.engine.begin() as connection:
        ids = range(1, MOST + 51)
        connection.execute(insert(learner), [{"id": each, "created": START} for each in ids])
        row = {"platform": "console", "name": "x", "created": START, "seen": START}
        connection.execute(insert(account), [{**row, "external_id": str(each), "learner_id": each} for each in ids])
    later = START + 800 * DAY
    assert [run(cairn, later).learners for _ in range(3)] == [MOST, 50, 0]
    assert count(cairn, learner) == 0

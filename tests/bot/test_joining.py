"""Joining two learners: a rule for every table, the same whoever joins whom, and wholly or not at all."""

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from bot.ask import Account
from bot.learning.points import CEILING
from bot.store import joining, learners
from bot.store.database import Database
from bot.store.joining.rules import RULES
from bot.store.tables import answer, cheer, learner, memory, metadata, points, progress, quiz, submission
from tests.bot import pasts
from tests.bot.test_boards import kept as boards_kept
from tests.bot.test_boards import recounted
from tests.bot.test_link import JOINED, code, link, said
from tests.world import START, World, world

KILLS = 25
DEPENDS_ON_AGE = ("learner", "choice", "series", "nudge", "note", "account")
"""Where the older account decides: it may be another one in between when three are joined."""

steps = st.builds(
    pasts.Step,
    st.sampled_from(pasts.KINDS),
    st.integers(0, 2),
    st.integers(0, 3),
    st.integers(0, 2),
    st.booleans(),
)
lives = st.lists(st.lists(steps, max_size=12), min_size=3, max_size=3)
ages = st.lists(st.integers(0, 2), min_size=3, max_size=3)
memberships = st.lists(st.sets(st.sampled_from(["g1", "g2"])), min_size=3, max_size=3)

often = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def lived(cairn: World, ages: list[int], past: list[list[pasts.Step]], groups: list[set[str]]) -> Iterator[Connection]:
    """Three learners, 1 to 3, with their pasts, in a transaction that leaves nothing behind."""
    with cairn.database.engine.connect() as connection, connection.begin() as all_of_it:
        who = [Account("console", f"account {number}") for number in range(4)]
        ids = [
            learners.arrive(connection, each, START - timedelta(days=age)).id
            for each, age in zip(who, [*ages, 0], strict=True)
        ]
        shown = pasts.showings(connection, ids[3])
        for number in range(3):
            pasts.live(connection, ids[number], past[number], shown)
            pasts.join_groups(connection, ids[number], who[number], sorted(groups[number]))
        for number in (0, 1, 3):
            pasts.cheer_all(connection, ids[number])
        yield connection
        all_of_it.rollback()


def outcome(connection: Connection, pairs: list[tuple[int, int]], but: tuple[str, ...] = ()) -> dict[str, object]:
    """Everything after joining these, which is then taken back; it keeps what must always hold."""
    ids = connection.execute(select(learner.c.id).order_by(learner.c.id)).scalars().all()
    stand = dict(enumerate(ids))
    attempt = connection.begin_nested()
    for one, other in pairs:
        stays = joining.join(connection, stand[one], stand[other])
        stand = {number: stays if whose in {stand[one], stand[other]} else whose for number, whose in stand.items()}
    bounds(connection)
    found: dict[str, object] = {**pasts.everything(connection, but=but)}
    attempt.rollback()
    return found


def bounds(connection: Connection) -> None:
    """No day is over its ceiling, no board differs from a recount, nobody cheers their own, one quiz is open."""
    sums: Counter[object] = Counter()
    quizzes: Counter[object] = Counter()
    for row in connection.execute(select(points)):
        sums[row.learner_id, row.day] += row.amount
        quizzes[row.learner_id, row.day] += row.amount if row.reason == "quiz" else 0
    assert all(total <= CEILING for total in sums.values())
    assert all(total >= 0 for total in quizzes.values())
    assert boards_kept(connection) == recounted(connection)
    own = select(cheer).join(submission).where(submission.c.learner_id == cheer.c.learner_id)
    assert connection.execute(own).all() == []
    opened = Counter(connection.execute(select(quiz.c.learner_id).where(quiz.c.open)).scalars())
    assert all(count == 1 for count in opened.values())


def test_every_table_that_refers_to_a_learner_has_a_rule() -> None:
    keys = [key for table in metadata.sorted_tables for key in table.foreign_keys if key.column.table is learner]
    columns = {(key.parent.table.name, key.parent.name) for key in keys}
    assert columns == {(name, "setter_id" if name == "group" else "learner_id") for name in RULES}


@often
@given(ages, lives, memberships)
def test_it_does_not_matter_who_joins_whom(
    quick: World, ages: list[int], past: list[list[pasts.Step]], groups: list[set[str]]
) -> None:
    with lived(quick, ages, past, groups) as connection:
        assert outcome(connection, [(0, 1)]) == outcome(connection, [(1, 0)])


@often
@example([0, 1, 0], [[pasts.Step("answer", 0, 0, 0, True)], [], [pasts.Step("answer", 0, 0, 0, False)]], [set()] * 3)
@given(ages, lives, memberships)
def test_three_become_the_same_one_in_whatever_order(
    quick: World, ages: list[int], past: list[list[pasts.Step]], groups: list[set[str]]
) -> None:
    with lived(quick, ages, past, groups) as connection:
        orders = ([(0, 1), (0, 2)], [(0, 2), (1, 0)], [(1, 2), (2, 0)])
        first, *others = (outcome(connection, order, but=DEPENDS_ON_AGE) for order in orders)
        assert all(other == first for other in others)


def test_what_both_earned_counts_once_and_the_day_keeps_its_ceiling(cairn: World) -> None:
    one, other = _two(cairn)
    row = {"reason": "review", "day": START.date()}
    with cairn.database.engine.begin() as connection:
        for who, key, worth, amount, minute in (
            (one, "a", 200, 200, 1),
            (other, "a", 200, 200, 3),
            (other, "b", 60, 60, 2),
            (other, "c", 90, 40, 4),
        ):
            at = START + timedelta(minutes=minute)
            fields = {"learner_id": who, "key": key, "worth": worth, "amount": amount, "at": at}
            connection.execute(insert(points), {**row, **fields})
        joining.join(connection, one, other)
        booked = connection.execute(select(points.c.key, points.c.amount).order_by(points.c.key)).all()
    assert [tuple(each) for each in booked] == [("a", 200), ("b", 60), ("c", 40)]


def test_the_state_that_is_worth_most_and_the_better_memory_stay(cairn: World) -> None:
    one, other = _two(cairn)
    mine = [pasts.Step("state", 0, 0, 2, True), pasts.Step("answer", 0, 0, 0, True)]
    theirs = [pasts.Step("state", 1, 0, 0, True), pasts.Step("answer", 1, 0, 0, False)]
    with cairn.database.engine.begin() as connection:
        shown = pasts.showings(connection, one)
        pasts.live(connection, one, mine, shown)
        pasts.live(connection, other, theirs, shown[:1])
        stays = joining.join(connection, one, other)
        state = connection.execute(select(progress.c.learner_id, progress.c.topic, progress.c.state)).all()
        remembered = connection.execute(select(memory.c.due, memory.c.right, memory.c.rights)).all()
    assert state == [(stays, "caching", "done")]
    assert remembered == [(START + timedelta(days=1), False, 1)]


def test_the_first_answer_to_a_question_counts(cairn: World) -> None:
    one, other = _two(cairn)
    with cairn.database.engine.begin() as connection:
        shown = pasts.showings(connection, one)
        pasts.live(connection, one, [pasts.Step("answer", 0, 2, 1, False)], shown)
        pasts.live(connection, other, [pasts.Step("answer", 0, 1, 1, True)], shown)
        stays = joining.join(connection, one, other)
        assert connection.execute(select(answer.c.learner_id, answer.c.right)).all() == [(stays, True)]


def test_both_notes_on_a_topic_stay_the_older_first(cairn: World) -> None:
    said(cairn, "/note caching from the phone", "phone")
    cairn.now += timedelta(minutes=1)
    said(cairn, "/note caching from home", "ann")
    link(cairn, "ann", "phone")
    assert "> from the phone\n> from home" in said(cairn, "/explain caching", "ann")


def test_settings_of_the_older_account_win_where_it_chose(cairn: World) -> None:
    said(cairn, "/settings zone=Europe/Berlin depth=deep", "ann")
    cairn.now += timedelta(minutes=1)
    said(cairn, "/settings zone=Asia/Tokyo name=Annie reviews=40", "phone")
    said(cairn, "/path language=go", "phone")
    link(cairn, "phone", "ann")
    told = said(cairn, "/settings", "phone")
    assert all(word in told for word in ("Europe/Berlin", "deep", "Annie", "40"))
    assert "Go" in said(cairn, "/path", "ann")


def test_one_submission_a_project_stays_with_the_cheers_of_both(cairn: World) -> None:
    one, other = _two(cairn)
    row = {"project": "p", "note": "", "at": START}
    with cairn.database.engine.begin() as connection:
        fan = learners.arrive(connection, Account("console", "fan"), START).id
        for who, link, minute in ((one, "https://example.org/old", 1), (other, "https://example.org/new", 2)):
            fields = {"learner_id": who, "link": link, "edited": START + timedelta(minutes=minute)}
            connection.execute(insert(submission), {**row, **fields})
        for who in (one, other, fan):
            pasts.cheer_all(connection, who)
        stays = joining.join(connection, one, other)
        (kept_,) = connection.execute(select(submission)).all()
        cheers = connection.execute(select(cheer.c.submission_id, cheer.c.learner_id)).all()
    assert (kept_.learner_id, kept_.link) == (stays, "https://example.org/new")
    assert cheers == [(kept_.id, fan)]


def _two(cairn: World) -> tuple[int, int]:
    """Two learners, the second of whom is older."""
    with cairn.database.engine.begin() as connection:
        one = learners.arrive(connection, Account("console", "one"), START)
        other = learners.arrive(connection, Account("console", "other"), START - timedelta(days=1))
    return one.id, other.id


def test_killed_in_the_middle_it_has_happened_or_it_has_not(tmp_path: Path, little: Path) -> None:
    before, shown = _prepared(tmp_path / "before.db", little)
    after = tmp_path / "after.db"
    took = _linked(before, after, little, shown, kill_after=60)
    outcomes = [_rows(before), _rows(after)]
    moment = random.Random(3)
    seen: Counter[int] = Counter()
    latest = 1.2 * took
    for _kill in range(KILLS):
        file = tmp_path / "killed.db"
        _linked(before, file, little, shown, kill_after=moment.uniform(0, latest))
        outcome = outcomes.index(_rows(file))
        seen[outcome] += 1
        latest *= 0.9 if outcome else 1.2  # a busy machine takes longer: the kills stay about the end
    assert len(seen) == 2, "some were killed before the end, and some after it"


def _prepared(file: Path, folder: Path) -> tuple[Path, str]:
    """A database in which two learners with a past are about to be joined, and the code."""
    with world(f"sqlite:///{file}", folder) as cairn:
        cairn.say("/start", "ann"), cairn.say("/start", "phone")
        with cairn.database.engine.begin() as connection:
            ids = connection.execute(select(learner.c.id).order_by(learner.c.id)).scalars().all()
            shown = pasts.showings(connection, ids[0])
            moment = random.Random(4)
            for number, who in enumerate(ids):
                past = [
                    pasts.Step(kind, day, moment.randrange(4), moment.randrange(3), moment.random() < 0.5)
                    for kind in pasts.KINDS
                    for day in range(40)
                ]
                pasts.live(connection, who, past, shown)
                pasts.join_groups(connection, who, Account("console", f"account {number}"), ["g1", "g2"])
        return file, code(cairn, "ann")


def _linked(before: Path, file: Path, folder: Path, shown: str, kill_after: float) -> float:
    """Lets a process link on a copy of a database, kills it so many seconds later; the seconds that it took."""
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()
    shutil.copy(before, file)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            with world(f"sqlite:///{file}", folder) as cairn:
                cairn.engine.library.search.find("http")
                os.write(write, b"!")
                assert JOINED in said(cairn, f"/link {shown}", "phone")
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert pipe.read(1) == b"!"
        begun = time.monotonic()
        ended = False
        while not ended and time.monotonic() - begun < kill_after:
            time.sleep(0.0005)
            ended = os.waitpid(child, os.WNOHANG)[0] == child
        took = time.monotonic() - begun
        if not ended:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return took


def _rows(file: Path) -> dict[str, object]:
    database = Database.open(f"sqlite:///{file}")
    try:
        with database.engine.begin() as connection:
            return {**pasts.everything(connection)}
    finally:
        database.close()

"""Boards: whatever happened before, they equal a recount from the ledger; hidden, left and muted; ranks and moves."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from bot.ask import Account, Place, Role
from bot.learning.span import Span, begins, starts
from bot.store import boards, groups
from bot.store.groups import Group
from bot.store.tables import answer, group, learner, member, points, score
from tests.world import START, World, words

G1, G2 = Place("console", "g1"), Place("console", "g2", "t1")
PRIVATE = Place("console")
CUSTOM = {"": 0, "Asia/Tokyo": 6, "America/Lima": 6}
"""On which weekday the week begins there: Japan and Peru have it on Sunday."""


def answers(cairn: World, who: str, *, right: bool = True, topic: str = "sharding") -> None:
    """Somebody answers one question in private, and is seen where the world stands."""
    here, cairn.place = cairn.place, PRIVATE
    cairn.say(f"/quiz {topic} 1", who)
    cairn.answers(right=right, who=who)
    cairn.place = here
    cairn.say("/next", who)


def in_group(cairn: World, place: Place, role: Role = Role.MEMBER) -> World:
    cairn.place, cairn.role = place, role
    return cairn


def lines(cairn: World, who: str = "watcher", period: str = "week") -> list[str]:
    """The board's lines as somebody sees it."""
    said = words(cairn.say(f"/leaderboard {period}", who))
    return [line.removeprefix("- ").replace("\\", "") for line in said.splitlines() if line.startswith("- ")]


def recounted(connection: Connection) -> dict[tuple[int, str, date, int], tuple[int, int, bool]]:
    """What the boards should hold: from the ledger and the answers alone, with a calendar of its own."""
    found: dict[tuple[int, str, date, int], tuple[int, int, bool]] = {}
    for group_id, zone, chosen in connection.execute(select(group.c.id, group.c.zone, group.c.first_day)):
        first_day = CUSTOM[zone] if chosen is None else chosen
        members = connection.execute(
            select(member.c.learner_id, member.c.away, learner.c.board)
            .join(learner, learner.c.id == member.c.learner_id)
            .where(member.c.group_id == group_id)
        ).all()
        for who, away, board in members:
            sums: Counter[tuple[str, date]] = Counter()
            counts: Counter[tuple[str, date]] = Counter()
            mine = select(points.c.at, points.c.amount).where(points.c.learner_id == who)
            for at, amount in connection.execute(mine):
                sums.update(dict.fromkeys(_spans(at, zone, first_day), amount))
            for at in connection.execute(select(answer.c.at).where(answer.c.learner_id == who)).scalars():
                counts.update(_spans(at, zone, first_day))
            for span, start in sums.keys() | counts.keys():
                number = counts[span, start]
                stands = number > 0 and not away and board != "hidden"
                found[group_id, span, start, who] = (sums[span, start], number, stands)
    return found


def _spans(at: datetime, zone: str, first_day: int) -> list[tuple[str, date]]:
    day = at.astimezone(ZoneInfo(zone or "UTC")).date()
    week = day
    while week.weekday() != first_day:
        week -= timedelta(days=1)
    return [("week", week), ("month", date(day.year, day.month, 1)), ("all", date(1970, 1, 1))]


def kept(connection: Connection) -> dict[tuple[int, str, date, int], tuple[int, int, bool]]:
    return {
        (row.group_id, row.span, row.start, row.learner_id): (row.points, row.answers, row.stands)
        for row in connection.execute(select(score))
    }


people = st.sampled_from(["ann", "ben", "cat"])
places = st.sampled_from([G1, G2, PRIVATE])
steps = st.one_of(
    st.tuples(st.sampled_from(["right", "wrong", "look"]), people, places),
    st.tuples(st.sampled_from(["hide", "show"]), people, places),
    st.tuples(st.sampled_from(["leave", "return"]), people, st.sampled_from([G1, G2])),
    st.tuples(st.just("wait"), st.integers(1, 90), st.none()),
    st.tuples(st.just("zone"), st.sampled_from(["Asia/Tokyo", "America/Lima", ""]), st.sampled_from([G1, G2])),
    st.tuples(st.just("first"), st.sampled_from([0, 5, 6]), st.sampled_from([G1, G2])),
)


def _does(cairn: World, step: tuple[str, object, Place | None]) -> None:
    name, what, place = step
    cairn.place = place or PRIVATE
    match name:
        case "right" | "wrong":
            answers(cairn, str(what), right=name == "right")
        case "look":
            cairn.say("/next", str(what))
        case "hide" | "show":
            cairn.say(f"/settings board={'hidden' if name == 'hide' else 'shown'}", str(what))
        case "wait":
            cairn.now += timedelta(hours=int(str(what)))
        case "leave" | "return":
            cairn.database.do(lambda connection: _leaves(connection, cairn, str(what), name == "leave"))
        case _:
            cairn.database.do(lambda connection: _changes(connection, cairn.place, name, what))


def _leaves(connection: Connection, cairn: World, who: str, away: bool) -> None:
    from bot.store import learners

    found = learners.arrive(connection, Account("console", who), cairn.now, meet=False)
    groups.leave(connection, cairn.place, found.id, who, away)


def _changes(connection: Connection, place: Place, name: str, value: object) -> None:
    if groups.find(connection, place) is not None:
        found = groups.find(connection, place)
        assert isinstance(found, Group)
        groups.change(connection, found.id, "zone" if name == "zone" else "first_day", value)
        changed = groups.find(connection, place)
        assert changed is not None
        boards.recount(connection, changed)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=14))
def test_a_board_equals_a_recount_from_the_ledger_after_any_history(
    quick: World, history: list[tuple[str, object, Place | None]]
) -> None:
    for step in history:
        _does(quick, step)
    with quick.database.engine.begin() as connection:
        assert kept(connection) == recounted(connection)


def test_who_answered_once_stands_there_and_points_from_anywhere_count(cairn: World) -> None:
    answers(in_group(cairn, PRIVATE), "ann")
    cairn.say("/next", "ben")
    in_group(cairn, G1).say("/next", "ann")
    cairn.say("/next", "ben")
    assert lines(cairn) == ["1. ann: 10 points"]
    answers(in_group(cairn, G2), "ben", right=False)
    assert lines(in_group(cairn, G1)) == ["1. ann: 10 points", "2. ben: 0 points"]
    assert lines(in_group(cairn, G2)) == ["1. ben: 0 points"]


def test_ties_share_a_rank(cairn: World) -> None:
    in_group(cairn, G1)
    for who in ("ann", "ben", "cat"):
        answers(cairn, who)
    answers(cairn, "cat")
    answers(cairn, "dan", right=False)
    assert [line.partition(":")[0] for line in lines(cairn)] == ["1. cat", "2. ann", "2. ben", "4. dan"]


def test_hidden_takes_no_rank_and_may_come_back(cairn: World) -> None:
    in_group(cairn, G1)
    answers(cairn, "ann")
    answers(cairn, "ben", right=False)
    cairn.say("/settings board=hidden", "ann")
    assert lines(cairn) == ["1. ben: 0 points"]
    answers(cairn, "ann")
    assert lines(cairn, "ann") == ["1. ben: 0 points"]
    cairn.say("/settings board=shown", "ann")
    assert lines(cairn, "ann") == ["1. **ann**: 20 points", "2. ben: 0 points"]


def test_a_board_shows_the_name_that_was_chosen(cairn: World) -> None:
    in_group(cairn, G1)
    answers(cairn, "ann")
    cairn.say('/settings name="Ann B. 1."', "ann")
    assert lines(cairn) == ["1. Ann B. 1.: 10 points"]


def test_a_name_on_a_board_calls_nobody_and_is_no_link(cairn: World) -> None:
    in_group(cairn, G1)
    answers(cairn, "ann")
    cairn.say('/settings name="@ben [x](https://example.org)"', "ann")
    said = words(cairn.say("/leaderboard"))
    assert "@ben" not in said
    assert "https://" not in said
    assert "\\[x\\]" in said


def test_moves_since_last_week(cairn: World) -> None:
    in_group(cairn, G1)
    answers(cairn, "ann")
    answers(cairn, "ben", right=False)
    cairn.now += timedelta(days=7)
    answers(cairn, "ben")
    answers(cairn, "ann", right=False)
    answers(cairn, "cat")
    answers(cairn, "cat")
    assert lines(cairn) == ["1. cat: 20 points (new)", "2. ben: 15 points (=)", "3. ann: 0 points (▼2)"]


@pytest.mark.parametrize(
    ("zone", "first_day", "instant", "week", "month"),
    [
        ("", 0, "2026-11-29T23:59:59+00:00", "2026-11-23", "2026-11-01"),
        ("Asia/Tokyo", 0, "2026-11-29T15:00:00+00:00", "2026-11-30", "2026-11-01"),
        ("Asia/Tokyo", 6, "2026-11-30T15:00:00+00:00", "2026-11-29", "2026-12-01"),
        ("America/Lima", 5, "2026-12-01T04:59:00+00:00", "2026-11-28", "2026-11-01"),
    ],
)
def test_spans_begin_at_the_midnight_of_the_zone(
    zone: str, first_day: int, instant: str, week: str, month: str
) -> None:
    found = dict(starts(datetime.fromisoformat(instant), zone, first_day))
    assert (found[Span.WEEK].isoformat(), found[Span.MONTH].isoformat()) == (week, month)


def crowd(connection: Connection, count: int, start: date) -> Group:
    """A group of many whose points are made; learner number n has n // 3 points."""
    made = groups.arrive(connection, G1, _person(connection, 0), "p0", START)
    whom = [_person(connection, number) for number in range(1, count)]
    rows = [
        {"group_id": made.id, "learner_id": who, "account": f"p{at}", "joined": START} for at, who in enumerate(whom, 1)
    ]
    connection.execute(insert(member), rows)
    for number, who in enumerate([whom[0] - 1, *whom]):
        row = {"span": "week", "start": start, "points": number // 3, "answers": 1, "stands": True}
        connection.execute(insert(score), {"group_id": made.id, "learner_id": who, **row})
    return made


def _person(connection: Connection, number: int) -> int:
    from bot.store import learners

    return learners.arrive(connection, Account("console", f"p{number}", f"P{number}"), START).id


@pytest.mark.parametrize("me", [0, 1, 17, 58, 59])
def test_ranks_far_down_are_those_of_a_plain_sort(cairn: World, me: int) -> None:
    start = begins(Span.WEEK, START, "", 0)

    def look(connection: Connection) -> None:
        made = crowd(connection, 60, start)
        whole = sorted(((number // 3, number) for number in range(60)), key=lambda each: (-each[0], each[1]))
        places = [number for _worth, number in whole]
        mine = boards.board(connection, made.id, Span.WEEK, start, _person(connection, me))
        shown = [*mine.top, *mine.around]
        assert [line.name for line in mine.top] == [f"P{number}" for number in places[:10]]
        at = places.index(me)
        expected = [f"P{number}" for number in places[max(at - 2, 10) : at + 3]] if at >= 10 else []
        assert [line.name for line in mine.around] == expected
        for line in shown:
            assert line.rank == 1 + sum(worth > line.points for worth, _number in whole)

    cairn.database.do(look)


def test_a_week_before_the_clock_was_set_back_is_still_counted(cairn: World) -> None:
    in_group(cairn, G1)
    answers(cairn, "ann")
    cairn.now = datetime(2026, 11, 2, tzinfo=UTC)
    answers(cairn, "ann", topic="caching")
    assert lines(cairn) == ["1. ann: 10 points"]
    assert lines(cairn, period="all") == ["1. ann: 20 points"]

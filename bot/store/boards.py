"""Boards: how many points each member has in a group's week, month and of all time, kept beside the ledger.

A row of `score` is a sum over the ledger, kept in the same transaction; `stands` says whether it counts: the member has
answered in that span, hides nowhere and has not left. So a rank is a count over one index.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import Update

from bot.learning.span import Span, starts
from bot.store.statements import add_to
from bot.store.tables import account, answer, group, learner, member, points, score
from bot.weeks import custom

if TYPE_CHECKING:
    from bot.store.groups import Group

TOP = 10
AROUND = 2
"""Neighbours shown above and below me."""
DEEP = 100
DEEPER = 1_000
"""So far down ranks of the week before are looked for: the others', and the asker's own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A member's line of a board: `account` is their id on the group's platform, `name` as they are shown."""

    learner_id: int
    rank: int
    points: int
    name: str
    account: str


@dataclass(frozen=True, slots=True)
class Board:
    """The top of a board, and below it the asker with their neighbours where they stand further down."""

    top: tuple[Line, ...]
    around: tuple[Line, ...]


def add(connection: Connection, learner_id: int, amount: int, answered: bool, now: datetime) -> None:
    """Counts what was just booked, and whether an answer was given, on every board of a learner."""
    rows = [
        {
            "group_id": group_id,
            "span": span.value,
            "start": start,
            "learner_id": learner_id,
            "points": amount,
            "answers": int(answered),
            "stands": answered and not away and board != "hidden",
        }
        for group_id, zone, first_day, away, board in connection.execute(_MY_GROUPS, {"learner": learner_id})
        for span, start in starts(now, zone, custom(zone) if first_day is None else first_day)
    ]
    if rows:
        connection.execute(add_to(score, connection.dialect.name, ("points", "answers"), "stands"), rows)


_MY_GROUPS = (
    select(group.c.id, group.c.zone, group.c.first_day, member.c.away, learner.c.board)
    .join_from(member, group)
    .join(learner, learner.c.id == member.c.learner_id)
    .where(member.c.learner_id == bindparam("learner"))
    .order_by(group.c.id)
    .with_for_update(read=True, of=group)  # a zone is not changed, and its board counted anew, between here and the end
)

_JUDGE: Update = update(score).values(
    stands=and_(
        score.c.answers > 0,
        exists().where(
            member.c.group_id == score.c.group_id, member.c.learner_id == score.c.learner_id, ~member.c.away
        ),
        exists().where(learner.c.id == score.c.learner_id, learner.c.board != "hidden"),
    )
)
_JUDGE_ONE = _JUDGE.where(score.c.learner_id == bindparam("of_learner"))
_JUDGE_GROUP = _JUDGE.where(score.c.group_id == bindparam("of_group"))


def judge(connection: Connection, learner_id: int) -> None:
    """Settles anew on which boards a learner stands, after they hid, showed themselves, left or came back."""
    connection.execute(_JUDGE_ONE, {"of_learner": learner_id})


def recount(connection: Connection, of: "Group", learner_id: int | None = None) -> None:
    """Counts a group's boards anew from the ledger: of one member who joined, or of all after a change of its weeks."""
    whom: dict[str, Any] = {"of_group": of.id, "of_learner": learner_id} if learner_id else {"of_group": of.id}
    one = bool(learner_id)
    counted = {**whom, "since": of.since or _FIRST}
    sums: Counter[tuple[int, Span, date]] = Counter()
    counts: Counter[tuple[int, Span, date]] = Counter()
    for who, at, amount in connection.execute(_LEDGER[one], counted):
        sums.update({(who, span, start): amount for span, start in starts(at, of.zone, of.week)})
    for who, at in connection.execute(_ANSWERS[one], counted):
        counts.update((who, span, start) for span, start in starts(at, of.zone, of.week))
    connection.execute(_CLEAR[one], whom)
    rows = [
        {
            "group_id": of.id,
            "span": span.value,
            "start": start,
            "learner_id": who,
            "points": sums[who, span, start],
            "answers": counts[who, span, start],
            "stands": False,
        }
        for who, span, start in sums.keys() | counts.keys()
    ]
    if rows:
        connection.execute(insert(score), rows)
        if learner_id:
            judge(connection, learner_id)
        else:
            connection.execute(_JUDGE_GROUP, {"of_group": of.id})


_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
"""Where a group's boards were never reset, they count from then on."""
_IN_GROUP = select(member.c.learner_id).where(member.c.group_id == bindparam("of_group"))
_ONE_OF = _IN_GROUP.where(member.c.learner_id == bindparam("of_learner"))
_LEDGER = {
    one: select(points.c.learner_id, points.c.at, points.c.amount).where(
        points.c.learner_id.in_(whose), points.c.at >= bindparam("since")
    )
    for one, whose in ((True, _ONE_OF), (False, _IN_GROUP))
}
_ANSWERS = {
    one: select(answer.c.learner_id, answer.c.at).where(
        answer.c.learner_id.in_(whose), answer.c.at >= bindparam("since")
    )
    for one, whose in ((True, _ONE_OF), (False, _IN_GROUP))
}
_CLEAR = {
    True: delete(score).where(score.c.group_id == bindparam("of_group"), score.c.learner_id == bindparam("of_learner")),
    False: delete(score).where(score.c.group_id == bindparam("of_group")),
}


def _on(*more: ColumnElement[bool], stands: bool = True) -> tuple[ColumnElement[bool], ...]:
    """On one board; what `stands` unless all are meant."""
    here = (
        score.c.group_id == bindparam("of_group"),
        score.c.span == bindparam("of_span"),
        score.c.start == bindparam("of_start"),
    )
    return (*here, score.c.stands, *more) if stands else (*here, *more)


_POINTS: BindParameter[int] = bindparam("of_points")
_ME: BindParameter[int] = bindparam("me")
_LINE = select(score.c.learner_id, score.c.points)
_TOP = _LINE.where(*_on()).order_by(score.c.points.desc(), score.c.learner_id).limit(TOP)
_MINE = select(score.c.points).where(*_on(score.c.learner_id == _ME))
_HIGHER = select(func.count()).select_from(score).where(*_on(score.c.points > _POINTS))
_ABOVE = (
    _LINE.where(*_on(score.c.points >= _POINTS, or_(score.c.points > _POINTS, score.c.learner_id < _ME)))
    .order_by(score.c.points, score.c.learner_id.desc())
    .limit(AROUND)
)
_BELOW = (
    _LINE.where(*_on(score.c.points <= _POINTS, or_(score.c.points < _POINTS, score.c.learner_id > _ME)))
    .order_by(score.c.points.desc(), score.c.learner_id)
    .limit(AROUND)
)
_TIES = (
    select(score.c.points, func.count())
    .where(*_on(score.c.points.between(bindparam("low"), bindparam("high"))))
    .group_by(score.c.points)
)
_NAMES = (
    select(member.c.learner_id, learner.c.name, member.c.account, account.c.name)
    .join_from(member, learner)
    .join(group, group.c.id == member.c.group_id)
    .outerjoin(account, and_(account.c.platform == group.c.platform, account.c.external_id == member.c.account))
    .where(member.c.group_id == bindparam("of_group"), member.c.learner_id.in_(bindparam("shown", expanding=True)))
)


def board(connection: Connection, group_id: int, span: Span, start: date, me: int) -> Board:
    """A group's board as one of its members sees it; ties share a rank."""
    on = {"of_group": group_id, "of_span": span.value, "of_start": start}
    top = _ranked([(row[0], row[1]) for row in connection.execute(_TOP, on)], 1)
    mine = connection.execute(_MINE, {**on, "me": me}).scalar()
    around: list[tuple[int, int, int]] = []
    if mine is not None and me not in {who for who, _rank, _points in top}:
        around = _around(connection, on, me, mine)
        seen = {who for who, _rank, _points in top}
        around = [each for each in around if each[0] not in seen]
    names = _names(connection, group_id, [who for who, _rank, _points in (*top, *around)])
    lines = [Line(who, rank, worth, *names.get(who, ("", ""))) for who, rank, worth in (*top, *around)]
    return Board(tuple(lines[: len(top)]), tuple(lines[len(top) :]))


def _ranked(rows: Sequence[tuple[int, int]], first: int) -> list[tuple[int, int, int]]:
    """(learner, rank, points) of the best `rows` of a board, in order."""
    ranked: list[tuple[int, int, int]] = []
    for place, (who, worth) in enumerate(rows, first):
        same = bool(ranked) and ranked[-1][2] == worth
        ranked.append((who, ranked[-1][1] if same else place, worth))
    return ranked


def _around(connection: Connection, on: dict[str, Any], me: int, mine: int) -> list[tuple[int, int, int]]:
    """Me and my neighbours: one long count for the highest of them, and a short one over the points between."""
    here = {**on, "of_points": mine, "me": me}
    above = [(row[0], row[1]) for row in connection.execute(_ABOVE, here)][::-1]
    below = [(row[0], row[1]) for row in connection.execute(_BELOW, here)]
    rows = [*above, (me, mine), *below]
    high, low = rows[0][1], rows[-1][1]
    higher = connection.execute(_HIGHER, {**on, "of_points": high}).scalar_one()
    ties = {row[0]: row[1] for row in connection.execute(_TIES, {**on, "low": low, "high": high})}
    return [
        (who, 1 + higher + sum(count for worth, count in ties.items() if worth > points_), points_)
        for who, points_ in rows
    ]


def _names(connection: Connection, group_id: int, shown: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Of each learner the shown name, and their account's id on the group's platform."""
    rows = connection.execute(_NAMES, {"of_group": group_id, "shown": sorted(shown)})
    return {who: (chosen or own or external, external) for who, chosen, external, own in rows}


_sub = score.alias("higher")
_BETTER = (
    select(score.c.learner_id)
    .with_only_columns(_sub.c.learner_id)
    .where(
        _sub.c.group_id == bindparam("of_group"),
        _sub.c.span == bindparam("of_span"),
        _sub.c.start == bindparam("of_start"),
        _sub.c.stands,
        _sub.c.points > score.c.points,
    )
    .correlate(score)
    .limit(bindparam("deep"))
    .subquery()
)
_RANKS = select(
    score.c.learner_id, score.c.stands, select(func.count()).select_from(_BETTER).correlate(score).scalar_subquery()
).where(*_on(score.c.learner_id.in_(bindparam("shown", expanding=True)), stands=False))
"""By the primary key: asked for `stands` too, SQLite would read the whole board instead."""


def ranks(connection: Connection, group_id: int, start: date, shown: Iterable[int], me: int) -> dict[int, int | None]:
    """The ranks of some members on the board of the week that began then; None where it lies deeper than is looked.

    Who did not stand there is left out. The asker's own rank is looked for deeper than the others'.
    """
    on = {"of_group": group_id, "of_span": Span.WEEK.value, "of_start": start}
    found: dict[int, int | None] = {}
    for whose, deep in ((sorted(set(shown) - {me}), DEEP), ([me], DEEPER)):
        rows = connection.execute(_RANKS, {**on, "shown": whose, "deep": deep})
        found |= {who: higher + 1 if higher < deep else None for who, stands, higher in rows if stands}
    return found

"""What whoever hosts looks at: what rests undelivered and why, and how much there is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Label,
    and_,
    bindparam,
    distinct,
    exists,
    func,
    select,
    text,
    true,
    update,
)

from bot.ask import Account, Place
from bot.store import places, schema
from bot.store.learners import SEEN_EVERY
from bot.store.tables import account, day, group, learner, outbox, report

LATE = timedelta(minutes=1)
"""What has been due for so long is overdue."""
REASONS = 5
LAST = 10
"""Reasons, and dead rows, that are shown."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of the outbox are in a state, and when the oldest of them was posted."""

    state: str
    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Dead:
    """A row that is tried no more. `account`: in whose private chat it would have been said, else ""."""

    id: int
    place: Place
    account: str
    line: str
    tries: int
    why: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is; `active`: learners who did something since an instant."""

    learners: int
    active: int
    groups: int
    reports: int
    revision: str


_waiting = outbox.c.state == "waiting"
_again = and_(_waiting, outbox.c.why != "")
_STATES: dict[str, ColumnElement[bool]] = {
    "waiting": _waiting,
    "overdue": and_(_waiting, outbox.c.due <= bindparam("late")),
    "again": _again,
    "dead": outbox.c.state == "dead",
}
_RESTING = select(
    *(func.count().filter(is_so).label(f"{name}_count") for name, is_so in _STATES.items()),
    *(func.min(outbox.c.created).filter(is_so).label(f"{name}_oldest") for name, is_so in _STATES.items()),
).where(outbox.c.state.in_(["waiting", "dead"]))
_REASONS = (
    select(outbox.c.why, func.count())
    .where(_again)
    .group_by(outbox.c.why)
    .order_by(func.count().desc(), outbox.c.why)
    .limit(REASONS)
)
_DEAD = (
    select(
        outbox.c.id,
        outbox.c.platform,
        outbox.c.chat,
        outbox.c.thread,
        outbox.c.account,
        outbox.c.line,
        outbox.c.tries,
        outbox.c.why,
        outbox.c.created,
    )
    .where(outbox.c.state == "dead")
    .order_by(outbox.c.due.desc(), outbox.c.id.desc())
    .limit(LAST)
)
_ONE_DEAD = update(outbox).where(outbox.c.id == bindparam("of"), outbox.c.state == "dead")
_RETRY = _ONE_DEAD.values(
    state="waiting", tries=0, claim="", claimed_until=bindparam("now"), due=bindparam("now"), why=""
).returning(outbox.c.platform, outbox.c.chat, outbox.c.thread, outbox.c.account)
_DROP = _ONE_DEAD.values(state="dropped")


def _count(table: FromClause, name: str, which: ColumnElement[bool] | None = None) -> Label[int]:
    counted = select(func.count()).select_from(table).where(true() if which is None else which)
    return counted.scalar_subquery().label(name)


_ACTIVE = select(func.count(distinct(account.c.learner_id))).where(
    account.c.seen >= bindparam("seen"),
    exists().where(
        day.c.learner_id == account.c.learner_id, day.c.date >= bindparam("date"), day.c.last >= bindparam("since")
    ),
)
_SIZE = select(
    _count(learner, "learners"),
    _count(group, "groups"),
    _count(report, "reports", report.c.open),
    _ACTIVE.scalar_subquery().label("active"),
)


def resting(connection: Connection, now: datetime) -> list[Tally]:
    """What rests undelivered: all that waits, what of it is overdue, what was tried before, and what is dead."""
    row = connection.execute(_RESTING, {"late": now - LATE}).one()._mapping
    return [Tally(state, row[f"{state}_count"], row[f"{state}_oldest"]) for state in _STATES]


def reasons(connection: Connection) -> list[tuple[str, int]]:
    """Why rows are tried again, the most frequent reasons first."""
    return [(row[0], row[1]) for row in connection.execute(_REASONS)]


def dead(connection: Connection) -> list[Dead]:
    """The rows that died last."""
    return [
        Dead(row.id, Place(row.platform, row.chat, row.thread), row.account, row.line, row.tries, row.why, row.created)
        for row in connection.execute(_DEAD)
    ]


def retry(connection: Connection, row_id: int, now: datetime) -> bool:
    """Puts a dead row back as if its place could be reached; False where there is none of that number."""
    row = connection.execute(_RETRY, {"of": row_id, "now": now}).one_or_none()
    if row is None:
        return False
    place = Place(row.platform, row.chat, row.thread)
    places.mark(connection, place, Account(row.platform, row.account), False, now)
    return True


def drop(connection: Connection, row_id: int) -> bool:
    """Gives a dead row up; False where there is none of that number."""
    return connection.execute(_DROP, {"of": row_id}).rowcount > 0


def size(connection: Connection, since: datetime) -> Size:
    """How much there is, and who was active since an instant (of a day or two ago)."""
    bounds = {"since": since, "seen": since - SEEN_EVERY, "date": since.date() - timedelta(days=1)}
    row = connection.execute(_SIZE, bounds).one()
    revision = connection.execute(text(schema.VERSION)).scalar_one()
    return Size(row.learners, row.active, row.groups, row.reports, revision)

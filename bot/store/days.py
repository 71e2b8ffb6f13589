"""The local days on which a learner was active: what a streak is counted from."""

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, case, delete, select, update

from bot.learning.days import Active, local_day
from bot.store.statements import insert_once
from bot.store.tables import day

KEPT = 800
"""Days that are looked at: more than two years of them."""

_MINE = (day.c.learner_id == bindparam("learner"), day.c.date == bindparam("on"))
_READ = (
    select(day.c.date, day.c.first, day.c.last, day.c.zone)
    .where(day.c.learner_id == bindparam("learner"))
    .order_by(day.c.date.desc())
    .limit(KEPT)
)
_AGAIN = (
    update(day)
    .where(*_MINE)
    .values(
        count=day.c.count + 1,
        first=case((day.c.first > bindparam("now"), bindparam("now")), else_=day.c.first),
        last=case((day.c.last < bindparam("now"), bindparam("now")), else_=day.c.last),
        zone=bindparam("in_zone"),
    )
)
_LESS = update(day).where(*_MINE).values(count=day.c.count - 1)
_EMPTY = delete(day).where(*_MINE, day.c.count <= 0)


def mark(connection: Connection, learner_id: int, zone: str, now: datetime) -> date:
    """Notes that the learner was active at an instant; the local day it belongs to."""
    on = local_day(now, zone)
    row = {"learner_id": learner_id, "date": on, "first": now, "last": now, "zone": zone, "count": 1}
    if not connection.execute(insert_once(day, connection.dialect.name, "learner_id", "date"), row).rowcount:
        connection.execute(_AGAIN, {"learner": learner_id, "on": on, "now": now, "in_zone": zone})
    return on


def unmark(connection: Connection, learner_id: int, on: date) -> None:
    """Takes one activity of a day back; with the last one the day is no longer kept."""
    connection.execute(_LESS, {"learner": learner_id, "on": on})
    connection.execute(_EMPTY, {"learner": learner_id, "on": on})


def read(connection: Connection, learner_id: int) -> list[Active]:
    """The active days, latest first."""
    return [Active(*row) for row in connection.execute(_READ, {"learner": learner_id})]

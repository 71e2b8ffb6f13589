"""The local days on which a learner was active: what a streak is counted from."""

from datetime import date

from sqlalchemy import Connection, bindparam, select

from bot.store.statements import insert_once
from bot.store.tables import day

KEPT = 800
"""Days that are looked at: more than two years of them."""

_READ = select(day.c.date).where(day.c.learner_id == bindparam("learner")).order_by(day.c.date.desc()).limit(KEPT)


def mark(connection: Connection, learner_id: int, on: date) -> None:
    """Notes that the learner was active on a local day."""
    connection.execute(
        insert_once(day, connection.dialect.name, "learner_id", "date"), {"learner_id": learner_id, "date": on}
    )


def read(connection: Connection, learner_id: int) -> list[date]:
    """The active days, latest first."""
    return list(connection.execute(_READ, {"learner": learner_id}).scalars())

"""Points: a ledger of one row per reason, each under a key that books it once."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, case, delete, func, select

from bot.learning import points as rule
from bot.store.statements import insert_once
from bot.store.tables import points

_TODAY = select(
    func.coalesce(func.sum(points.c.amount), 0),
    func.coalesce(func.sum(case((points.c.reason == "quiz", points.c.amount), else_=0)), 0),
).where(points.c.learner_id == bindparam("learner"), points.c.day == bindparam("on"))
_SINCE = select(func.coalesce(func.sum(points.c.amount), 0)).where(
    points.c.learner_id == bindparam("learner"), points.c.day >= bindparam("since")
)
_STANDING = select(points.c.key).where(
    points.c.learner_id == bindparam("learner"), points.c.key.in_(bindparam("keys", expanding=True))
)
_UNBOOK = delete(points).where(points.c.learner_id == bindparam("learner"), points.c.key == bindparam("of_key"))
_KEY = select(points.c.key).where(
    points.c.learner_id == bindparam("learner"),
    points.c.reason == bindparam("of_reason"),
    points.c.at == bindparam("booked_at"),
)


def book(connection: Connection, learner_id: int, rows: list[tuple[str, str, int]], on: date, now: datetime) -> int:
    """Books rows of (key, reason, amount) within the day's bounds; the points they brought. A key is booked once."""
    today, quiz = connection.execute(_TODAY, {"learner": learner_id, "on": on}).one()
    statement = insert_once(points, connection.dialect.name, "learner_id", "key")
    brought = 0
    for key, reason, amount in rows:
        worth = rule.booked(amount, today + brought, quiz)
        row = {"learner_id": learner_id, "key": key, "reason": reason, "worth": amount, "amount": worth}
        if connection.execute(statement, {**row, "day": on, "at": now}).rowcount:
            brought += worth
            quiz += worth if reason == "quiz" else 0
    return brought


def since(connection: Connection, learner_id: int, day: date) -> int:
    """Points since a local day, that one included."""
    return int(connection.execute(_SINCE, {"learner": learner_id, "since": day}).scalar_one())


def free(connection: Connection, learner_id: int, keys: Sequence[str]) -> str | None:
    """The first of some keys that is not booked; None where all are."""
    standing = set(connection.execute(_STANDING, {"learner": learner_id, "keys": list(keys)}).scalars())
    return next((key for key in keys if key not in standing), None)


def key_at(connection: Connection, learner_id: int, reason: str, at: datetime) -> str | None:
    """The key under which something was booked at an instant."""
    row = {"learner": learner_id, "of_reason": reason, "booked_at": at}
    return connection.execute(_KEY, row).scalars().first()


def unbook(connection: Connection, learner_id: int, key: str) -> bool:
    """Takes a row back, as if it had never been booked; whoever does so has the boards counted anew."""
    return connection.execute(_UNBOOK, {"learner": learner_id, "of_key": key}).rowcount > 0

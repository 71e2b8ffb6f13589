"""Points: a ledger of one row per reason, each under a key that books it once."""

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, case, func, select

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

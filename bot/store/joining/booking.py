"""The ledger of a joined learner: what both earned by the same counts once, and each day keeps its bounds."""

from itertools import groupby

from sqlalchemy import Connection, bindparam, select

from bot.learning.points import booked
from bot.store.joining import merging
from bot.store.joining.united import United, Values, rewrite
from bot.store.tables import points

_united = United(points, merging.points)
_ROWS = (
    select(points)
    .where(points.c.learner_id == bindparam("learner"))
    .order_by(points.c.day, points.c.at, points.c.reason, points.c.key)
)
"""In the order in which they were booked: what one answer brought comes as quiz, review, shown."""


def unite(connection: Connection, stays: int, goes: int) -> None:
    """Unites two ledgers, and books every day anew from what each reason is worth."""
    _united(connection, stays, goes)
    rows = [dict(row) for row in connection.execute(_ROWS, {"learner": stays}).mappings()]
    changed = [row for _day, same in groupby(rows, lambda row: row["day"]) for row in _anew(list(same))]
    if changed:
        connection.execute(rewrite(connection, points), changed)


def _anew(rows: list[Values]) -> list[Values]:
    """The rows of one day, in order, whose amount is another one now."""
    today = quiz = 0
    changed = []
    for row in rows:
        amount = booked(row["worth"], today, quiz)
        today += amount
        quiz += amount if row["reason"] == "quiz" else 0
        if amount != row["amount"]:
            changed.append({**row, "amount": amount})
    return changed

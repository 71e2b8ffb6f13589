"""What becomes of each table's rows when two learners are joined: one rule for every table that refers to a learner."""

from collections.abc import Callable

from sqlalchemy import Connection, bindparam, delete, func, select, update

from bot.store import groups, tables
from bot.store.joining import booking, merging, projects
from bot.store.joining.united import Moved, United
from bot.store.tables import quiz, score

Rule = Callable[[Connection, int, int], None]
"""Handed the connection, the learner who stays and the one who goes."""

_handed_over = Moved(quiz)
_OPEN = (quiz.c.learner_id == bindparam("of"), quiz.c.open, quiz.c.group_id.is_(None))
_LATEST = select(func.max(quiz.c.id)).where(*_OPEN).scalar_subquery()
_LEAVE_OLDER = update(quiz).where(*_OPEN, quiz.c.id < _LATEST).values(open=False)
_CLEAR = delete(score).where(score.c.learner_id == bindparam("goes"))


def _quizzes(connection: Connection, stays: int, goes: int) -> None:
    """Of two open quizzes of their own the later one goes on."""
    _handed_over(connection, stays, goes)
    connection.execute(_LEAVE_OLDER, {"of": stays})


def _scores(connection: Connection, stays: int, goes: int) -> None:
    """A board is a sum over the ledger, so it is counted anew."""
    connection.execute(_CLEAR, {"goes": goes})
    groups.recount(connection, stays)


RULES: dict[str, Rule] = {
    "account": Moved(tables.account),
    "event": Moved(tables.event),
    "progress": United(tables.progress, merging.progress),
    "choice": United(tables.choice),
    "day": United(tables.day, merging.day),
    "memory": United(tables.memory, merging.memory),
    "answer": United(tables.answer, merging.answer),
    "quiz": _quizzes,
    "points": booking.unite,
    "shown": United(tables.shown, merging.shown),
    "note": United(tables.note, merging.note),
    "keep": Moved(tables.keep),
    "outbox": Moved(tables.outbox),
    "submission": projects.unite,
    "cheer": projects.unite_cheers,
    "report": Moved(tables.report),
    "brief": Moved(tables.brief),
    "series": United(tables.series, key=("kind",)),
    "nudge": United(tables.nudge),
    "group": Moved(tables.group, "setter_id"),
    "member": United(tables.member, merging.member),
    "score": _scores,
}
"""By table, in order: boards are counted last."""

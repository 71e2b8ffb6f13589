"""Cheers: each member's one for what another handed in."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.store.statements import insert_once
from bot.store.tables import cheer, handed, member

_MUTED = (
    select(member.c.muted)
    .join_from(handed, member, member.c.group_id == handed.c.group_id)
    .where(handed.c.submission_id == bindparam("of_submission"), ~handed.c.removed)
    .where(member.c.learner_id == bindparam("learner"), ~member.c.away)
)


def muted(connection: Connection, submission_id: int, learner_id: int) -> list[bool]:
    """For each group of a learner in which a submission is shown, whether they are muted there."""
    return list(connection.execute(_MUTED, {"of_submission": submission_id, "learner": learner_id}).scalars())


def give(connection: Connection, submission_id: int, learner_id: int, now: datetime) -> bool:
    """Cheers a submission; False where this learner has cheered it before."""
    statement = insert_once(cheer, connection.dialect.name, "submission_id", "learner_id")
    row = {"submission_id": submission_id, "learner_id": learner_id, "at": now}
    return connection.execute(statement, row).rowcount > 0

"""Briefs: which project was given to whom, a learner or a group, and when last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, distinct, exists, func, insert, select

from bot.store.tables import brief, member, progress, series


@dataclass(frozen=True, slots=True)
class Announced:
    """A project of the week, since when it is, and the key of the outbox's row that announced it."""

    project: str
    at: datetime
    key: str


_GIVEN = (
    select(brief.c.project, func.max(brief.c.at))
    .group_by(brief.c.project)
    .order_by(func.max(brief.c.at), func.max(brief.c.id))
)
_TO_LEARNER = _GIVEN.where(brief.c.learner_id == bindparam("learner"))
_TO_GROUP = _GIVEN.where(brief.c.group_id == bindparam("of_group"))
_GIVE = insert(brief)
_TAKE = delete(brief).where(brief.c.project == bindparam("of_project"))
_TAKE_FROM_LEARNER = _TAKE.where(brief.c.learner_id == bindparam("owner"))
_TAKE_FROM_GROUP = _TAKE.where(brief.c.group_id == bindparam("owner"), brief.c.key == "")
_ANNOUNCED = (
    select(brief.c.project, brief.c.at, brief.c.key)
    .where(brief.c.group_id == bindparam("of_group"), brief.c.key != "")
    .where(exists().where(series.c.group_id == brief.c.group_id, series.c.kind == "weekly"))
    .order_by(brief.c.at.desc(), brief.c.id.desc())
    .limit(1)
)
_DONE_HERE = (member.c.group_id == bindparam("of_group"), ~member.c.away, progress.c.state == "done")
_TOPICS = (
    select(progress.c.topic, func.count())
    .join_from(member, progress, progress.c.learner_id == member.c.learner_id)
    .where(*_DONE_HERE)
    .group_by(progress.c.topic)
)
_PEOPLE = (
    select(func.count(distinct(member.c.learner_id)))
    .join_from(member, progress, progress.c.learner_id == member.c.learner_id)
    .where(*_DONE_HERE)
)


def to_learner(connection: Connection, learner_id: int) -> dict[str, datetime]:
    """The projects given to a learner, each with the instant at which it was last; the latest comes last."""
    return {row[0]: row[1] for row in connection.execute(_TO_LEARNER, {"learner": learner_id})}


def to_group(connection: Connection, group_id: int) -> dict[str, datetime]:
    """The projects given to a group, likewise."""
    return {row[0]: row[1] for row in connection.execute(_TO_GROUP, {"of_group": group_id})}


def give_learner(connection: Connection, learner_id: int, project: str, now: datetime) -> None:
    """Gives a project to a learner; that it was given before is forgotten."""
    connection.execute(_TAKE_FROM_LEARNER, {"owner": learner_id, "of_project": project})
    connection.execute(_GIVE, {"learner_id": learner_id, "group_id": None, "project": project, "at": now, "key": ""})


def give_group(connection: Connection, group_id: int, project: str, now: datetime, key: str = "") -> None:
    """Gives a project to a group, likewise. `key`: of the outbox's row that announces it."""
    connection.execute(_TAKE_FROM_GROUP, {"owner": group_id, "of_project": project})
    connection.execute(_GIVE, {"learner_id": None, "group_id": group_id, "project": project, "at": now, "key": key})


def announced(connection: Connection, group_id: int) -> Announced | None:
    """What was announced to a group last; None while it has no weekly project."""
    row = connection.execute(_ANNOUNCED, {"of_group": group_id}).one_or_none()
    return Announced(*row) if row else None


def known_in(connection: Connection, group_id: int, renamed: Mapping[str, str]) -> dict[str, float]:
    """Each topic that somebody in a group has done, with the share of those who did it among all who did any.

    `renamed`: old ids of topics and what they are called now.
    """
    people = connection.execute(_PEOPLE, {"of_group": group_id}).scalar_one()
    shares: dict[str, float] = {}
    for topic, count in connection.execute(_TOPICS, {"of_group": group_id}):
        now = renamed.get(topic, topic)
        shares[now] = min(1.0, shares.get(now, 0.0) + count / people)
    return shares

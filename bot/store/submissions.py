"""Submissions: what a learner handed in for a project, and in which groups it is shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, func, insert, select, update

from bot.store import boards, groups, learners, ledger
from bot.store.statements import upsert
from bot.store.tables import account, cheer, group, handed, learner, member, submission

REASON = "project"
"""Why the ledger holds points for handing in."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission, whose it is and in which zone they live; `at`: when it was handed in first."""

    id: int
    learner_id: int
    zone: str
    project: str
    link: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission as it stands in a list; `name`: of whom it is, in that group."""

    id: int
    project: str
    link: str
    note: str
    name: str
    cheers: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A submission as those see it who run a group."""

    id: int
    learner_id: int
    name: str
    project: str
    removed: bool


_EDITED = select(submission.c.project, submission.c.edited).where(submission.c.learner_id == bindparam("learner"))
_FIND = select(
    submission.c.id,
    submission.c.learner_id,
    learner.c.zone,
    submission.c.project,
    submission.c.link,
    submission.c.note,
    submission.c.at,
).join_from(submission, learner)
_BY_ID = _FIND.where(submission.c.id == bindparam("of_submission"))
_OWN = _FIND.where(submission.c.learner_id == bindparam("learner"), submission.c.project == bindparam("of_project"))
_HAND_IN = insert(submission).returning(submission.c.id)
_EDIT = (
    update(submission)
    .where(submission.c.id == bindparam("of_submission"))
    .values(link=bindparam("new_link"), note=bindparam("new_note"), edited=bindparam("now"))
)
_HERE = (handed.c.group_id == bindparam("of_group"), handed.c.submission_id == bindparam("of_submission"))
_REMOVED = select(handed.c.removed).where(*_HERE)
_REMOVE = update(handed).where(*_HERE, ~handed.c.removed).values(removed=True)
_SHOWN = select(exists().where(handed.c.submission_id == bindparam("of_submission"), ~handed.c.removed))
_CHEERS = select(func.count()).select_from(cheer).where(cheer.c.submission_id == submission.c.id).scalar_subquery()
_OF_MINE = (
    select(submission.c.id, submission.c.project, submission.c.link, submission.c.note, learner.c.name, _CHEERS)
    .join_from(submission, learner)
    .where(submission.c.learner_id == bindparam("learner"))
    .order_by(submission.c.at.desc(), submission.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("after"))
)
_NAME = func.coalesce(func.nullif(learner.c.name, ""), account.c.name, member.c.account)
_IN_GROUP = (
    select(submission.c.id, submission.c.project, submission.c.link, submission.c.note, _NAME, _CHEERS)
    .select_from(handed)
    .join(submission, submission.c.id == handed.c.submission_id)
    .join(learner, learner.c.id == submission.c.learner_id)
    .join(group, group.c.id == handed.c.group_id)
    .join(member, and_(member.c.group_id == group.c.id, member.c.learner_id == learner.c.id))
    .outerjoin(account, and_(account.c.platform == group.c.platform, account.c.external_id == member.c.account))
    .where(handed.c.group_id == bindparam("of_group"))
    .order_by(handed.c.at.desc(), submission.c.id.desc())
    .limit(bindparam("most"))
)
_THIS_WEEK = _IN_GROUP.where(
    handed.c.at >= bindparam("since"), ~handed.c.removed, ~member.c.away, ~member.c.muted
).offset(bindparam("after"))
_LATEST = _IN_GROUP.with_only_columns(
    submission.c.id, submission.c.learner_id, _NAME, submission.c.project, handed.c.removed
)
_FIRST = select(func.min(submission.c.id)).where(
    submission.c.learner_id == bindparam("learner"), submission.c.at == bindparam("handed_at")
)
_GROUPS = select(member.c.group_id).where(member.c.learner_id == bindparam("learner")).order_by(member.c.group_id)


def edited(connection: Connection, learner_id: int) -> dict[str, datetime]:
    """The projects that a learner handed in, each with the instant at which it was last changed."""
    return {row[0]: row[1] for row in connection.execute(_EDITED, {"learner": learner_id})}


def own(connection: Connection, learner_id: int, project: str) -> Submission | None:
    """What a learner handed in for a project."""
    row = connection.execute(_OWN, {"learner": learner_id, "of_project": project}).one_or_none()
    return Submission(*row) if row else None


def find(connection: Connection, submission_id: int) -> Submission | None:
    """A submission by its id."""
    row = connection.execute(_BY_ID, {"of_submission": submission_id}).one_or_none()
    return Submission(*row) if row else None


def hand_in(connection: Connection, learner_id: int, project: str, link: str, note: str, now: datetime) -> int:
    """Hands a project in for the first time; the submission's id."""
    row = {"learner_id": learner_id, "project": project, "link": link, "note": note, "at": now, "edited": now}
    return int(connection.execute(_HAND_IN, row).scalar_one())


def edit(connection: Connection, submission_id: int, link: str, note: str, now: datetime) -> None:
    """Puts another link and note in place of the ones before."""
    connection.execute(_EDIT, {"of_submission": submission_id, "new_link": link, "new_note": note, "now": now})


def show(connection: Connection, group_id: int, submission_id: int, now: datetime) -> bool:
    """Shows a submission among a group's; False where it was removed there, which holds."""
    statement = upsert(handed, connection.dialect.name, "at")
    connection.execute(statement, {"group_id": group_id, "submission_id": submission_id, "at": now})
    return not connection.execute(_REMOVED, {"of_group": group_id, "of_submission": submission_id}).scalar_one()


def of_learner(connection: Connection, learner_id: int, most: int, after: int) -> list[Entry]:
    """What a learner handed in, the latest first, the first `after` left out."""
    rows = connection.execute(_OF_MINE, {"learner": learner_id, "most": most, "after": after})
    return [Entry(*row) for row in rows]


def since(connection: Connection, group_id: int, start: datetime, most: int, after: int) -> list[Entry]:
    """What was handed in in a group since an instant by members who are there and not muted, likewise."""
    row = {"of_group": group_id, "since": start, "most": most, "after": after}
    return [Entry(*row) for row in connection.execute(_THIS_WEEK, row)]


def of_group(connection: Connection, group_id: int, most: int) -> list[Listed]:
    """All that was handed in in a group, removed or not, the latest first."""
    return [Listed(*row) for row in connection.execute(_LATEST, {"of_group": group_id, "most": most})]


def remove(connection: Connection, group_id: int, submission_id: int) -> bool:
    """Takes a submission out of a group's list for good; False where it does not stand there.

    Where it is shown in no group any more, the points that it brought are taken back.
    """
    found = find(connection, submission_id)
    if found is None:
        return False
    learners.lock(connection, found.learner_id)
    if not connection.execute(_REMOVE, {"of_group": group_id, "of_submission": submission_id}).rowcount:
        return False
    if not connection.execute(_SHOWN, {"of_submission": submission_id}).scalar():
        _take_back(connection, found)
    return True


def _take_back(connection: Connection, of: Submission) -> None:
    """Takes the points for a submission out of the ledger and off every board of its learner."""
    first = connection.execute(_FIRST, {"learner": of.learner_id, "handed_at": of.at}).scalar_one()
    key = ledger.key_at(connection, of.learner_id, REASON, of.at) if first == of.id else None
    if key is None or not ledger.unbook(connection, of.learner_id, key):
        return
    for group_id in connection.execute(_GROUPS, {"learner": of.learner_id}).scalars().all():
        if where := groups.by_id(connection, group_id):
            boards.recount(connection, where, of.learner_id)

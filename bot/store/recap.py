"""What a group did in a week: who learnt every day, which topics were finished, what was answered and handed in.

Members who have left count nowhere; those who hide count in numbers, and are not named.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, case, distinct, exists, func, select

from bot.store.tables import account, answer, day, event, group, handed, learner, member, submission

_HERE = (member.c.group_id == bindparam("of_group"), ~member.c.away)
_NAME = func.coalesce(func.nullif(learner.c.name, ""), func.nullif(account.c.name, ""), member.c.account)
_NAMED = (
    select(_NAME)
    .select_from(member)
    .join(learner, learner.c.id == member.c.learner_id)
    .join(group, group.c.id == member.c.group_id)
    .outerjoin(account, and_(account.c.platform == group.c.platform, account.c.external_id == member.c.account))
    .where(*_HERE)
)
_DAYS = (
    select(func.count())
    .where(day.c.learner_id == member.c.learner_id, day.c.date.between(bindparam("first"), bindparam("last")))
    .correlate(member)
    .scalar_subquery()
)
_STEADY = (
    _NAMED.where(learner.c.board != "hidden", bindparam("wanted") <= _DAYS)
    .order_by(member.c.joined, member.c.learner_id)
    .limit(bindparam("most"))
)
_undo = event.alias("undo")
_FINISHED = (
    select(event.c.topic, func.count(distinct(event.c.learner_id)))
    .join_from(event, member, member.c.learner_id == event.c.learner_id)
    .where(*_HERE, event.c.kind == "done", event.c.at >= bindparam("since"), event.c.at < bindparam("until"))
    .where(~exists().where(_undo.c.undoes == event.c.id))
    .group_by(event.c.topic)
    .order_by(func.count(distinct(event.c.learner_id)).desc(), event.c.topic)
)
_RIGHT = (
    select(func.count())
    .select_from(answer)
    .join(member, member.c.learner_id == answer.c.learner_id)
    .where(*_HERE, answer.c.right, answer.c.at >= bindparam("since"), answer.c.at < bindparam("until"))
    .where(answer.c.day.between(bindparam("first"), bindparam("last")))
)
_HANDED = (
    _NAMED.with_only_columns(case((learner.c.board == "hidden", ""), else_=_NAME))
    .join(submission, submission.c.learner_id == member.c.learner_id)
    .join(handed, and_(handed.c.submission_id == submission.c.id, handed.c.group_id == member.c.group_id))
    .where(~handed.c.removed, ~member.c.muted, submission.c.project == bindparam("of_project"))
    .where(handed.c.at >= bindparam("since"))
    .order_by(handed.c.at, submission.c.id)
)
_MARGIN = timedelta(days=2)
"""Local days of answers around instants, wherever who answered lives."""


def steady(connection: Connection, group_id: int, first: date, last: date, most: int) -> list[str]:
    """The names of members who were active on each local day from the first to the last."""
    row = {"of_group": group_id, "first": first, "last": last, "wanted": (last - first).days + 1, "most": most}
    return list(connection.execute(_STEADY, row).scalars())


def finished(
    connection: Connection, group_id: int, since: datetime, until: datetime, renamed: Mapping[str, str]
) -> dict[str, int]:
    """The topics that members finished, the most finished first, with how many did. `renamed`: old ids to new."""
    found: dict[str, int] = {}
    for topic, count in connection.execute(_FINISHED, {"of_group": group_id, "since": since, "until": until}):
        now = renamed.get(topic, topic)
        found[now] = found.get(now, 0) + count
    return found


def right(connection: Connection, group_id: int, since: datetime, until: datetime) -> int:
    """How many questions members answered rightly."""
    row = {"of_group": group_id, "since": since, "until": until}
    days = {"first": since.date() - _MARGIN, "last": until.date() + _MARGIN}
    return int(connection.execute(_RIGHT, {**row, **days}).scalar_one())


def handed_in(connection: Connection, group_id: int, project: str, since: datetime) -> list[str]:
    """Who handed a project in there since an instant, by name; "" stands for one who hides."""
    row = {"of_group": group_id, "of_project": project, "since": since}
    return list(connection.execute(_HANDED, row).scalars())

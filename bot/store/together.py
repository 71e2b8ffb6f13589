"""What a group has done together in a span: how many are here, how many of them learnt, and which topics."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, distinct, exists, func, select

from bot.learning.span import Span
from bot.store.tables import event, member, score


@dataclass(frozen=True, slots=True)
class Together:
    """Members who are here, those who answered, the points of all members, and the topics that somebody finished."""

    members: int
    active: int
    points: int
    topics: int

    @property
    def share(self) -> int:
        """Of a hundred members, how many were active."""
        return round(100 * self.active / self.members) if self.members else 0

    @property
    def each(self) -> float:
        """Points a member: what groups of different sizes can be compared by."""
        return self.points / self.members if self.members else 0.0


_HERE = (member.c.group_id == bindparam("of_group"), ~member.c.away)
_MEMBERS = select(func.count()).select_from(member).where(*_HERE)
_ACTIVE = (
    select(func.count(), func.coalesce(func.sum(score.c.points), 0))
    .select_from(score)
    .join(member, (member.c.group_id == score.c.group_id) & (member.c.learner_id == score.c.learner_id))
    .where(*_HERE, score.c.span == bindparam("of_span"), score.c.start == bindparam("of_start"), score.c.answers > 0)
)
_undo = event.alias("undo")
_TOPICS = (
    select(func.count(distinct(event.c.topic)))
    .join_from(event, member, member.c.learner_id == event.c.learner_id)
    .where(*_HERE, event.c.kind == "done", event.c.at >= bindparam("since"), event.c.at <= bindparam("until"))
    .where(~exists().where(_undo.c.undoes == event.c.id))
)


def together(
    connection: Connection, group_id: int, span: Span, start: date, since: datetime, now: datetime
) -> Together:
    """What a group did from the beginning of a span (`start`, at the instant `since`) until now."""
    here = {"of_group": group_id}
    members = connection.execute(_MEMBERS, here).scalar_one()
    on = {**here, "of_span": span.value, "of_start": start}
    active, points = connection.execute(_ACTIVE, on).one()
    topics = connection.execute(_TOPICS, {**here, "since": since, "until": now}).scalar_one()
    return Together(members, active, points, topics)

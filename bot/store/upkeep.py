"""Upkeep: removes groups and accounts that were not seen for long, and what has served its time.

A run is bounded, so that it holds nobody up; it is repeated while it finds something.
"""

from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, delete, exists, or_, select, tuple_

from bot.store import forgetting, kept
from bot.store.tables import account, group, learner, member, outbox, place, score

MOST = 200
"""Accounts, groups and places that are removed in a run."""
MOST_ROWS = 10_000
"""Rows of the outbox that are removed in a run."""
MONTH = timedelta(days=30.44)
SETTLED = timedelta(days=30)
"""So long a message that was sent or dropped stays in the outbox."""
DEAD = timedelta(days=90)
"""So long the host sees one that could not be sent."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What a run removed; false where it found nothing."""

    groups: int
    accounts: int
    learners: int
    kept: int
    messages: int

    def __bool__(self) -> bool:
        return any(astuple(self))


_SILENT = (
    select(account.c.platform, account.c.external_id, account.c.learner_id)
    .join(learner)
    .where(account.c.seen <= bindparam("before"))
    .order_by(account.c.seen)
    .limit(MOST)
    .with_for_update(skip_locked=True)
)
_THESE = tuple_(account.c.platform, account.c.external_id).in_(bindparam("accounts", expanding=True))
_BY_THEM = (
    select(member.c.group_id, member.c.learner_id)
    .join(group)
    .join(account, and_(account.c.platform == group.c.platform, account.c.external_id == member.c.account))
    .where(_THESE)
)
_LEAVE = [delete(table).where(tuple_(table.c.group_id, table.c.learner_id).in_(_BY_THEM)) for table in (score, member)]
_UNSEND = delete(outbox).where(tuple_(outbox.c.platform, outbox.c.account).in_(bindparam("accounts", expanding=True)))
_PART = delete(account).where(_THESE)
_ALONE = select(learner.c.id).where(
    learner.c.id.in_(bindparam("learners", expanding=True)), ~exists().where(account.c.learner_id == learner.c.id)
)
_UNSEEN = (
    select(group.c.id)
    .where(group.c.seen <= bindparam("before"))
    .order_by(group.c.seen)
    .limit(MOST)
    .with_for_update(skip_locked=True)
)
_PLACES = delete(place).where(place.c.gone, place.c.since <= bindparam("before"))
_MESSAGES = delete(outbox).where(
    outbox.c.id.in_(
        select(outbox.c.id)
        .where(
            or_(
                and_(outbox.c.state.in_(("sent", "dropped")), outbox.c.due <= bindparam("settled")),
                and_(outbox.c.state == "dead", outbox.c.due <= bindparam("dead")),
            )
        )
        .limit(MOST_ROWS)
    )
)


def upkeep(connection: Connection, now: datetime, groups_days: int, accounts_months: int) -> Removed:
    """Removes what was not seen for so many days or months, and what is over."""
    accounts, learners = _accounts(connection, now - accounts_months * MONTH)
    unseen = {"before": now - timedelta(days=groups_days)}
    groups = connection.execute(_UNSEEN, unseen).scalars().all()
    if groups:
        forgetting.forget_groups(connection, groups)
    connection.execute(_PLACES, unseen)
    messages = connection.execute(_MESSAGES, {"settled": now - SETTLED, "dead": now - DEAD}).rowcount
    return Removed(len(groups), accounts, learners, kept.reap(connection, now), messages)


def _accounts(connection: Connection, before: datetime) -> tuple[int, int]:
    """Removes accounts not seen since then, and forgets who has none left; how many of each."""
    silent = connection.execute(_SILENT, {"before": before}).all()
    if not silent:
        return 0, 0
    these = {"accounts": [(row.platform, row.external_id) for row in silent]}
    for statement in (*_LEAVE, _UNSEND, _PART):
        connection.execute(statement, these)
    learners = {row.learner_id for row in silent}
    alone = connection.execute(_ALONE, {"learners": sorted(learners)}).scalars().all()
    if alone:
        forgetting.forget(connection, alone)
    return len(silent), len(alone)

"""The accounts of a learner: all of them, and one that is parted from the others."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.store.tables import account, group, learner, member, outbox, score


@dataclass(frozen=True, slots=True)
class Owned:
    """An account of a learner's: its platform, its id there, and its shown name."""

    platform: str
    id: str
    name: str


_ALL = (
    select(account.c.platform, account.c.external_id, account.c.name)
    .where(account.c.learner_id == bindparam("learner"))
    .order_by(account.c.created, account.c.platform, account.c.external_id)
)
_ALIKE = (
    insert(learner)
    .from_select(
        ["created", "zone", "board"],
        select(bindparam("at", type_=learner.c.created.type), learner.c.zone, learner.c.board).where(
            learner.c.id == bindparam("of")
        ),
    )
    .returning(learner.c.id)
)
_GIVE = (
    update(account)
    .where(account.c.platform == bindparam("of_platform"), account.c.external_id == bindparam("of_id"))
    .values(learner_id=bindparam("to"))
)
_THROUGH = (
    select(member.c.group_id)
    .join_from(member, group)
    .where(
        member.c.learner_id == bindparam("of"),
        member.c.account == bindparam("of_id"),
        group.c.platform == bindparam("of_platform"),
    )
    .order_by(member.c.group_id)
)
_GIVE_MEMBERS = (
    update(member)
    .where(member.c.learner_id == bindparam("of"), member.c.group_id.in_(bindparam("through", expanding=True)))
    .values(learner_id=bindparam("to"))
)
_LEAVE_BOARDS = delete(score).where(
    score.c.learner_id == bindparam("of"), score.c.group_id.in_(bindparam("through", expanding=True))
)
_GIVE_OUTBOX = (
    update(outbox)
    .where(
        outbox.c.learner_id == bindparam("of"),
        outbox.c.platform == bindparam("of_platform"),
        outbox.c.account == bindparam("of_id"),
    )
    .values(learner_id=bindparam("to"))
)


def of(connection: Connection, learner_id: int) -> list[Owned]:
    """A learner's accounts, oldest first."""
    return [Owned(*row) for row in connection.execute(_ALL, {"learner": learner_id})]


def part(connection: Connection, learner_id: int, who: Owned, now: datetime) -> int:
    """Makes a learner of their own of an account; the new id.

    What was learnt stays. What hangs on the account goes with it: its groups, on whose boards it begins with nothing,
    and what is to be said to it. Of the settings it keeps where it lives, and whether it hides.
    """
    new = int(connection.execute(_ALIKE, {"of": learner_id, "at": now}).scalar_one())
    this = {"of": learner_id, "of_platform": who.platform, "of_id": who.id}
    through = connection.execute(_THROUGH, this).scalars().all()
    connection.execute(_GIVE, {"of_platform": who.platform, "of_id": who.id, "to": new})
    connection.execute(_LEAVE_BOARDS, {"of": learner_id, "through": through})
    connection.execute(_GIVE_MEMBERS, {"of": learner_id, "through": through, "to": new})
    connection.execute(_GIVE_OUTBOX, {**this, "to": new})
    return new

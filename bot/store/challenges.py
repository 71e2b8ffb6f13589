"""Group against group, where the administrators of both agreed."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from bot.store.tables import challenge

_RIVAL = select(challenge.c.rival_id).where(challenge.c.group_id == bindparam("of_group"))
_BEGIN = insert(challenge)
_END = delete(challenge).where(
    or_(
        challenge.c.group_id.in_(bindparam("groups", expanding=True)),
        challenge.c.rival_id.in_(bindparam("groups", expanding=True)),
    )
)


def rival(connection: Connection, group_id: int) -> int | None:
    """The group that a group is up against, or None."""
    return connection.execute(_RIVAL, {"of_group": group_id}).scalar()


def begin(connection: Connection, group_id: int, rival_id: int, now: datetime) -> None:
    """Sets two groups against each other, in place of whatever challenge either was in."""
    end(connection, group_id, rival_id)
    pairs = ((group_id, rival_id), (rival_id, group_id))
    connection.execute(_BEGIN, [{"group_id": one, "rival_id": other, "since": now} for one, other in pairs])


def end(connection: Connection, *group_ids: int) -> bool:
    """Ends the challenges of some groups; False where there was none."""
    return connection.execute(_END, {"groups": list(group_ids)}).rowcount > 0

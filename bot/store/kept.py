"""The little that an adapter remembers: a value under a key, until an instant, and whose it is."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.store.statements import upsert
from bot.store.tables import keep

_GET = select(keep.c.value).where(
    keep.c.space == bindparam("of_space"), keep.c.key == bindparam("of_key"), keep.c.until > bindparam("now")
)
_REAP = delete(keep).where(keep.c.until <= bindparam("now"))


def put(connection: Connection, space: str, key: str, value: str, until: datetime, learner_id: int | None) -> None:
    """Keeps a value; `space` names what kind of thing it is (telegram-poll), `learner_id` whose it is."""
    statement = upsert(keep, connection.dialect.name, "value", "until", "learner_id")
    connection.execute(
        statement, {"space": space, "key": key, "value": value, "until": until, "learner_id": learner_id}
    )


def get(connection: Connection, space: str, key: str, now: datetime) -> str | None:
    """The value, or None where there is none or its time is over."""
    return connection.execute(_GET, {"of_space": space, "of_key": key, "now": now}).scalar_one_or_none()


def reap(connection: Connection, now: datetime) -> int:
    """Removes what is over; how many."""
    return connection.execute(_REAP, {"now": now}).rowcount

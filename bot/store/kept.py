"""The little that is remembered for a while: a value under a key, until an instant, and whose it is."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, select

from bot.ask import Account
from bot.store.statements import upsert
from bot.store.tables import account, keep

_THIS = (keep.c.space == bindparam("of_space"), keep.c.key == bindparam("of_key"))
_VALID = (*_THIS, keep.c.until > bindparam("now"))
_GET = select(keep.c.value).where(*_VALID)
_HOLDER = _GET.with_only_columns(keep.c.learner_id)
_TAKE = delete(keep).where(*_VALID).returning(keep.c.learner_id)
_DROP_ALL = delete(keep).where(keep.c.space == bindparam("of_space"), keep.c.learner_id == bindparam("of_learner"))
_DROP = delete(keep).where(*_THIS)
_KNOWN = select(
    exists().where(account.c.platform == bindparam("of_platform"), account.c.external_id == bindparam("of_id"))
)
_REAP = delete(keep).where(keep.c.until <= bindparam("now"))


def put(connection: Connection, space: str, key: str, value: str, until: datetime, learner_id: int | None) -> None:
    """Keeps a value; `space` names what kind of thing it is (telegram-poll), `learner_id` whose it is."""
    statement = upsert(keep, connection.dialect.name, "value", "until", "learner_id")
    connection.execute(
        statement, {"space": space, "key": key, "value": value, "until": until, "learner_id": learner_id}
    )


def put_about(connection: Connection, space: str, key: str, value: str, until: datetime, who: Account | None) -> None:
    """Keeps a value about an account, with which it goes; of one that is unknown, or was forgotten, nothing is kept."""
    if who and not connection.execute(_KNOWN, {"of_platform": who.platform, "of_id": who.id}).scalar():
        return
    statement = upsert(keep, connection.dialect.name, "value", "until", "platform", "account")
    row = {"space": space, "key": key, "value": value, "until": until}
    named = {"platform": who.platform, "account": who.id} if who else {"platform": None, "account": None}
    connection.execute(statement, {**row, **named})


def get(connection: Connection, space: str, key: str, now: datetime) -> str | None:
    """The value, or None where there is none or its time is over."""
    return connection.execute(_GET, {"of_space": space, "of_key": key, "now": now}).scalar_one_or_none()


def whose(connection: Connection, space: str, key: str, now: datetime) -> int | None:
    """The learner whose value stands under a key, or None where there is none or its time is over."""
    return connection.execute(_HOLDER, {"of_space": space, "of_key": key, "now": now}).scalar_one_or_none()


def take(connection: Connection, space: str, key: str, now: datetime) -> int | None:
    """Removes a value and says whose it was; of many who take it at the same moment one only is told so."""
    return connection.execute(_TAKE, {"of_space": space, "of_key": key, "now": now}).scalar_one_or_none()


def drop_all(connection: Connection, space: str, learner_id: int) -> None:
    """Removes every value of a learner's in a space."""
    connection.execute(_DROP_ALL, {"of_space": space, "of_learner": learner_id})


def drop(connection: Connection, space: str, key: str) -> None:
    """Removes a value."""
    connection.execute(_DROP, {"of_space": space, "of_key": key})


def reap(connection: Connection, now: datetime) -> int:
    """Removes what is over; how many."""
    return connection.execute(_REAP, {"now": now}).rowcount

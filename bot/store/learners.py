"""Learners and their accounts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.sql.dml import Update

from bot.ask import MAX_NAME, Account, clean
from bot.store.tables import account, learner

SETTINGS = ("zone", "name", "depth", "roadmap", "route", "reviews", "hours", "goal")


@dataclass(frozen=True, slots=True)
class Learner:
    """A person; an empty setting means that nothing was chosen.

    `reviews`: a day at most. `hours`: a week. `shown`: their name on this platform.
    """

    id: int
    zone: str
    name: str
    depth: str
    roadmap: str
    route: str
    reviews: int
    hours: int
    goal: date | None
    shown: str


_FIND = (
    select(learner.c.id, *(learner.c[name] for name in SETTINGS), account.c.name.label("shown"))
    .join_from(account, learner)
    .where(account.c.platform == bindparam("platform"), account.c.external_id == bindparam("external_id"))
)
_LOCK = _FIND.with_for_update(of=learner)
_NEW_LEARNER = insert(learner).values(created=bindparam("at")).returning(learner.c.id)
_NEW_ACCOUNT = insert(account)
_RENAME = (
    update(account)
    .where(account.c.platform == bindparam("of_platform"), account.c.external_id == bindparam("of_id"))
    .values(name=bindparam("new_name"))
)
_SET: dict[str, Update] = {
    name: update(learner).where(learner.c.id == bindparam("of")).values({name: bindparam("value")}) for name in SETTINGS
}


HOUSE = Learner(0, "", "", "", "", "", 0, 0, None, "")
"""Who speaks when the house does by itself: nobody with a row, so nothing can be kept for them."""


def arrive(connection: Connection, who: Account, now: datetime) -> Learner:
    """The learner behind an account, made at their first word. Their row is locked where others could write too."""
    if not who.id:
        return HOUSE
    statement = _LOCK if connection.dialect.name == "postgresql" else _FIND
    found = connection.execute(statement, {"platform": who.platform, "external_id": who.id}).one_or_none()
    name = clean(who.name or who.id)[:MAX_NAME]
    if found is None:
        return _meet(connection, who, name, now)
    if found.shown != name:
        connection.execute(_RENAME, {"of_platform": who.platform, "of_id": who.id, "new_name": name})
    mine: dict[str, Any] = {setting: found._mapping[setting] for setting in SETTINGS}
    return Learner(found.id, **mine, shown=name)


def _meet(connection: Connection, who: Account, name: str, now: datetime) -> Learner:
    learner_id = connection.execute(_NEW_LEARNER, {"at": now}).scalar_one()
    row = {"platform": who.platform, "external_id": who.id, "learner_id": learner_id, "name": name, "created": now}
    connection.execute(_NEW_ACCOUNT, row)
    return Learner(learner_id, "", "", "", "", "", 20, 0, None, name)


def change(connection: Connection, learner_id: int, setting: str, value: object) -> None:
    """Sets one of SETTINGS."""
    connection.execute(_SET[setting], {"of": learner_id, "value": value})

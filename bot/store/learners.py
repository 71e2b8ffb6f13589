"""Learners and their accounts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.sql.dml import Update

from bot.ask import MAX_NAME, Account, clean
from bot.store import nudges
from bot.store.tables import account, learner, nudge

SETTINGS = ("zone", "name", "depth", "roadmap", "route", "reviews", "hours", "goal", "board")

SEEN_EVERY = timedelta(days=1)
"""How exactly it is known when an account was seen last: so seldom it is written down."""


@dataclass(frozen=True, slots=True)
class Learner:
    """A person; an empty setting means that nothing was chosen.

    `reviews`: a day at most. `hours`: a week. `board`: "hidden" for who stands on none. `shown`: their name on this
    platform.
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
    board: str
    shown: str


_FIND = (
    select(
        learner.c.id,
        *(learner.c[name] for name in SETTINGS),
        account.c.name.label("shown"),
        account.c.seen,
        nudge.c.sent.label("nudged"),
    )
    .join_from(account, learner)
    .outerjoin(nudge, nudge.c.learner_id == learner.c.id)
    .where(account.c.platform == bindparam("platform"), account.c.external_id == bindparam("external_id"))
)
_LOCK = _FIND.with_for_update(of=learner)
_NEW_LEARNER = insert(learner).values(created=bindparam("at")).returning(learner.c.id)
_NEW_ACCOUNT = insert(account)
_SEE = (
    update(account)
    .where(account.c.platform == bindparam("of_platform"), account.c.external_id == bindparam("of_id"))
    .values(name=bindparam("new_name"), seen=bindparam("at"))
)
_LOCK_ID = select(learner.c.id).where(learner.c.id == bindparam("of")).with_for_update()
_SET: dict[str, Update] = {
    name: update(learner).where(learner.c.id == bindparam("of")).values({name: bindparam("value")}) for name in SETTINGS
}


HOUSE = Learner(0, "", "", "", "", "", 0, 0, None, "", "")
"""Who speaks when the house does by itself: nobody with a row, so nothing can be kept for them."""


def arrive(connection: Connection, who: Account, now: datetime, meet: bool = True) -> Learner:
    """The learner behind an account. Their row is locked where others could write too.

    `meet`: whoever is new is made a learner; where it is not they who speak, HOUSE stands for who is unknown, and
    nothing is written down.
    """
    if not who.id:
        return HOUSE
    statement = _LOCK if connection.dialect.name == "postgresql" else _FIND
    found = connection.execute(statement, {"platform": who.platform, "external_id": who.id}).one_or_none()
    if found is None:
        return _meet(connection, who, clean(who.name or who.id)[:MAX_NAME], now) if meet else HOUSE
    name = clean(who.name)[:MAX_NAME] if meet and who.name else found.shown
    if meet and (found.shown != name or now - found.seen > SEEN_EVERY):
        connection.execute(_SEE, {"of_platform": who.platform, "of_id": who.id, "new_name": name, "at": now})
    if meet and found.nudged is not None:
        nudges.heard(connection, found.id)
    mine: dict[str, Any] = {setting: found._mapping[setting] for setting in SETTINGS}
    return Learner(found.id, **mine, shown=name)


def _meet(connection: Connection, who: Account, name: str, now: datetime) -> Learner:
    learner_id = connection.execute(_NEW_LEARNER, {"at": now}).scalar_one()
    row = {"platform": who.platform, "external_id": who.id, "learner_id": learner_id, "name": name}
    connection.execute(_NEW_ACCOUNT, {**row, "created": now, "seen": now})
    return Learner(learner_id, "", "", "", "", "", 20, 0, None, "", name)


def lock(connection: Connection, learner_id: int) -> None:
    """Lets nobody else write another learner's rows in this transaction; on SQLite nobody else writes anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK_ID, {"of": learner_id})


def change(connection: Connection, learner_id: int, setting: str, value: object) -> None:
    """Sets one of SETTINGS."""
    connection.execute(_SET[setting], {"of": learner_id, "value": value})

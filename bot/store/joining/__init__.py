"""Joining two learners: everything goes to the one whose account is older, and nothing counts twice."""

from sqlalchemy import Connection, bindparam, delete, func, select

from bot.store.joining.rules import RULES
from bot.store.joining.settings import settle
from bot.store.tables import Instant, account, learner

_AGES = (
    select(account.c.learner_id, func.min(account.c.created, type_=Instant))
    .where(account.c.learner_id.in_(bindparam("both", expanding=True)))
    .group_by(account.c.learner_id)
)
_DROP = delete(learner).where(learner.c.id == bindparam("goes"))


def join(connection: Connection, one: int, other: int) -> int:
    """Makes two learners one, in whichever order they are named; the id of the one who stays.

    Both rows must be locked (`learners.lock`). It happens wholly or not at all, with the transaction around it.
    """
    ages = connection.execute(_AGES, {"both": [one, other]}).all()
    stays = min((created, learner_id) for learner_id, created in ages)[1]
    goes = other if stays == one else one
    settle(connection, stays, goes)
    for rule in RULES.values():
        rule(connection, stays, goes)
    connection.execute(_DROP, {"goes": goes})
    return int(stays)

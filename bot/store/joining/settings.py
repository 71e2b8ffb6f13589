"""The settings of a joined learner: those of the older account where it chose, else those of the other."""

from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.store.learners import SETTINGS
from bot.store.tables import learner

UNCHOSEN = {"reviews": 20}
"""What a setting holds before it is chosen, where that is not nothing."""

_READ = select(learner.c.id, learner.c.created, *(learner.c[name] for name in SETTINGS)).where(
    learner.c.id.in_(bindparam("both", expanding=True))
)
_WRITE = (
    update(learner)
    .where(learner.c.id == bindparam("stays"))
    .values({name: bindparam(f"new_{name}") for name in ("created", *SETTINGS)})
)


def settle(connection: Connection, stays: int, goes: int) -> None:
    """Gives the learner who stays what they did not choose and the other one did."""
    rows = {row["id"]: row for row in connection.execute(_READ, {"both": [stays, goes]}).mappings()}
    mine, theirs = rows[stays], rows[goes]
    new = {name: (mine if _chosen(name, mine[name]) else theirs)[name] for name in SETTINGS}
    new["created"] = min(mine["created"], theirs["created"])
    connection.execute(_WRITE, {"stays": stays, **{f"new_{name}": value for name, value in new.items()}})


def _chosen(name: str, value: Any) -> bool:
    return bool(value) and value != UNCHOSEN.get(name)

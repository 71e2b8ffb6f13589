"""What is to be said elsewhere: rows that hold a Call's line, joined by key, claimed, sent and settled."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from bot.ask import Place
from bot.store.statements import insert_once
from bot.store.tables import outbox

LEASE = timedelta(seconds=120)
"""How long a claim holds: longer than any send, so that nobody else sends the same while one is under way."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claimed row: what is said where (`account`: in whose private chat, else ""), and how often it was tried."""

    id: int
    place: Place
    account: str
    line: str
    tries: int
    claim: str


_DUE = (
    select(
        outbox.c.id, outbox.c.platform, outbox.c.chat, outbox.c.thread, outbox.c.account, outbox.c.line, outbox.c.tries
    )
    .where(
        outbox.c.state == "waiting",
        outbox.c.due <= bindparam("now"),
        outbox.c.claimed_until <= bindparam("now"),
        outbox.c.platform.in_(bindparam("platforms", expanding=True)),
    )
    .order_by(outbox.c.due, outbox.c.id)
    .limit(bindparam("most"))
)
_DUE_ALONE = _DUE.with_for_update(skip_locked=True)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(claim=bindparam("by"), claimed_until=bindparam("until"), tries=outbox.c.tries + 1)
)
_MINE = (outbox.c.id == bindparam("of"), outbox.c.claim == bindparam("by"))
_SETTLE = update(outbox).where(*_MINE).values(state=bindparam("now_state"), why=bindparam("told"))
_WAIT = (
    update(outbox)
    .where(*_MINE)
    .values(due=bindparam("next"), claim="", claimed_until=bindparam("free"), why=bindparam("told"))
)


def post(
    connection: Connection, key: str, place: Place, account: str, line: str, now: datetime, learner_id: int | None
) -> bool:
    """Adds a row that is due at once; False where the key stands already. `account`: whose private chat, else ""."""
    row = {
        "key": key,
        "platform": place.platform,
        "chat": place.chat,
        "thread": place.thread,
        "account": account,
        "line": line,
        "due": now,
        "created": now,
        "learner_id": learner_id,
    }
    return connection.execute(insert_once(outbox, connection.dialect.name, "key"), row).rowcount == 1


def claim(connection: Connection, by: str, platforms: list[str], now: datetime, most: int) -> list[Row]:
    """Claims what is due on these platforms, oldest first; no row is handed to two claimers."""
    statement = _DUE_ALONE if connection.dialect.name == "postgresql" else _DUE
    rows = connection.execute(statement, {"now": now, "platforms": platforms, "most": most}).all()
    if rows:
        connection.execute(_CLAIM, {"ids": [row.id for row in rows], "by": by, "until": now + LEASE})
    return [
        Row(row.id, Place(row.platform, row.chat, row.thread), row.account, row.line, row.tries + 1, by) for row in rows
    ]


def settle(connection: Connection, row: Row, state: str, why: str = "") -> bool:
    """Ends a row as `sent`, `dropped` or `dead`; False where the claim is no longer this one's."""
    told = {"of": row.id, "by": row.claim, "now_state": state, "told": why[:200]}
    return connection.execute(_SETTLE, told).rowcount == 1


def wait(connection: Connection, row: Row, until: datetime, now: datetime, why: str) -> None:
    """Puts a row back, to be tried again at an instant."""
    told = {"of": row.id, "by": row.claim, "next": until, "free": now, "told": why[:200]}
    connection.execute(_WAIT, told)

"""What is to be said elsewhere: rows that hold a Call's line, joined by key, delivered after the transaction."""

from datetime import datetime

from sqlalchemy import Connection

from bot.ask import Place
from bot.store.statements import insert_once
from bot.store.tables import outbox


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

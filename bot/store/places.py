"""Places and accounts that can or can no longer be reached, and groups that moved to another address."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.ask import Account, Place
from bot.store.statements import upsert
from bot.store.tables import account, outbox, place

_PLACE = select(place.c.gone).where(place.c.platform == bindparam("of_platform"), place.c.chat == bindparam("of_chat"))
_ACCOUNT = select(account.c.gone).where(
    account.c.platform == bindparam("of_platform"), account.c.external_id == bindparam("of_id")
)
_BLOCK = (
    update(account)
    .where(account.c.platform == bindparam("of_platform"), account.c.external_id == bindparam("of_id"))
    .values(gone=bindparam("now_gone"))
)
_FORGET = delete(place).where(place.c.platform == bindparam("of_platform"), place.c.chat == bindparam("of_chat"))
_MOVE_OUTBOX = (
    update(outbox)
    .where(outbox.c.platform == bindparam("of_platform"), outbox.c.chat == bindparam("of_chat"))
    .values(chat=bindparam("to_chat"))
)


def gone(connection: Connection, where: Place, who: str) -> bool:
    """Whether a group, or the private chat of an account, can no longer be reached."""
    if where.private:
        row = connection.execute(_ACCOUNT, {"of_platform": where.platform, "of_id": who}).scalar()
    else:
        row = connection.execute(_PLACE, {"of_platform": where.platform, "of_chat": where.chat}).scalar()
    return bool(row)


def known(connection: Connection, where: Place) -> bool:
    """Whether the bot is in a group, as far as it was told."""
    found = connection.execute(_PLACE, {"of_platform": where.platform, "of_chat": where.chat}).scalar()
    return found is not None and not found


def mark(connection: Connection, where: Place, who: Account, is_gone: bool, now: datetime) -> None:
    """Notes that a group, or the private chat of an account, can be reached or not."""
    if where.private:
        row = {"of_platform": who.platform, "of_id": who.id, "now_gone": is_gone}
        connection.execute(_BLOCK, row)
        return
    statement = upsert(place, connection.dialect.name, "gone", "since")
    connection.execute(statement, {"platform": where.platform, "chat": where.chat, "gone": is_gone, "since": now})


def move(connection: Connection, where: Place, chat: str, now: datetime) -> None:
    """A group lives on under another id: what was to be said there goes to the new one."""
    row = {"of_platform": where.platform, "of_chat": where.chat}
    connection.execute(_MOVE_OUTBOX, {**row, "to_chat": chat})
    if connection.execute(_FORGET, row).rowcount:
        mark(connection, Place(where.platform, chat), Account(where.platform, ""), False, now)

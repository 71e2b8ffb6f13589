"""Places and accounts that can or can no longer be reached, and groups that moved to another address."""

from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, delete, select, update
from sqlalchemy.sql.dml import Update

from bot.ask import Account, Place
from bot.store import boards, forgetting, groups
from bot.store.statements import upsert
from bot.store.tables import account, brief, group, handed, member, outbox, place, quiz, taught

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
_MOVE_GROUPS = (
    update(group)
    .where(group.c.platform == bindparam("of_platform"), group.c.chat == bindparam("of_chat"))
    .values(chat=bindparam("to_chat"))
)
_NEWER = group.alias("newer")
_TWICE = (
    select(group.c.id, _NEWER.c.id)
    .join(_NEWER, (_NEWER.c.platform == group.c.platform) & (_NEWER.c.thread == group.c.thread))
    .where(
        group.c.platform == bindparam("of_platform"),
        group.c.chat == bindparam("of_chat"),
        _NEWER.c.chat == bindparam("to_chat"),
    )
)


def _carry(rows: Table, key: str) -> Update:
    """Hands rows of the newer of two groups to the older, but for those whose `key` stands there already."""
    older = rows.alias("older")
    there = select(older.c[key]).where(older.c.group_id == bindparam("of_group"))
    mine = (rows.c.group_id == bindparam("newer"), rows.c[key].not_in(there))
    return update(rows).where(*mine).values(group_id=bindparam("of_group"))


_CARRY = (
    _carry(member, "learner_id"),
    _carry(handed, "submission_id"),
    _carry(brief, "id"),
    _carry(quiz, "id"),
    _carry(taught, "topic"),
)
_SETTLE = (
    update(group)
    .where(group.c.id == bindparam("of_group"))
    .values(chat=bindparam("to_chat"), thread=bindparam("to_thread"))
)
_SETTLE_OUTBOX = (
    update(outbox)
    .where(
        outbox.c.platform == bindparam("of_platform"),
        outbox.c.chat == bindparam("of_chat"),
        outbox.c.thread == bindparam("of_thread"),
        outbox.c.state == "waiting",
    )
    .values(chat=bindparam("to_chat"), thread=bindparam("to_thread"))
)
_CLEAR_OUTBOX = delete(outbox).where(
    outbox.c.platform == bindparam("of_platform"),
    outbox.c.chat == bindparam("of_chat"),
    outbox.c.thread == bindparam("of_thread"),
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
    """A chat lives on under another id: its groups go there with all they have, and so does what was to be said."""
    row = {"of_platform": where.platform, "of_chat": where.chat}
    if chat == where.chat:
        return
    connection.execute(_MOVE_OUTBOX, {**row, "to_chat": chat})
    for older, newer in connection.execute(_TWICE, {**row, "to_chat": chat}).all():
        _unite(connection, older, newer)
    connection.execute(_MOVE_GROUPS, {**row, "to_chat": chat})
    if connection.execute(_FORGET, row).rowcount:
        mark(connection, Place(where.platform, chat), Account(where.platform, ""), False, now)


def settle(connection: Connection, of: groups.Group, there: groups.Group) -> None:
    """A group goes to the place of another one of its platform, and takes in what that one has."""
    to = {"to_chat": there.place.chat, "to_thread": there.place.thread}
    _unite(connection, of.id, there.id)
    connection.execute(_SETTLE, {"of_group": of.id, **to})
    connection.execute(_SETTLE_OUTBOX, {**_at(of.place), **to})


def clear(connection: Connection, where: Place) -> None:
    """Removes what was or is to be said in a place."""
    connection.execute(_CLEAR_OUTBOX, _at(where))


def _at(where: Place) -> dict[str, str]:
    return {"of_platform": where.platform, "of_chat": where.chat, "of_thread": where.thread}


def _unite(connection: Connection, older: int, newer: int) -> None:
    """Two rows are one group, because somebody spoke at the new id already: the older one stays."""
    for carry in _CARRY:
        connection.execute(carry, {"of_group": older, "newer": newer})
    forgetting.forget_groups(connection, [newer])
    if found := groups.by_id(connection, older):
        boards.recount(connection, found)

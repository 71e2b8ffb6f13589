"""Groups: places in which several people learn, and who belongs to them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, insert, select, update
from sqlalchemy.sql.dml import Update

from bot.ask import Place
from bot.store import boards
from bot.store.learners import SEEN_EVERY
from bot.store.statements import insert_once
from bot.store.tables import account, brief, group, member, outbox
from bot.weeks import custom

SETTINGS = ("name", "zone", "first_day", "goal", "paused", "setter_id", "mention", "next_topic", "since")


@dataclass(frozen=True, slots=True)
class Group:
    """A group. `first_day` of its week: Monday is 0, None goes by the custom of its zone. `goal`: topics a week, or 0.

    `setter_id`: the learner who set it up. `mention`: the role that a daily topic may call, or "". `next_topic`: chosen
    for the next daily topic, or "". `since`: when its boards were reset, else None. `muted`: whether whoever asks may
    hand nothing in here.
    """

    id: int
    place: Place
    name: str
    zone: str
    first_day: int | None
    goal: int
    paused: bool
    setter_id: int | None = None
    mention: str = ""
    next_topic: str = ""
    since: datetime | None = None
    muted: bool = False

    @property
    def week(self) -> int:
        """The first day of the week here."""
        return custom(self.zone) if self.first_day is None else self.first_day


_COLUMNS = (group.c.id, group.c.platform, group.c.chat, group.c.thread, *(group.c[name] for name in SETTINGS))
_HERE = (
    group.c.platform == bindparam("of_platform"),
    group.c.chat == bindparam("of_chat"),
    group.c.thread == bindparam("of_thread"),
)
_FIND = select(*_COLUMNS).where(*_HERE)
_ALL_OF_CHAT = select(*_COLUMNS).where(*_HERE[:2]).order_by(group.c.id)
_BY_ID = select(*_COLUMNS).where(group.c.id == bindparam("of_group"))
_FIND_WITH_ME = (
    select(*_COLUMNS, group.c.seen, member.c.account, member.c.away, member.c.muted)
    .select_from(group)
    .outerjoin(member, and_(member.c.group_id == group.c.id, member.c.learner_id == bindparam("learner")))
    .where(*_HERE)
)
_OF_LEARNER = (
    select(*_COLUMNS)
    .join_from(member, group)
    .where(member.c.learner_id == bindparam("of_learner"))
    .order_by(group.c.id)
)
_HOME = (
    select(group.c.thread)
    .join_from(group, brief, brief.c.group_id == group.c.id)
    .join(outbox, outbox.c.key == brief.c.key)
    .where(group.c.platform == bindparam("of_platform"), group.c.chat == bindparam("of_chat"))
    .where(outbox.c.landed == bindparam("of_thread"), group.c.thread != bindparam("of_thread"))
    .limit(1)
)
_LOCK = select(group.c.id).where(group.c.id == bindparam("of_group")).with_for_update(key_share=True)
_SEE = update(group).where(group.c.id == bindparam("of_group")).values(seen=bindparam("at"))
_SET: dict[str, Update] = {
    name: update(group).where(group.c.id == bindparam("of_group")).values({name: bindparam("value")})
    for name in SETTINGS
}
_JOIN = insert(member)
_MINE = (member.c.group_id == bindparam("of_group"), member.c.learner_id == bindparam("of_learner"))
_RETURN = update(member).where(*_MINE).values(away=False, account=bindparam("by"))
_MUTE = update(member).where(*_MINE).values(muted=bindparam("now_muted"))
_OF_CHAT = select(group.c.id).where(group.c.platform == bindparam("of_platform"), group.c.chat == bindparam("of_chat"))
_AWAY = (
    update(member)
    .where(
        member.c.learner_id == bindparam("of_learner"),
        member.c.account == bindparam("by"),
        member.c.group_id.in_(_OF_CHAT),
    )
    .values(away=bindparam("now_away"))
)
_NAMES = (
    select(member.c.learner_id, account.c.name, member.c.muted)
    .join_from(member, group)
    .join(account, and_(account.c.platform == group.c.platform, account.c.external_id == member.c.account))
    .where(member.c.group_id == bindparam("of_group"), ~member.c.away)
    .order_by(member.c.joined, member.c.learner_id)
    .limit(bindparam("most"))
)
_PRESENT = select(exists().where(*_MINE, ~member.c.away))


def arrive(connection: Connection, where: Place, learner_id: int, account_id: str, now: datetime) -> Group:
    """The group of a place, made when somebody first speaks there; who speaks belongs to it from then on.

    A thread that was opened to announce a group's project is a place of that group.
    """
    key = {"of_platform": where.platform, "of_chat": where.chat, "of_thread": where.thread}
    found = connection.execute(_FIND_WITH_ME, {**key, "learner": learner_id}).one_or_none()
    if found is None and (home := _home(connection, where)):
        return arrive(connection, home, learner_id, account_id, now)
    if found is None:
        row = {"platform": where.platform, "chat": where.chat, "thread": where.thread, "created": now, "seen": now}
        connection.execute(insert_once(group, connection.dialect.name, "platform", "chat", "thread"), row)
        found = connection.execute(_FIND_WITH_ME, {**key, "learner": learner_id}).one()
    if now - found.seen > SEEN_EVERY:
        connection.execute(_SEE, {"of_group": found.id, "at": now})
    made = _group(found, bool(found.muted))
    if found.account is None:
        row = {"group_id": made.id, "learner_id": learner_id, "account": account_id, "joined": now}
        connection.execute(_JOIN, row)
        boards.recount(connection, made, learner_id)
    elif found.away or found.account != account_id:
        connection.execute(_RETURN, {"of_group": made.id, "of_learner": learner_id, "by": account_id})
        boards.judge(connection, learner_id)
    return made


def find(connection: Connection, where: Place) -> Group | None:
    """The group of a place, or None where nobody spoke yet."""
    key = {"of_platform": where.platform, "of_chat": where.chat, "of_thread": where.thread}
    found = connection.execute(_FIND, key).one_or_none()
    if found is None and (home := _home(connection, where)):
        return find(connection, home)
    return _group(found) if found else None


def _home(connection: Connection, where: Place) -> Place | None:
    """Where the group is for which a thread was opened."""
    key = {"of_platform": where.platform, "of_chat": where.chat, "of_thread": where.thread}
    thread = connection.execute(_HOME, key).scalar() if where.thread else None
    return None if thread is None else replace(where, thread=thread)


def by_id(connection: Connection, group_id: int) -> Group | None:
    """The group of that id."""
    found = connection.execute(_BY_ID, {"of_group": group_id}).one_or_none()
    return _group(found) if found else None


def of_chat(connection: Connection, where: Place) -> list[Group]:
    """The groups of a chat, in all its threads."""
    here = {"of_platform": where.platform, "of_chat": where.chat}
    return [_group(row) for row in connection.execute(_ALL_OF_CHAT, here)]


def _group(row: Row[*tuple[Any, ...]], muted: bool = False) -> Group:
    place = Place(row.platform, row.chat, row.thread)
    settings: dict[str, Any] = {name: row._mapping[name] for name in SETTINGS}
    return Group(row.id, place, **settings, muted=muted)


def lock(connection: Connection, group_id: int) -> None:
    """Lets nobody else change the group in this transaction; on SQLite nobody else writes anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"of_group": group_id})


def change(connection: Connection, group_id: int, setting: str, value: object) -> None:
    """Sets one of SETTINGS. Whoever changes the zone or the first day has the board counted anew (boards.recount)."""
    connection.execute(_SET[setting], {"of_group": group_id, "value": value})


def recount(connection: Connection, learner_id: int) -> None:
    """Counts a learner's place on the boards of all their groups anew from the ledger."""
    for row in connection.execute(_OF_LEARNER, {"of_learner": learner_id}).all():
        boards.recount(connection, _group(row), learner_id)


def leave(connection: Connection, where: Place, learner_id: int, account_id: str, away: bool) -> None:
    """A learner left a chat with all its threads, or came back: they vanish from its boards, or stand there again.

    `account_id`: the one that did; whoever belongs to it by another account of theirs stays as they are.
    """
    here = {"of_platform": where.platform, "of_chat": where.chat}
    if connection.execute(_AWAY, {**here, "of_learner": learner_id, "by": account_id, "now_away": away}).rowcount:
        boards.judge(connection, learner_id)


def mute(connection: Connection, group_id: int, learner_id: int, muted: bool) -> bool:
    """Whether a member may hand in and cheer here no more; False where they are no member."""
    row = {"of_group": group_id, "of_learner": learner_id, "now_muted": muted}
    return connection.execute(_MUTE, row).rowcount > 0


def members(connection: Connection, group_id: int, most: int) -> list[tuple[int, str, bool]]:
    """The members who are here, in the order in which they came: id, their name there, whether they are muted."""
    return [(row[0], row[1], row[2]) for row in connection.execute(_NAMES, {"of_group": group_id, "most": most})]


def present(connection: Connection, group_id: int, learner_id: int) -> bool:
    """Whether a learner belongs to a group and has not left it."""
    return bool(connection.execute(_PRESENT, {"of_group": group_id, "of_learner": learner_id}).scalar())

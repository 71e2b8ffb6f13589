"""Groups: places in which several people learn, and who belongs to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, insert, select, update
from sqlalchemy.sql.dml import Update

from bot.ask import Place
from bot.store import boards
from bot.store.learners import SEEN_EVERY
from bot.store.statements import insert_once
from bot.store.tables import account, group, member
from bot.weeks import custom

SETTINGS = ("name", "zone", "first_day", "goal", "paused")


@dataclass(frozen=True, slots=True)
class Group:
    """A group. `first_day` of its week: Monday is 0, None goes by the custom of its zone. `goal`: topics a week, or 0.

    `muted`: whether whoever asks may hand nothing in here.
    """

    id: int
    place: Place
    name: str
    zone: str
    first_day: int | None
    goal: int
    paused: bool
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
_BY_ID = select(*_COLUMNS).where(group.c.id == bindparam("of_group"))
_FIND_WITH_ME = (
    select(*_COLUMNS, group.c.seen, member.c.account, member.c.away, member.c.muted)
    .select_from(group)
    .outerjoin(member, and_(member.c.group_id == group.c.id, member.c.learner_id == bindparam("learner")))
    .where(*_HERE)
)
_LOCK = select(group.c.id).where(group.c.id == bindparam("of_group")).with_for_update()
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
    .where(member.c.learner_id == bindparam("of_learner"), member.c.group_id.in_(_OF_CHAT))
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
    """The group of a place, made when somebody first speaks there; who speaks belongs to it from then on."""
    key = {"of_platform": where.platform, "of_chat": where.chat, "of_thread": where.thread}
    found = connection.execute(_FIND_WITH_ME, {**key, "learner": learner_id}).one_or_none()
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
    return _group(found) if found else None


def by_id(connection: Connection, group_id: int) -> Group | None:
    """The group of that id."""
    found = connection.execute(_BY_ID, {"of_group": group_id}).one_or_none()
    return _group(found) if found else None


def _group(row: Row[*tuple[Any, ...]], muted: bool = False) -> Group:
    place = Place(row.platform, row.chat, row.thread)
    return Group(row.id, place, row.name, row.zone, row.first_day, row.goal, row.paused, muted)


def lock(connection: Connection, group_id: int) -> None:
    """Lets nobody else change the group in this transaction; on SQLite nobody else writes anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"of_group": group_id})


def change(connection: Connection, group_id: int, setting: str, value: object) -> None:
    """Sets one of SETTINGS. Whoever changes the zone or the first day has the board counted anew (boards.recount)."""
    connection.execute(_SET[setting], {"of_group": group_id, "value": value})


def leave(connection: Connection, where: Place, learner_id: int, away: bool) -> None:
    """A learner left a chat with all its threads, or came back: they vanish from its boards, or stand there again."""
    row = {"of_platform": where.platform, "of_chat": where.chat, "of_learner": learner_id, "now_away": away}
    if connection.execute(_AWAY, row).rowcount:
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

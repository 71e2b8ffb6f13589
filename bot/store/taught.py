"""What a group was taught by its daily topics, and what its active members have done by themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, exists, func, select, update

from bot.learning.lesson import ACTIVE, Past, Taught
from bot.store.statements import upsert
from bot.store.tables import day, group, member, progress, taught

_TAUGHT = select(taught.c.topic, taught.c.at, taught.c.times).where(taught.c.group_id == bindparam("of_group"))
_ACTIVE = (
    member.c.group_id == bindparam("of_group"),
    ~member.c.away,
    exists().where(
        day.c.learner_id == member.c.learner_id, day.c.date >= bindparam("on"), day.c.last >= bindparam("since")
    ),
)
_COUNT = select(func.count()).select_from(member).where(*_ACTIVE)
_DONE = (
    select(progress.c.topic, func.count())
    .join_from(member, progress, progress.c.learner_id == member.c.learner_id)
    .where(*_ACTIVE, progress.c.state == "done")
    .group_by(progress.c.topic)
)
_USE_UP = (
    update(group)
    .where(group.c.id == bindparam("of_group"), group.c.next_topic == bindparam("of_choice"))
    .values(next_topic="")
)


def past(connection: Connection, group_id: int, renamed: Mapping[str, str], now: datetime) -> Past:
    """What a group has behind it. `renamed`: old ids of topics and what they are called now."""
    here = {"of_group": group_id}
    had: dict[str, Taught] = {}
    for stored, at, times in connection.execute(_TAUGHT, here):
        topic = renamed.get(stored, stored)
        before = had.get(topic, Taught(at, times))
        had[topic] = Taught(max(at, before.at), max(times, before.times))
    since = now - ACTIVE
    lately = {**here, "since": since, "on": since.date() - timedelta(days=2)}
    active = connection.execute(_COUNT, lately).scalar_one()
    done: dict[str, int] = {}
    for stored, count in connection.execute(_DONE, lately):
        topic = renamed.get(stored, stored)
        done[topic] = min(active, done.get(topic, 0) + count)
    return Past(had, done, active)


def teach(connection: Connection, group_id: int, topic: str, times: int, now: datetime, choice: str = "") -> None:
    """Notes that a group was taught a topic, for the `times`th time; `choice`, which was made for it, is used up."""
    row = {"group_id": group_id, "topic": topic, "at": now, "times": times}
    connection.execute(upsert(taught, connection.dialect.name, "at", "times"), row)
    if choice:
        connection.execute(_USE_UP, {"of_group": group_id, "of_choice": choice})

"""Progress: an append-only log of events, and the states and choices derived from it in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, insert, select

from bot.learning.path import Standing, State
from bot.store.statements import upsert
from bot.store.tables import choice, event, progress

RANK = {State.DONE: 3, State.SKIPPED: 2, State.LEARNING: 1}
"""Of a topic that was merged from several, the state that is worth most stands."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: the kind of event, its topic, and the group where it was a choice."""

    kind: str
    topic: str
    pick: str


_STATES = select(progress.c.topic, progress.c.state, progress.c.put_off, progress.c.at).where(
    progress.c.learner_id == bindparam("learner")
)
_CHOICES = select(choice.c.pick, choice.c.topic).where(
    choice.c.learner_id == bindparam("learner"), choice.c.roadmap == bindparam("roadmap")
)
_LOG = insert(event)
_later = event.alias("later")
_LAST = (
    select(event)
    .where(event.c.learner_id == bindparam("learner"), event.c.undoes.is_(None))
    .where(~exists().where(_later.c.undoes == event.c.id))
    .order_by(event.c.id.desc())
    .limit(1)
)
_LEAVE = delete(choice).where(
    choice.c.learner_id == bindparam("learner"),
    choice.c.roadmap == bindparam("roadmap"),
    choice.c.pick == bindparam("pick"),
)
_DROP = delete(progress).where(
    progress.c.learner_id == bindparam("learner"), progress.c.topic.in_(bindparam("old", expanding=True))
)


def standing(connection: Connection, learner_id: int, roadmap: str, renamed: Mapping[str, str]) -> Standing:
    """Where a learner stands. `renamed`: old ids of topics and what they are called now."""
    states: dict[str, State] = {}
    put_off: dict[str, datetime] = {}
    last: tuple[str, datetime | None] = ("", None)
    for row in connection.execute(_STATES, {"learner": learner_id}):
        topic = renamed.get(row.topic, row.topic)
        if row.state and RANK[State(row.state)] > RANK.get(states.get(topic, State.OPEN), 0):
            states[topic] = State(row.state)
        if row.put_off:
            put_off[topic] = row.put_off
        if row.state and (last[1] is None or row.at >= last[1]):
            last = (topic, row.at)
    found = connection.execute(_CHOICES, {"learner": learner_id, "roadmap": roadmap})
    choices = {row.pick: renamed.get(row.topic, row.topic) for row in found}
    return Standing(states, choices, put_off, last[0])


def move(
    connection: Connection,
    learner_id: int,
    topic: str,
    state: State,
    before: State | None,
    now: datetime,
    was: tuple[str, ...] = (),
) -> None:
    """Logs that a topic moved to a state, and moves it. `was`: its old ids, whose rows are taken over."""
    _log(connection, learner_id, state.value, topic, now, before=before or "")
    _put(connection, learner_id, topic, state, now)
    if was:
        connection.execute(_DROP, {"learner": learner_id, "old": was})


def put_off(connection: Connection, learner_id: int, topic: str, state: State | None, now: datetime) -> None:
    """Notes that a topic was put off; it keeps its state."""
    _log(connection, learner_id, "later", topic, now, before=state or "")
    _put(connection, learner_id, topic, state, now, put_off=now)


def choose(
    connection: Connection, learner_id: int, roadmap: str, pick: str, topic: str, before: str, now: datetime
) -> None:
    """Logs a choice in a pick-one group, and makes it."""
    _log(connection, learner_id, "choose", topic, now, before=before, pick=f"{roadmap}/{pick}")
    _choose(connection, learner_id, roadmap, pick, topic)


def undo(connection: Connection, learner_id: int, renamed: Mapping[str, str], now: datetime) -> Undone | None:
    """Takes the last event back that was not taken back yet: an event of its own. None where there is none."""
    last = connection.execute(_LAST, {"learner": learner_id}).one_or_none()
    if last is None:
        return None
    topic = renamed.get(last.topic, last.topic)
    _log(connection, learner_id, "undo", topic, now, pick=last.pick, undoes=last.id)
    roadmap, _, pick = last.pick.partition("/")
    if pick and last.before:
        _choose(connection, learner_id, roadmap, pick, last.before)
    elif pick:
        connection.execute(_LEAVE, {"learner": learner_id, "roadmap": roadmap, "pick": pick})
    else:
        _put(connection, learner_id, topic, State(last.before) if last.before else None, now)
        if topic != last.topic:
            connection.execute(_DROP, {"learner": learner_id, "old": (last.topic,)})
    return Undone(last.kind, topic, pick)


def _log(
    connection: Connection,
    learner_id: int,
    kind: str,
    topic: str,
    now: datetime,
    before: str = "",
    pick: str = "",
    undoes: int | None = None,
) -> None:
    row = {"learner_id": learner_id, "kind": kind, "topic": topic, "at": now}
    connection.execute(_LOG, {**row, "before": before, "pick": pick, "undoes": undoes})


def _put(
    connection: Connection,
    learner_id: int,
    topic: str,
    state: State | None,
    now: datetime,
    put_off: datetime | None = None,
) -> None:
    statement = upsert(progress, connection.dialect.name, "state", "put_off", "at")
    row = {"learner_id": learner_id, "topic": topic, "state": state or "", "put_off": put_off, "at": now}
    connection.execute(statement, row)


def _choose(connection: Connection, learner_id: int, roadmap: str, pick: str, topic: str) -> None:
    statement = upsert(choice, connection.dialect.name, "topic")
    connection.execute(statement, {"learner_id": learner_id, "roadmap": roadmap, "pick": pick, "topic": topic})

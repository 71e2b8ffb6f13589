"""Progress: an append-only log of events, and the states and choices derived from it in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, bindparam, delete, exists, insert, select, type_coerce

from bot.learning.path import Standing, State
from bot.store import days
from bot.store.statements import upsert
from bot.store.tables import choice, event, progress

BATCH = 300
"""Steps that may be moved together: more than there are topics."""

STATES = {state.value: state for state in (State.DONE, State.SKIPPED, State.LEARNING)}
RANK = {"done": 3, "skipped": 2, "learning": 1, "": 0}
"""Of a topic that was merged from several, the state that is worth most stands."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: the kind of event, its topic, and the group where it was a choice."""

    kind: str
    topic: str
    pick: str


_STATES = select(progress.c.topic, progress.c.state, progress.c.put_off, type_coerce(progress.c.at, BigInteger)).where(
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
    .limit(bindparam("most"))
)
_LEAVE = delete(choice).where(
    choice.c.learner_id == bindparam("learner"),
    choice.c.roadmap == bindparam("roadmap"),
    choice.c.pick == bindparam("pick"),
)
_FINISHED = (
    select(event.c.topic)
    .where(event.c.learner_id == bindparam("learner"), event.c.kind == "done", event.c.at >= bindparam("since"))
    .where(~exists().where(_later.c.undoes == event.c.id))
    .order_by(event.c.id)
    .limit(BATCH)
)
_DROP = delete(progress).where(
    progress.c.learner_id == bindparam("learner"), progress.c.topic.in_(bindparam("old", expanding=True))
)


def standing(connection: Connection, learner_id: int, roadmap: str, renamed: Mapping[str, str]) -> Standing:
    """Where a learner stands. `renamed`: old ids of topics and what they are called now."""
    states: dict[str, str] = {}
    put_off: dict[str, datetime] = {}
    last, last_at = "", 0
    for stored, state, put, at in connection.execute(_STATES, {"learner": learner_id}).all():
        topic = renamed.get(stored, stored)
        if put:
            put_off[topic] = put
        if RANK[state] > RANK[states.get(topic, "")]:
            states[topic] = state
        if state and at >= last_at:
            last, last_at = topic, at
    chosen = connection.execute(_CHOICES, {"learner": learner_id, "roadmap": roadmap}).all()
    choices = {pick: renamed.get(topic, topic) for pick, topic in chosen}
    return Standing({topic: STATES[state] for topic, state in states.items()}, choices, put_off, last)


def move(
    connection: Connection,
    learner_id: int,
    topic: str,
    state: State,
    before: State | None,
    now: datetime,
    was: tuple[str, ...] = (),
    *,
    day: date | None = None,
    batch: str = "",
) -> None:
    """Logs that a topic moved to a state, and moves it.

    `was`: its old ids, whose rows are taken over. `day`: the local day for which it counts as activity, if it does.
    `batch`: what is undone together.
    """
    _log(connection, learner_id, state.value, topic, now, before=before or "", day=day, batch=batch)
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


def finished_since(connection: Connection, learner_id: int, since: datetime) -> list[str]:
    """The topics done since an instant, in order, each once."""
    return list(dict.fromkeys(connection.execute(_FINISHED, {"learner": learner_id, "since": since}).scalars()))


def undo(connection: Connection, learner_id: int, renamed: Mapping[str, str], now: datetime) -> list[Undone]:
    """Takes the last step back that was not taken back yet, by events of their own; what was moved together, together.

    Empty where there is nothing to take back.
    """
    last = connection.execute(_LAST, {"learner": learner_id, "most": 1}).all()
    if last and last[0].batch:
        rows = connection.execute(_LAST, {"learner": learner_id, "most": BATCH}).all()
        last = [row for row in rows if row.batch == last[0].batch]
    return [_undo(connection, row, renamed, now) for row in last]


def _undo(connection: Connection, row: Row[Any], renamed: Mapping[str, str], now: datetime) -> Undone:
    topic = renamed.get(row.topic, row.topic)
    _log(connection, row.learner_id, "undo", topic, now, pick=row.pick, undoes=row.id)
    roadmap, _, pick = row.pick.partition("/")
    if pick and row.before:
        _choose(connection, row.learner_id, roadmap, pick, row.before)
    elif pick:
        connection.execute(_LEAVE, {"learner": row.learner_id, "roadmap": roadmap, "pick": pick})
    else:
        _put(connection, row.learner_id, topic, State(row.before) if row.before else None, now)
        if topic != row.topic:
            connection.execute(_DROP, {"learner": row.learner_id, "old": (row.topic,)})
    if row.day:
        days.unmark(connection, row.learner_id, row.day)
    return Undone(row.kind, topic, pick)


def _log(
    connection: Connection,
    learner_id: int,
    kind: str,
    topic: str,
    now: datetime,
    before: str = "",
    pick: str = "",
    undoes: int | None = None,
    day: date | None = None,
    batch: str = "",
) -> None:
    row = {"learner_id": learner_id, "kind": kind, "topic": topic, "at": now, "day": day, "batch": batch}
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

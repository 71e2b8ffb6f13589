"""Rounds: a quiz that a group answers together, who plays, and what each one's answers came to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    select,
    type_coerce,
    update,
)

from bot.learning.ranking import Played
from bot.store.learners import SEEN_EVERY
from bot.store.quizzes import COLUMNS, Quiz, quiz_of
from bot.store.tables import account, answer, group, learner, member, outbox, quiz, showing

KIND = "round"
LATELY = 2 * SEEN_EVERY
"""Whoever was about in the last day was seen within this time, as seldom as that is written down."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A question of a round as it stands in the group, since when."""

    id: int
    question: str
    topic: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """How many have answered a question, and how many of them rightly."""

    answered: int
    right: int


_HERE = quiz.c.group_id == bindparam("of_group")
_RUNNING = select(*COLUMNS).where(_HERE, quiz.c.open).order_by(quiz.c.id.desc()).limit(1)
_FIND = select(*COLUMNS).where(_HERE, quiz.c.id == bindparam("of_quiz"))
_BEGIN = insert(quiz).returning(quiz.c.id)
_SHOWN = select(showing.c.id, showing.c.question, showing.c.topic, showing.c.at).where(
    showing.c.quiz_id == bindparam("of_quiz"), showing.c.number == bindparam("of_number")
)
_SHOW_AGAIN = update(showing).where(showing.c.id == bindparam("of_showing")).values(at=bindparam("shown_at"))
_LOCK = select(showing.c.id).where(showing.c.id == bindparam("of_showing")).with_for_update(key_share=True)
_COUNT = select(func.count(), func.coalesce(func.sum(case((answer.c.right, 1), else_=0)), 0)).where(
    answer.c.showing_id == bindparam("of_showing")
)

_given = answer.alias("given")
_EARLIER = and_(
    showing.c.quiz_id == bindparam("of_quiz"),
    showing.c.number < bindparam("of_number"),
    _given.c.showing_id == showing.c.id,
)


def _silent(who: ColumnElement[int]) -> ColumnElement[bool]:
    """They have not answered the question that stands."""
    return ~exists().where(answer.c.showing_id == bindparam("of_showing"), answer.c.learner_id == who)


_PRESENT = (
    exists()
    .where(member.c.group_id == bindparam("of_group"), ~member.c.away, _silent(member.c.learner_id))
    .where(account.c.learner_id == member.c.learner_id, account.c.external_id == member.c.account)
    .where(account.c.seen >= bindparam("since"))
)
_PLAYING = exists().where(_EARLIER, _silent(_given.c.learner_id))
_AWAITED = select(case((exists().where(_EARLIER), _PLAYING), else_=_PRESENT))

_VISIBLE = (
    select(answer.c.learner_id)
    .join_from(answer, showing)
    .join(member, and_(member.c.learner_id == answer.c.learner_id, member.c.group_id == bindparam("of_group")))
    .join(learner, learner.c.id == answer.c.learner_id)
    .join(group, group.c.id == member.c.group_id)
    .outerjoin(account, and_(account.c.platform == group.c.platform, account.c.external_id == member.c.account))
    .where(~member.c.away, learner.c.board != "hidden")
)
_NAME = func.coalesce(func.nullif(learner.c.name, ""), func.nullif(account.c.name, ""), member.c.account)
_RIGHT = (
    _VISIBLE.with_only_columns(_NAME)
    .where(answer.c.showing_id == bindparam("of_showing"), answer.c.right)
    .order_by(answer.c.at, answer.c.learner_id)
    .limit(bindparam("most"))
)
_TOOK = type_coerce(answer.c.at, BigInteger) - type_coerce(showing.c.at, BigInteger)
_PLAYED = (
    _VISIBLE.with_only_columns(
        answer.c.learner_id,
        _NAME,
        func.sum(case((answer.c.right, 1), else_=0)),
        func.sum(case((and_(answer.c.right, _TOOK > 0), _TOOK), else_=0)),
    )
    .where(showing.c.quiz_id == bindparam("of_quiz"))
    .group_by(answer.c.learner_id, _NAME)
)
_STARTER = (
    select(_NAME)
    .join_from(quiz, member, and_(member.c.learner_id == quiz.c.learner_id, member.c.group_id == quiz.c.group_id))
    .join(learner, learner.c.id == member.c.learner_id)
    .join(group, group.c.id == member.c.group_id)
    .outerjoin(account, and_(account.c.platform == group.c.platform, account.c.external_id == member.c.account))
    .where(_HERE, quiz.c.id == bindparam("of_quiz"))
)
_WAITING = (outbox.c.key == bindparam("of_key"), outbox.c.state == "waiting")
_WAITS = select(exists().where(*_WAITING))
_SET_DUE = update(outbox).where(*_WAITING).values(due=bindparam("next_due"))
_REST = update(outbox).where(*_WAITING).values(due=bindparam("next_due"), claim="", claimed_until=bindparam("next_due"))


def running(connection: Connection, group_id: int) -> Quiz | None:
    """The round that runs in a group."""
    row = connection.execute(_RUNNING, {"of_group": group_id}).one_or_none()
    return quiz_of(row) if row else None


def find(connection: Connection, group_id: int, quiz_id: int) -> Quiz | None:
    """A round of a group by its id."""
    row = connection.execute(_FIND, {"of_group": group_id, "of_quiz": quiz_id}).one_or_none()
    return quiz_of(row) if row else None


def begin(
    connection: Connection, group_id: int, learner_id: int, topic: str, questions: Sequence[str], now: datetime
) -> Quiz:
    """Begins a round; whoever does so has locked the group, so that there is one."""
    row = {"learner_id": learner_id, "kind": KIND, "topic": topic, "questions": json.dumps(questions), "at": 0}
    quiz_id = connection.execute(_BEGIN, {**row, "open": True, "begun": now, "group_id": group_id}).scalar_one()
    return Quiz(quiz_id, learner_id, KIND, topic, tuple(questions), 0, True, group_id)


def shown(connection: Connection, quiz_id: int, number: int) -> Shown | None:
    """The `number`th question of a round, once it was shown."""
    row = connection.execute(_SHOWN, {"of_quiz": quiz_id, "of_number": number}).one_or_none()
    return Shown(*row) if row else None


def show_again(connection: Connection, showing_id: int, now: datetime) -> None:
    """A question could not be shown when it should have been: its time begins now."""
    connection.execute(_SHOW_AGAIN, {"of_showing": showing_id, "shown_at": now})


def lock(connection: Connection, showing_id: int) -> None:
    """Lets those who answer at once see each other's answers, one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"of_showing": showing_id})


def count(connection: Connection, showing_id: int) -> Count:
    """How many have answered a question."""
    answered, right = connection.execute(_COUNT, {"of_showing": showing_id}).one()
    return Count(answered, int(right))


def awaited(connection: Connection, group_id: int, quiz_id: int, number: int, showing_id: int, now: datetime) -> bool:
    """Whether somebody who plays has still to answer: who has answered before in this round, else who is about."""
    row = {"of_group": group_id, "of_quiz": quiz_id, "of_number": number, "of_showing": showing_id}
    return bool(connection.execute(_AWAITED, {**row, "since": now - LATELY}).scalar())


def right(connection: Connection, group_id: int, showing_id: int, most: int) -> list[str]:
    """The names of those who were right, the quickest first; not of those who hide or have left."""
    row = {"of_group": group_id, "of_showing": showing_id, "most": most}
    return list(connection.execute(_RIGHT, row).scalars())


def played(connection: Connection, group_id: int, quiz_id: int) -> list[Played]:
    """What each one's answers came to; not of those who hide or have left."""
    rows = connection.execute(_PLAYED, {"of_group": group_id, "of_quiz": quiz_id})
    return [Played(who, name, int(right), int(took) / 1_000_000) for who, name, right, took in rows]


def starter(connection: Connection, group_id: int, quiz_id: int) -> str | None:
    """The name of whoever began a round; None where they were forgotten."""
    return connection.execute(_STARTER, {"of_group": group_id, "of_quiz": quiz_id}).scalar_one_or_none()


def waits(connection: Connection, key: str) -> bool:
    """Whether a row of the outbox is still to be sent."""
    return bool(connection.execute(_WAITS, {"of_key": key}).scalar())


def set_due(connection: Connection, key: str, due: datetime) -> None:
    """What waits in the outbox under a key is due at another instant."""
    connection.execute(_SET_DUE, {"of_key": key, "next_due": due})


def rest(connection: Connection, key: str, until: datetime) -> None:
    """What is being answered under a key comes back later: whoever claimed it has it no more."""
    connection.execute(_REST, {"of_key": key, "next_due": until})

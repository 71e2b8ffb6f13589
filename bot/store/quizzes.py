"""Quizzes: what is asked, each showing of a question, and each learner's one answer to it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, insert, select, update

from bot.store.statements import insert_once
from bot.store.tables import answer, quiz, showing


@dataclass(frozen=True, slots=True)
class Quiz:
    """A learner's quiz: its kind (quiz, review, placement), its topic ("" if mixed), its questions, and where it is.

    `learner_id`: None where whoever began it was forgotten. `group_id`: where all answer it together, a round.
    """

    id: int
    learner_id: int | None
    kind: str
    topic: str
    questions: tuple[str, ...]
    at: int
    open: bool
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """A question as it was shown once: the `number`th of a quiz."""

    id: int
    number: int
    question: str
    topic: str
    quiz: Quiz


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it was given."""

    question: str
    topic: str
    right: bool


COLUMNS = (
    quiz.c.id,
    quiz.c.learner_id,
    quiz.c.kind,
    quiz.c.topic,
    quiz.c.questions,
    quiz.c.at,
    quiz.c.open,
    quiz.c.group_id,
)
_MINE = (quiz.c.learner_id == bindparam("learner"), quiz.c.group_id.is_(None))
_LATEST = select(*COLUMNS).where(*_MINE).order_by(quiz.c.id.desc()).limit(1)
_BY_ID = select(*COLUMNS).where(*_MINE, quiz.c.id == bindparam("of_quiz"))
_BEGIN = insert(quiz).returning(quiz.c.id)
_GO_ON = (
    update(quiz)
    .where(quiz.c.id == bindparam("of_quiz"))
    .values(at=bindparam("now_at"), open=bindparam("now_open"), questions=bindparam("now_questions"))
)
_LEAVE = update(quiz).where(*_MINE, quiz.c.open).values(open=False)
_SHOW = insert(showing).returning(showing.c.id)
_SHOWING = (
    select(showing.c.id, showing.c.number, showing.c.question, showing.c.topic, *COLUMNS)
    .join_from(showing, quiz)
    .where(showing.c.id == bindparam("of_showing"))
)
_SHOWN = select(showing.c.id).where(
    showing.c.quiz_id == bindparam("of_quiz"), showing.c.number == bindparam("of_number")
)
_ANSWERED = select(exists().where(answer.c.learner_id == bindparam("learner"), answer.c.showing_id == bindparam("of")))
_GIVEN = (
    select(answer.c.question, answer.c.topic, answer.c.right)
    .join_from(answer, showing)
    .where(showing.c.quiz_id == bindparam("of_quiz"), answer.c.learner_id == bindparam("learner"))
    .order_by(showing.c.number)
)
_LATELY = (
    select(answer.c.right)
    .where(answer.c.learner_id == bindparam("learner"), answer.c.topic == bindparam("of_topic"))
    .order_by(answer.c.showing_id.desc())
    .limit(bindparam("most"))
)
_REVIEWED = (
    select(func.count())
    .select_from(answer)
    .join(showing, showing.c.id == answer.c.showing_id)
    .join(quiz, quiz.c.id == showing.c.quiz_id)
    .where(answer.c.learner_id == bindparam("learner"), answer.c.day == bindparam("on"), quiz.c.kind == "review")
)


def begin(connection: Connection, learner_id: int, kind: str, topic: str, questions: list[str], now: datetime) -> Quiz:
    """Begins a quiz; the one that was open is left."""
    connection.execute(_LEAVE, {"learner": learner_id})
    row = {"learner_id": learner_id, "kind": kind, "topic": topic, "questions": json.dumps(questions)}
    quiz_id = connection.execute(_BEGIN, {**row, "at": 0, "open": True, "begun": now}).scalar_one()
    return Quiz(quiz_id, learner_id, kind, topic, tuple(questions), 0, True)


def latest(connection: Connection, learner_id: int) -> Quiz | None:
    """The quiz of their own that was begun last."""
    row = connection.execute(_LATEST, {"learner": learner_id}).one_or_none()
    return quiz_of(row) if row else None


def find(connection: Connection, learner_id: int, quiz_id: int) -> Quiz | None:
    """A learner's own quiz by its id."""
    row = connection.execute(_BY_ID, {"learner": learner_id, "of_quiz": quiz_id}).one_or_none()
    return quiz_of(row) if row else None


def quiz_of(row: Sequence[Any]) -> Quiz:
    """The quiz of a row of COLUMNS."""
    quiz_id, learner_id, kind, topic, questions, at, is_open, group_id = row
    return Quiz(quiz_id, learner_id, kind, topic, tuple(json.loads(questions)), at, is_open, group_id)


def go_on(connection: Connection, of: Quiz, at: int, open_: bool, questions: tuple[str, ...]) -> None:
    """Moves a quiz to its question number `at`, or ends it."""
    row = {"of_quiz": of.id, "now_at": at, "now_open": open_, "now_questions": json.dumps(questions)}
    connection.execute(_GO_ON, row)


def leave(connection: Connection, learner_id: int) -> bool:
    """Leaves the open quiz; False where there is none. It may be resumed."""
    return connection.execute(_LEAVE, {"learner": learner_id}).rowcount > 0


def show(connection: Connection, of: Quiz, number: int, question: str, topic: str, now: datetime) -> int:
    """The id of a quiz's `number`th showing, the same however often it is shown."""
    found = connection.execute(_SHOWN, {"of_quiz": of.id, "of_number": number}).scalar_one_or_none()
    if found is not None:
        return int(found)
    row = {"quiz_id": of.id, "number": number, "question": question, "topic": topic, "at": now}
    return int(connection.execute(_SHOW, row).scalar_one())


def showing_of(connection: Connection, showing_id: int) -> Showing | None:
    """A showing with its quiz."""
    row = connection.execute(_SHOWING, {"of_showing": showing_id}).one_or_none()
    return Showing(row[0], row[1], row[2], row[3], quiz_of(row[4:])) if row else None


def give(
    connection: Connection, learner_id: int, of: Showing, choice: int, right: bool, on: date, now: datetime
) -> bool:
    """Gives an answer; False where this learner has answered this showing before."""
    row = {"learner_id": learner_id, "showing_id": of.id, "question": of.question, "topic": of.topic}
    statement = insert_once(answer, connection.dialect.name, "learner_id", "showing_id")
    return bool(connection.execute(statement, {**row, "choice": choice, "right": right, "day": on, "at": now}).rowcount)


def answered(connection: Connection, learner_id: int, showing_id: int) -> bool:
    """Whether this learner has answered a showing."""
    return bool(connection.execute(_ANSWERED, {"learner": learner_id, "of": showing_id}).scalar())


def given(connection: Connection, learner_id: int, quiz_id: int) -> list[Answered]:
    """A learner's answers in a quiz, in order."""
    rows = connection.execute(_GIVEN, {"learner": learner_id, "of_quiz": quiz_id})
    return [Answered(*row) for row in rows]


def lately(connection: Connection, learner_id: int, topic: str, most: int) -> list[bool]:
    """Whether the last answers on a topic were right, newest first."""
    return list(connection.execute(_LATELY, {"learner": learner_id, "of_topic": topic, "most": most}).scalars())


def reviewed_on(connection: Connection, learner_id: int, on: date) -> int:
    """Answers given in reviews on a local day."""
    return int(connection.execute(_REVIEWED, {"learner": learner_id, "on": on}).scalar_one())

"""What a learner remembers of each question, and which topics a quiz has shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from bot.learning.draw import Seen
from bot.learning.memory import Memory
from bot.store.statements import insert_once, upsert
from bot.store.tables import Instant, memory, shown


@dataclass(frozen=True, slots=True)
class Known:
    """A question in memory, its topic, whether the last answer was right, and how many ever were."""

    question: str
    topic: str
    memory: Memory
    right: bool
    rights: int

    @property
    def seen(self) -> Seen:
        """What drawing questions needs of it."""
        return Seen(self.memory, self.right)


_ALL = select(
    memory.c.question,
    memory.c.topic,
    memory.c.stability,
    memory.c.difficulty,
    memory.c.due,
    memory.c.last,
    memory.c.right,
    memory.c.rights,
).where(memory.c.learner_id == bindparam("learner"))
_DUE = _ALL.where(memory.c.due < bindparam("before"))
_NEXT = select(func.min(memory.c.due, type_=Instant)).where(memory.c.learner_id == bindparam("learner"))
_OF = _ALL.where(memory.c.topic.in_(bindparam("topics", expanding=True)))
_SHOWN = select(shown.c.topic, shown.c.day, shown.c.confirmed).where(shown.c.learner_id == bindparam("learner"))
_CONFIRM = (
    update(shown)
    .where(shown.c.learner_id == bindparam("learner"), shown.c.topic == bindparam("of_topic"))
    .values(confirmed=True)
)


def read(connection: Connection, learner_id: int, topics: Collection[str] | None = None) -> dict[str, Known]:
    """What is in memory by question, of some topics or of all."""
    if topics is None:
        rows = connection.execute(_ALL, {"learner": learner_id})
    else:
        rows = connection.execute(_OF, {"learner": learner_id, "topics": sorted(topics)})
    return {row[0]: _known(row) for row in rows}


def due(connection: Connection, learner_id: int, before: datetime) -> dict[str, Known]:
    """What is in memory by question and falls due before an instant."""
    return {row[0]: _known(row) for row in connection.execute(_DUE, {"learner": learner_id, "before": before})}


def next_due(connection: Connection, learner_id: int) -> datetime | None:
    """When the next question falls due; None where nothing is in memory."""
    return connection.execute(_NEXT, {"learner": learner_id}).scalar_one_or_none()


def _known(row: Sequence[Any]) -> Known:
    question, topic, stability, difficulty, due, last, right, rights = row
    return Known(question, topic, Memory(stability, difficulty, due, last), right, rights)


def write(connection: Connection, learner_id: int, known: Known) -> None:
    """Puts a question's memory in place of the one before."""
    statement = upsert(
        memory, connection.dialect.name, "topic", "stability", "difficulty", "due", "last", "right", "rights"
    )
    row = {
        "learner_id": learner_id,
        "question": known.question,
        "topic": known.topic,
        "stability": known.memory.stability,
        "difficulty": known.memory.difficulty,
        "due": known.memory.due,
        "last": known.memory.last,
        "right": known.right,
        "rights": known.rights,
    }
    connection.execute(statement, row)


def shown_topics(connection: Connection, learner_id: int) -> Mapping[str, tuple[date, bool]]:
    """Topics shown by quiz: on which day, and whether a later day confirmed it."""
    return {row.topic: (row.day, row.confirmed) for row in connection.execute(_SHOWN, {"learner": learner_id})}


def show(connection: Connection, learner_id: int, topic: str, on: date) -> bool:
    """Notes that a topic was shown by quiz; False where it was before."""
    row = {"learner_id": learner_id, "topic": topic, "day": on, "confirmed": False}
    return bool(connection.execute(insert_once(shown, connection.dialect.name, "learner_id", "topic"), row).rowcount)


def confirm(connection: Connection, learner_id: int, topic: str) -> None:
    """Notes that a review on a later day confirmed a topic."""
    connection.execute(_CONFIRM, {"learner": learner_id, "of_topic": topic})

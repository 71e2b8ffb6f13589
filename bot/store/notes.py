"""A learner's own notes, one a topic."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.store.statements import upsert
from bot.store.tables import note

_READ = select(note.c.text).where(note.c.learner_id == bindparam("learner"), note.c.topic == bindparam("of"))
_DROP = delete(note).where(note.c.learner_id == bindparam("learner"), note.c.topic == bindparam("of"))


def read(connection: Connection, learner_id: int, topic: str) -> str:
    """The note on a topic, or ""."""
    return connection.execute(_READ, {"learner": learner_id, "of": topic}).scalar() or ""


def write(connection: Connection, learner_id: int, topic: str, text: str, now: datetime) -> None:
    """Puts a note in place of the one before."""
    statement = upsert(note, connection.dialect.name, "text", "at")
    connection.execute(statement, {"learner_id": learner_id, "topic": topic, "text": text, "at": now})


def drop(connection: Connection, learner_id: int, topic: str) -> None:
    """Removes a note."""
    connection.execute(_DROP, {"learner": learner_id, "of": topic})

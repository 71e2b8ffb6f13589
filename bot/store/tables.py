"""The tables. Instants are kept as whole microseconds since 1970, in UTC, the same on every database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """A datetime with an offset, kept as an integer so that order and arithmetic are the same everywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To microseconds."""
        return None if value is None else (value - _START) // _MICRO

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """To a datetime in UTC."""
        return None if value is None else _START + value * _MICRO


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(column_0_label)s",
    }
)

Serial = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column of exactly this type."""


def _learner(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "learner_id", Serial, ForeignKey("learner.id", ondelete="CASCADE"), primary_key=primary_key, nullable=False
    )


learner = Table(
    "learner",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("created", Instant, nullable=False),
    Column("zone", String(64), nullable=False, server_default=""),
    Column("name", String(64), nullable=False, server_default=""),
    Column("depth", String(16), nullable=False, server_default=""),
    Column("roadmap", String(64), nullable=False, server_default=""),
    Column("route", String(64), nullable=False, server_default=""),
    Column("reviews", Integer, nullable=False, server_default="20"),
    Column("hours", Integer, nullable=False, server_default="0"),
    Column("goal", Date),
)

account = Table(
    "account",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("external_id", String(128), primary_key=True),
    _learner(),
    Column("name", String(64), nullable=False),
    Column("created", Instant, nullable=False),
    Column("gone", Boolean, nullable=False, server_default=false()),
    Index("ix_account_learner", "learner_id"),
)

event = Table(
    "event",
    metadata,
    Column("id", Serial, primary_key=True),
    _learner(),
    Column("kind", String(16), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("pick", String(64), nullable=False, server_default=""),
    Column("before", String(64), nullable=False, server_default=""),
    Column("undoes", Serial, unique=True),
    Column("at", Instant, nullable=False),
    Column("day", Date),
    Column("batch", String(32), nullable=False, server_default=""),
    Index("ix_event_learner", "learner_id", "id"),
)

progress = Table(
    "progress",
    metadata,
    _learner(primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("state", String(16), nullable=False, server_default=""),
    Column("put_off", Instant),
    Column("at", Instant, nullable=False),
)

choice = Table(
    "choice",
    metadata,
    _learner(primary_key=True),
    Column("roadmap", String(64), primary_key=True),
    Column("pick", String(64), primary_key=True),
    Column("topic", String(64), nullable=False),
)

day = Table(
    "day",
    metadata,
    _learner(primary_key=True),
    Column("date", Date, primary_key=True),
    Column("first", Instant, nullable=False, server_default="0"),
    Column("last", Instant, nullable=False, server_default="0"),
    Column("zone", String(64), nullable=False, server_default=""),
    Column("count", Integer, nullable=False, server_default="1"),
)

memory = Table(
    "memory",
    metadata,
    _learner(primary_key=True),
    Column("question", String(64), primary_key=True),
    Column("topic", String(64), nullable=False),
    Column("stability", Double, nullable=False),
    Column("difficulty", Double, nullable=False),
    Column("due", Instant, nullable=False),
    Column("last", Instant, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("rights", Integer, nullable=False),
    Index("ix_memory_topic", "learner_id", "topic"),
)

quiz = Table(
    "quiz",
    metadata,
    Column("id", Serial, primary_key=True),
    _learner(),
    Column("kind", String(16), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("questions", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("begun", Instant, nullable=False),
    Index("ix_quiz_learner", "learner_id", "id"),
    Index("ix_quiz_open", "learner_id", "open"),
)

showing = Table(
    "showing",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("quiz_id", Serial, ForeignKey("quiz.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("question", String(64), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("quiz_id", "number"),
)

answer = Table(
    "answer",
    metadata,
    _learner(primary_key=True),
    Column("showing_id", Serial, ForeignKey("showing.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String(64), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("choice", Integer, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_answer_showing", "showing_id"),
    Index("ix_answer_topic", "learner_id", "topic", "showing_id"),
    Index("ix_answer_day", "learner_id", "day"),
)

points = Table(
    "points",
    metadata,
    _learner(primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("reason", String(16), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_points_day", "learner_id", "day"),
)

shown = Table(
    "shown",
    metadata,
    _learner(primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("day", Date, nullable=False),
    Column("confirmed", Boolean, nullable=False),
)

note = Table(
    "note",
    metadata,
    _learner(primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

keep = Table(
    "keep",
    metadata,
    Column("space", String(64), primary_key=True),
    Column("key", String(256), primary_key=True),
    Column("value", Text, nullable=False),
    Column("until", Instant, nullable=False),
    Column("learner_id", Serial, ForeignKey("learner.id", ondelete="CASCADE")),
    Index("ix_keep_until", "until"),
    Index("ix_keep_learner", "learner_id"),
)

place = Table(
    "place",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("chat", String(128), primary_key=True),
    Column("gone", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("key", String(256), nullable=False, unique=True),
    Column("platform", String(32), nullable=False),
    Column("chat", String(128), nullable=False),
    Column("thread", String(128), nullable=False),
    Column("account", String(128), nullable=False),
    Column("line", Text, nullable=False),
    Column("due", Instant, nullable=False),
    Column("created", Instant, nullable=False),
    Column("learner_id", Serial, ForeignKey("learner.id", ondelete="CASCADE")),
    Column("state", String(8), nullable=False, server_default="waiting"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("claim", String(32), nullable=False, server_default=""),
    Column("claimed_until", Instant, nullable=False, server_default="0"),
    Column("why", String(200), nullable=False, server_default=""),
    Index("ix_outbox_due", "state", "due"),
    Index("ix_outbox_learner", "learner_id"),
)

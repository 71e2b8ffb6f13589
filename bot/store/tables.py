"""The tables, each declaring what it holds about people.

Instants are kept as whole microseconds since 1970, in UTC, the same on every database.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
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

from bot.store import declared

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


def _of(table: str, *, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    """A column for the row of another table; it goes when that row goes."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(f"{table}_id", Serial, key, primary_key=primary_key, nullable=nullable)


def _learner(*, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    return _of("learner", primary_key=primary_key, nullable=nullable)


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
    Column("board", String(8), nullable=False, server_default=""),
    info=declared.LEARNER,
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
    Column("seen", Instant, nullable=False, server_default="0"),
    Index("ix_account_learner", "learner_id"),
    Index("ix_account_seen", "seen"),
    info=declared.LEARNER,
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
    info=declared.PROGRESS,
)

progress = Table(
    "progress",
    metadata,
    _learner(primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("state", String(16), nullable=False, server_default=""),
    Column("put_off", Instant),
    Column("at", Instant, nullable=False),
    info=declared.PROGRESS,
)

choice = Table(
    "choice",
    metadata,
    _learner(primary_key=True),
    Column("roadmap", String(64), primary_key=True),
    Column("pick", String(64), primary_key=True),
    Column("topic", String(64), nullable=False),
    info=declared.PROGRESS,
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
    info=declared.DAYS,
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
    info=declared.MEMORY,
)

quiz = Table(
    "quiz",
    metadata,
    Column("id", Serial, primary_key=True),
    _learner(nullable=True),  # none: whoever began it asked to be forgotten, and others' answers stay
    Column("kind", String(16), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("questions", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("begun", Instant, nullable=False),
    _of("group", nullable=True),  # a round: everybody there answers
    Index("ix_quiz_learner", "learner_id", "id"),
    Index("ix_quiz_open", "learner_id", "open"),
    Index("ix_quiz_group", "group_id", "open"),
    info=declared.ANSWERS,
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
    info=declared.ANSWERS,
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
    info=declared.ANSWERS,
)

points = Table(
    "points",
    metadata,
    _learner(primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("reason", String(16), nullable=False),
    Column("worth", Integer, nullable=False, server_default="0"),
    Column("amount", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_points_day", "learner_id", "day"),
    info=declared.POINTS,
)

shown = Table(
    "shown",
    metadata,
    _learner(primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("day", Date, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    info=declared.PROGRESS,
)

note = Table(
    "note",
    metadata,
    _learner(primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    info=declared.NOTES,
)

keep = Table(
    "keep",
    metadata,
    Column("space", String(64), primary_key=True),
    Column("key", String(256), primary_key=True),
    Column("value", Text, nullable=False),
    Column("until", Instant, nullable=False),
    _learner(nullable=True),
    Column("platform", String(32)),
    Column("account", String(128)),
    ForeignKeyConstraint(["platform", "account"], ["account.platform", "account.external_id"], ondelete="CASCADE"),
    Index("ix_keep_until", "until"),
    Index("ix_keep_learner", "learner_id"),
    Index("ix_keep_account", "platform", "account"),
    info=declared.KEPT,
)

place = Table(
    "place",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("chat", String(128), primary_key=True),
    Column("gone", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    info=declared.NOBODY,
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
    _learner(nullable=True),
    Column("state", String(8), nullable=False, server_default="waiting"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("claim", String(32), nullable=False, server_default=""),
    Column("claimed_until", Instant, nullable=False, server_default="0"),
    Column("why", String(200), nullable=False, server_default=""),
    Column("lane", String(8), nullable=False, server_default="live"),
    Column("until", Instant),
    Column("landed", String(128), nullable=False, server_default=""),
    Column("message", String(128), nullable=False, server_default=""),
    Index("ix_outbox_due", "state", "lane", "platform", "due", "id"),
    Index("ix_outbox_learner", "learner_id"),
    Index("ix_outbox_account", "platform", "account"),
    info=declared.MESSAGES,
)

pace = Table(
    "pace",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("next", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    info=declared.NOBODY,
)

group = Table(
    "group",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("platform", String(32), nullable=False),
    Column("chat", String(128), nullable=False),
    Column("thread", String(128), nullable=False),
    Column("name", String(64), nullable=False, server_default=""),
    Column("zone", String(64), nullable=False, server_default=""),
    Column("first_day", Integer),
    Column("goal", Integer, nullable=False, server_default="0"),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("created", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("setter_id", Serial, ForeignKey("learner.id", ondelete="SET NULL"), info=declared.GROUPS),
    Column("mention", String(32), nullable=False, server_default=""),
    Column("next_topic", String(64), nullable=False, server_default=""),
    Column("since", Instant),  # its boards count from then on, if they were reset
    UniqueConstraint("platform", "chat", "thread"),
    Index("ix_group_seen", "seen"),
    Index("ix_group_setter", "setter_id"),
    info=declared.NOBODY,
)

member = Table(
    "member",
    metadata,
    _of("group", primary_key=True),
    _learner(primary_key=True),
    Column("account", String(128), nullable=False),
    Column("joined", Instant, nullable=False),
    Column("away", Boolean, nullable=False, server_default=false()),
    Column("muted", Boolean, nullable=False, server_default=false()),
    Index("ix_member_learner", "learner_id"),
    info=declared.GROUPS,
)

score = Table(
    "score",
    metadata,
    _of("group", primary_key=True),
    Column("span", String(8), primary_key=True),
    Column("start", Date, primary_key=True),
    _learner(primary_key=True),
    Column("points", Integer, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("stands", Boolean, nullable=False),
    Index("ix_score_learner", "learner_id"),
    info=declared.POINTS,
)
Index(
    "ix_score_rank", score.c.group_id, score.c.span, score.c.start, score.c.stands, score.c.points.desc(),
    score.c.learner_id,
)  # fmt: skip

series = Table(
    "series",
    metadata,
    Column("id", Serial, primary_key=True),
    _of("group", nullable=True),
    _learner(nullable=True),
    Column("kind", String(16), nullable=False),
    Column("minute", Integer, nullable=False),
    Column("days", Integer, nullable=False),
    Column("due", Instant),
    UniqueConstraint("group_id", "kind"),
    UniqueConstraint("learner_id", "kind"),
    Index("ix_series_due", "due"),
    info=declared.REMINDERS,
)

challenge = Table(
    "challenge",
    metadata,
    _of("group", primary_key=True),
    Column("rival_id", Serial, ForeignKey("group.id", ondelete="CASCADE"), nullable=False),
    Column("since", Instant, nullable=False),
    Index("ix_challenge_rival", "rival_id"),
    info=declared.NOBODY,
)

brief = Table(
    "brief",
    metadata,
    Column("id", Serial, primary_key=True),
    _of("group", nullable=True),
    _learner(nullable=True),
    Column("project", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("key", String(256), nullable=False, server_default=""),  # of the outbox row that announced it
    Index("ix_brief_group", "group_id", "at"),
    Index("ix_brief_learner", "learner_id", "at"),
    info=declared.PROJECTS,
)

submission = Table(
    "submission",
    metadata,
    Column("id", Serial, primary_key=True),
    _learner(),
    Column("project", String(64), nullable=False),
    Column("link", String(500), nullable=False),
    Column("note", String(500), nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    Column("edited", Instant, nullable=False),
    UniqueConstraint("learner_id", "project"),
    info=declared.PROJECTS,
)

handed = Table(
    "handed",
    metadata,
    _of("group", primary_key=True),
    _of("submission", primary_key=True),
    Column("at", Instant, nullable=False),
    Column("removed", Boolean, nullable=False, server_default=false()),
    Index("ix_handed_group", "group_id", "at"),
    Index("ix_handed_submission", "submission_id"),
    info=declared.PROJECTS,
)

cheer = Table(
    "cheer",
    metadata,
    _of("submission", primary_key=True),
    _learner(primary_key=True),
    Column("at", Instant, nullable=False),
    Index("ix_cheer_learner", "learner_id"),
    info=declared.PROJECTS,
)

report = Table(
    "report",
    metadata,
    Column("id", Serial, primary_key=True),
    _learner(),
    Column("topic", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("open", Boolean, nullable=False),
    Index("ix_report_open", "open", "id"),
    Index("ix_report_learner", "learner_id"),
    info=declared.REPORTS,
)

nudge = Table(
    "nudge",
    metadata,
    _learner(primary_key=True),
    Column("platform", String(32), nullable=False),  # to the account there that was seen last
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    Column("until", Instant),  # paused until then
    Column("sent", Instant),
    Column("ignored", Integer, nullable=False, server_default="0"),
    info=declared.REMINDERS,
)

taught = Table(
    "taught",
    metadata,
    _of("group", primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("times", Integer, nullable=False),
    info=declared.NOBODY,
)

zone_rule = Table(
    "zone_rule",
    metadata,
    Column("zone", String(64), primary_key=True),
    Column("mark", String(64), nullable=False),
    info=declared.NOBODY,
)

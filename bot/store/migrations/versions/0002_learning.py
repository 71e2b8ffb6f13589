"""What learning needs: memory, quizzes and answers, points, topics shown by quiz; what a day and an event must tell."""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MICRO = timedelta(microseconds=1)


def _learner() -> sa.Column[int]:
    return sa.Column("learner_id", SERIAL, sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    """Makes the tables, and gives the days of before an instant: noon."""
    op.add_column("learner", sa.Column("reviews", sa.Integer(), nullable=False, server_default="20"))
    op.add_column("learner", sa.Column("hours", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("learner", sa.Column("goal", sa.Date()))
    op.add_column("event", sa.Column("day", sa.Date()))
    op.add_column("event", sa.Column("batch", sa.String(32), nullable=False, server_default=""))
    for name in ("first", "last"):
        op.add_column("day", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("day", sa.Column("zone", sa.String(64), nullable=False, server_default=""))
    op.add_column("day", sa.Column("count", sa.Integer(), nullable=False, server_default="1"))
    _date_days()
    op.create_table(
        "memory",
        _learner(),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("rights", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "question"),
    )
    op.create_index("ix_memory_topic", "memory", ["learner_id", "topic"])
    op.create_table(
        "quiz",
        sa.Column("id", SERIAL, primary_key=True),
        _learner(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_quiz_learner", "quiz", ["learner_id", "id"])
    op.create_index("ix_quiz_open", "quiz", ["learner_id", "open"])
    op.create_table(
        "showing",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("quiz_id", SERIAL, sa.ForeignKey("quiz.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("quiz_id", "number"),
    )
    op.create_table(
        "answer",
        _learner(),
        sa.Column("showing_id", SERIAL, sa.ForeignKey("showing.id", ondelete="CASCADE"), nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "showing_id"),
    )
    op.create_index("ix_answer_showing", "answer", ["showing_id"])
    op.create_index("ix_answer_topic", "answer", ["learner_id", "topic", "showing_id"])
    op.create_index("ix_answer_day", "answer", ["learner_id", "day"])
    op.create_table(
        "points",
        _learner(),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "key"),
    )
    op.create_index("ix_points_day", "points", ["learner_id", "day"])
    op.create_table(
        "shown",
        _learner(),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "topic"),
    )


def _date_days() -> None:
    days = sa.table(
        "day", sa.column("date", sa.Date()), *(sa.column(name, sa.BigInteger()) for name in ("first", "last"))
    )
    connection = op.get_bind()
    for on in connection.execute(sa.select(days.c.date).distinct()).scalars().all():
        noon = (datetime.combine(on, time(12), UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // MICRO
        connection.execute(sa.update(days).where(days.c.date == on).values(first=noon, last=noon))

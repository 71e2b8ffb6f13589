"""Learners and accounts, the log of progress with what is derived from it, notes, what adapters keep, the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _learner(nullable: bool = False) -> sa.Column[int]:
    return sa.Column("learner_id", SERIAL, sa.ForeignKey("learner.id", ondelete="CASCADE"), nullable=nullable)


def upgrade() -> None:
    """Makes the first tables."""
    op.create_table(
        "learner",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("created", sa.BigInteger(), nullable=False),
        *(
            sa.Column(name, sa.String(size), nullable=False, server_default="")
            for name, size in (("zone", 64), ("name", 64), ("depth", 16), ("roadmap", 64), ("route", 64))
        ),
    )
    op.create_table(
        "account",
        sa.Column("platform", sa.String(32), primary_key=True),
        sa.Column("external_id", sa.String(128), primary_key=True),
        _learner(),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_account_learner", "account", ["learner_id"])
    op.create_table(
        "event",
        sa.Column("id", SERIAL, primary_key=True),
        _learner(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("pick", sa.String(64), nullable=False, server_default=""),
        sa.Column("before", sa.String(64), nullable=False, server_default=""),
        sa.Column("undoes", SERIAL, unique=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_event_learner", "event", ["learner_id", "id"])
    op.create_table(
        "progress",
        _learner(),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False, server_default=""),
        sa.Column("put_off", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "topic"),
    )
    op.create_table(
        "choice",
        _learner(),
        sa.Column("roadmap", sa.String(64), nullable=False),
        sa.Column("pick", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "roadmap", "pick"),
    )
    op.create_table(
        "day",
        _learner(),
        sa.Column("date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "date"),
    )
    op.create_table(
        "note",
        _learner(),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "topic"),
    )
    op.create_table(
        "keep",
        sa.Column("space", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(256), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        _learner(nullable=True),
    )
    op.create_index("ix_keep_until", "keep", ["until"])
    op.create_index("ix_keep_learner", "keep", ["learner_id"])
    op.create_table(
        "outbox",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("key", sa.String(256), nullable=False, unique=True),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("chat", sa.String(128), nullable=False),
        sa.Column("thread", sa.String(128), nullable=False),
        sa.Column("account", sa.String(128), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        _learner(nullable=True),
    )
    op.create_index("ix_outbox_due", "outbox", ["due"])
    op.create_index("ix_outbox_learner", "outbox", ["learner_id"])

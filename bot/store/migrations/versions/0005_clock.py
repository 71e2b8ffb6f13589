"""What the clock needs: nudges, what groups were taught, rounds, and the zones' rules as they were last seen."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of(table: str, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", SERIAL, key, nullable=nullable)


def _text(name: str, size: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(size), nullable=False, server_default="")


def upgrade() -> None:
    """Adds the columns and makes the tables."""
    setter = sa.ForeignKey("learner.id", name="fk_group_setter_id", ondelete="SET NULL")
    with op.batch_alter_table("group") as group:
        group.add_column(sa.Column("setter_id", SERIAL, setter))
        group.add_column(_text("mention", 32))
        group.add_column(_text("next_topic", 64))
        group.add_column(sa.Column("since", sa.BigInteger()))
    op.create_index("ix_group_setter", "group", ["setter_id"])
    round_of = sa.ForeignKey("group.id", name="fk_quiz_group_id", ondelete="CASCADE")
    with op.batch_alter_table("quiz") as quiz:
        quiz.add_column(sa.Column("group_id", SERIAL, round_of))
    op.create_index("ix_quiz_group", "quiz", ["group_id", "open"])
    op.add_column("brief", _text("key", 256))
    op.create_table(
        "nudge",
        _of("learner"),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_to", sa.Integer()),
        sa.Column("until", sa.BigInteger()),
        sa.Column("sent", sa.BigInteger()),
        sa.Column("ignored", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("learner_id"),
    )
    op.create_table(
        "taught",
        _of("group"),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "topic"),
    )
    op.create_table(
        "zone_rule",
        sa.Column("zone", sa.String(64), primary_key=True),
        sa.Column("mark", sa.String(64), nullable=False),
    )

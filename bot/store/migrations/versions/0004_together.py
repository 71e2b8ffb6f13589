"""What groups need: members, boards, series, projects and cheers, reports; what joining and forgetting must tell."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of(table: str, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", SERIAL, key, nullable=nullable)


def _id() -> sa.Column[int]:
    return sa.Column("id", SERIAL, primary_key=True)


def _instant(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _text(name: str, size: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(size), nullable=False, server_default="")


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def upgrade() -> None:
    """Adds the columns and makes the tables. Accounts were seen last when they were made, as far as is known."""
    op.add_column("learner", _text("board", 8))
    op.add_column("account", sa.Column("seen", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE account SET seen = created")
    op.create_index("ix_account_seen", "account", ["seen"])
    op.add_column("points", sa.Column("worth", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE points SET worth = amount")
    with op.batch_alter_table("quiz") as quiz:
        quiz.alter_column("learner_id", existing_type=SERIAL, nullable=True)
    op.create_index("ix_outbox_account", "outbox", ["platform", "account"])
    with op.batch_alter_table("keep") as keep:
        keep.add_column(sa.Column("platform", sa.String(32)))
        keep.add_column(sa.Column("account", sa.String(128)))
        to = ["platform", "external_id"]
        keep.create_foreign_key("fk_keep_platform", "account", ["platform", "account"], to, ondelete="CASCADE")
        keep.create_index("ix_keep_account", ["platform", "account"])
    _groups()
    _projects()


def _groups() -> None:
    op.create_table(
        "group",
        _id(),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("chat", sa.String(128), nullable=False),
        sa.Column("thread", sa.String(128), nullable=False),
        _text("name", 64),
        _text("zone", 64),
        sa.Column("first_day", sa.Integer()),
        sa.Column("goal", sa.Integer(), nullable=False, server_default="0"),
        _flag("paused"),
        _instant("created"),
        _instant("seen"),
        sa.UniqueConstraint("platform", "chat", "thread"),
    )
    op.create_index("ix_group_seen", "group", ["seen"])
    op.create_table(
        "member",
        _of("group"),
        _of("learner"),
        sa.Column("account", sa.String(128), nullable=False),
        _instant("joined"),
        _flag("away"),
        _flag("muted"),
        sa.PrimaryKeyConstraint("group_id", "learner_id"),
    )
    op.create_index("ix_member_learner", "member", ["learner_id"])
    op.create_table(
        "score",
        _of("group"),
        sa.Column("span", sa.String(8), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        _of("learner"),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "span", "start", "learner_id"),
    )
    op.create_index("ix_score_learner", "score", ["learner_id"])
    rank: list[str | sa.TextClause] = ["group_id", "span", "start", "stands", sa.text("points DESC"), "learner_id"]
    op.create_index("ix_score_rank", "score", rank)
    op.create_table(
        "series",
        _id(),
        _of("group", nullable=True),
        _of("learner", nullable=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger()),
        sa.UniqueConstraint("group_id", "kind"),
        sa.UniqueConstraint("learner_id", "kind"),
    )
    op.create_index("ix_series_due", "series", ["due"])
    op.create_table(
        "challenge",
        sa.Column("group_id", SERIAL, sa.ForeignKey("group.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("rival_id", SERIAL, sa.ForeignKey("group.id", ondelete="CASCADE"), nullable=False),
        _instant("since"),
    )
    op.create_index("ix_challenge_rival", "challenge", ["rival_id"])


def _projects() -> None:
    op.create_table(
        "brief",
        _id(),
        _of("group", nullable=True),
        _of("learner", nullable=True),
        sa.Column("project", sa.String(64), nullable=False),
        _instant("at"),
    )
    op.create_index("ix_brief_group", "brief", ["group_id", "at"])
    op.create_index("ix_brief_learner", "brief", ["learner_id", "at"])
    op.create_table(
        "submission",
        _id(),
        _of("learner"),
        sa.Column("project", sa.String(64), nullable=False),
        sa.Column("link", sa.String(500), nullable=False),
        _text("note", 500),
        _instant("at"),
        _instant("edited"),
        sa.UniqueConstraint("learner_id", "project"),
    )
    op.create_table(
        "handed",
        _of("group"),
        _of("submission"),
        _instant("at"),
        _flag("removed"),
        sa.PrimaryKeyConstraint("group_id", "submission_id"),
    )
    op.create_index("ix_handed_group", "handed", ["group_id", "at"])
    op.create_index("ix_handed_submission", "handed", ["submission_id"])
    op.create_table(
        "cheer",
        _of("submission"),
        _of("learner"),
        _instant("at"),
        sa.PrimaryKeyConstraint("submission_id", "learner_id"),
    )
    op.create_index("ix_cheer_learner", "cheer", ["learner_id"])
    op.create_table(
        "report",
        _id(),
        _of("learner"),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _instant("at"),
        sa.Column("open", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_report_open", "report", ["open", "id"])
    op.create_index("ix_report_learner", "report", ["learner_id"])

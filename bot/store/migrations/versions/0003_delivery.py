"""What delivery needs: claims and tries in the outbox, and which places and accounts can no longer be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the columns, and the table of places."""
    op.add_column("outbox", sa.Column("state", sa.String(8), nullable=False, server_default="waiting"))
    op.add_column("outbox", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("claim", sa.String(32), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("claimed_until", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("why", sa.String(200), nullable=False, server_default=""))
    op.drop_index("ix_outbox_due", "outbox")
    op.create_index("ix_outbox_due", "outbox", ["state", "due"])
    op.add_column("account", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "place",
        sa.Column("platform", sa.String(32), primary_key=True),
        sa.Column("chat", sa.String(128), primary_key=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
    )

"""What delivering in two lanes needs: when a row is stale, where it landed, and each platform's common pace."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds the columns and the table; what waits already is live."""
    op.add_column("outbox", sa.Column("lane", sa.String(8), nullable=False, server_default="live"))
    op.add_column("outbox", sa.Column("until", sa.BigInteger()))
    op.add_column("outbox", sa.Column("landed", sa.String(128), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("message", sa.String(128), nullable=False, server_default=""))
    op.drop_index("ix_outbox_due", "outbox")
    op.create_index("ix_outbox_due", "outbox", ["state", "lane", "platform", "due", "id"])
    op.create_table(
        "pace",
        sa.Column("platform", sa.String(32), primary_key=True),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )

"""Walk-ins counted by day."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "walk_in_count",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_walk_in_count_staff_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_walk_in_count_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_in_count")),
        sa.UniqueConstraint("store_id", "day", name=op.f("uq_walk_in_count_store_id_day")),
    )

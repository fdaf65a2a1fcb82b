"""Service desk: what a payment was for and what takes it back, goods that are still here found by index."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new columns of old tables; rows that are there get the column's plain value."""
    _payment()
    _ticket()


def _payment() -> None:
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remedy_id", types.KEY_TYPE, nullable=True))
        batch_op.add_column(sa.Column("counters_id", types.KEY_TYPE, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_payment_remedy_id"), "complaint_remedy", ["remedy_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_payment_counters_id"), "payment", ["counters_id"], ["id"])
        batch_op.create_unique_constraint(batch_op.f("uq_payment_counters_id"), ["counters_id"])


def _ticket() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ticket_store_id_goods_place_state"), ["store_id", "goods_place", "state"], unique=False
        )

"""Service desk: what a payment was for and what takes it back, goods that are still here found by index."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value.

    When clocks of tickets become red is counted by the program when it begins the day.
    """
    _clock_stand()
    _ticket_clock()
    _cause_node()
    _payment()
    _ticket()


def _clock_stand() -> None:
    op.create_table(
        "clock_stand",
        sa.Column("store_id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("stamp", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("store_id", name=op.f("pk_clock_stand")),
    )


def _ticket_clock() -> None:
    op.create_table(
        "ticket_clock",
        sa.Column("ticket_id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("red_from", sa.Date(), nullable=True),
        sa.Column("warns_from", sa.Date(), nullable=True),
        sa.Column("still_from", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_clock_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ticket_clock")),
    )
    for columns in (("red_from",), ("warns_from", "red_from"), ("still_from",), ("due_on",)):
        name = op.f("_".join(("ix_ticket_clock_store_id", *columns)))
        op.create_index(name, "ticket_clock", ["store_id", *columns], unique=False)


def _cause_node() -> None:
    with op.batch_alter_table("cause_node", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.SmallInteger(), nullable=True))


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

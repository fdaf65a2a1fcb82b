"""Ledgers with balances beside them, changes of level."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value."""
    _ledger_balance()
    _level_change()
    _ledger_entry()


def _ledger_balance() -> None:
    op.create_table(
        "ledger_balance",
        sa.Column("member_id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("kind", words("ledgerkind", "points principal bonus"), nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("owed", sa.BigInteger(), nullable=False),
        sa.Column("next_expiry", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ledger_balance_member_id")),
        sa.PrimaryKeyConstraint("member_id", "kind", name=op.f("pk_ledger_balance")),
    )
    op.create_index(op.f("ix_ledger_balance_kind_next_expiry"), "ledger_balance", ["kind", "next_expiry"], unique=False)


def _level_change() -> None:
    op.create_table(
        "level_change",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("before", words("cardtier", "ordinary silver gold diamond"), nullable=False),
        sa.Column("after", words("cardtier", "ordinary silver gold diamond"), nullable=False),
        sa.Column("reason", words("levelreason", "reached lowered by_hand imported merged"), nullable=False),
        sa.Column("spend", types.MoneyType(), nullable=False),
        sa.Column("purchases", sa.BigInteger(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_level_change_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_change")),
    )
    op.create_index(op.f("ix_level_change_member_id_at"), "level_change", ["member_id", "at"], unique=False)
    op.create_index(op.f("ix_level_change_store_id_at"), "level_change", ["store_id", "at"], unique=False)


def _ledger_entry() -> None:
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purchase_id", types.KEY_TYPE, nullable=True))
        batch_op.add_column(sa.Column("reverses_id", types.KEY_TYPE, nullable=True))
        batch_op.create_index(batch_op.f("ix_ledger_entry_purchase_id"), ["purchase_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_ledger_entry_reverses_id"), ["reverses_id"])
        batch_op.create_foreign_key(batch_op.f("fk_ledger_entry_reverses_id"), "ledger_entry", ["reverses_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_ledger_entry_purchase_id"), "purchase", ["purchase_id"], ["id"])

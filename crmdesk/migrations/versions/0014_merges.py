"""Duplicate files and their merges."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value."""
    _merge()
    _merge_move()
    _duplicate_pair()
    _duplicate_sweep()


def _merge() -> None:
    op.create_table(
        "merge",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("kept_id", types.KEY_TYPE, nullable=False),
        sa.Column("gone_id", types.KEY_TYPE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("undo_until", sa.Date(), nullable=False),
        sa.Column("undone_at", types.UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gone_id"], ["member.id"], name=op.f("fk_merge_gone_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["member.id"], name=op.f("fk_merge_kept_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_merge_staff_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["staff.id"], name=op.f("fk_merge_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_gone_id"), "merge", ["gone_id"], unique=False)
    op.create_index(op.f("ix_merge_kept_id"), "merge", ["kept_id"], unique=False)
    op.create_index(op.f("ix_merge_undo_until"), "merge", ["undo_until"], unique=False)


def _merge_move() -> None:
    op.create_table(
        "merge_move",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("merge_id", types.KEY_TYPE, nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("column_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["merge_id"], ["merge.id"], name=op.f("fk_merge_move_merge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_move")),
    )
    op.create_index(op.f("ix_merge_move_merge_id"), "merge_move", ["merge_id"], unique=False)


def _duplicate_pair() -> None:
    op.create_table(
        "duplicate_pair",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("first_id", types.KEY_TYPE, nullable=False),
        sa.Column("second_id", types.KEY_TYPE, nullable=False),
        sa.Column("reason", words("pairreason", "phone name_birthday name_address card pinyin"), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("detail", sa.String(length=120), nullable=False),
        sa.Column("state", words("pairstate", "open different household merged"), nullable=False),
        sa.Column("found_at", types.UtcDateTime(), nullable=False),
        sa.Column("decided_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["staff.id"], name=op.f("fk_duplicate_pair_decided_by_id")),
        sa.ForeignKeyConstraint(["first_id"], ["member.id"], name=op.f("fk_duplicate_pair_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["member.id"], name=op.f("fk_duplicate_pair_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_duplicate_pair_first_id_second_id")),
    )
    op.create_index(op.f("ix_duplicate_pair_second_id"), "duplicate_pair", ["second_id"], unique=False)
    op.create_index(
        op.f("ix_duplicate_pair_store_id_state_score"), "duplicate_pair", ["store_id", "state", "score"], unique=False
    )


def _duplicate_sweep() -> None:
    op.create_table(
        "duplicate_sweep",
        sa.Column("store_id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("stage", words("sweepstage", "phones birthdays addresses cards done"), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=False),
        sa.Column("started_at", types.UtcDateTime(), nullable=False),
        sa.Column("finished_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_duplicate_sweep_store_id")),
        sa.PrimaryKeyConstraint("store_id", name=op.f("pk_duplicate_sweep")),
    )

"""Value of members, intents; where receipts come from."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value."""
    _member_score()
    _score_scale()
    _dirty_member()
    _intent()
    _purchase()
    _purchase_line()


def _member_score() -> None:
    op.create_table(
        "member_score",
        sa.Column("member_id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("recency", sa.SmallInteger(), nullable=False),
        sa.Column("frequency", sa.SmallInteger(), nullable=False),
        sa.Column("monetary", sa.SmallInteger(), nullable=False),
        sa.Column("cycle", words("lifecycle", "no_purchase new active sleeping lost back"), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_score_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_score")),
    )
    op.create_index(op.f("ix_member_score_store_id_cycle"), "member_score", ["store_id", "cycle"], unique=False)
    op.create_index(
        op.f("ix_member_score_store_id_recency_frequency"),
        "member_score",
        ["store_id", "recency", "frequency"],
        unique=False,
    )


def _score_scale() -> None:
    op.create_table(
        "score_scale",
        sa.Column("store_id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("recency", sa.String(length=120), nullable=False),
        sa.Column("frequency", sa.String(length=120), nullable=False),
        sa.Column("monetary", sa.String(length=120), nullable=False),
        sa.Column("buyers", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_score_scale_store_id")),
        sa.PrimaryKeyConstraint("store_id", name=op.f("pk_score_scale")),
    )


def _dirty_member() -> None:
    op.create_table(
        "dirty_member",
        sa.Column("member_id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_dirty_member_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_dirty_member")),
    )


def _intent() -> None:
    op.create_table(
        "intent",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("style", sa.String(length=40), nullable=False),
        sa.Column("category", words("itemcategory", "suitcase bag shoe jacket trousers cosmetic other"), nullable=True),
        sa.Column("price", types.MoneyType(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("state", words("intentstate", "open bought dropped"), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("purchase_id", types.KEY_TYPE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_intent_member_id")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name=op.f("fk_intent_purchase_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_intent_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intent")),
    )
    op.create_index(op.f("ix_intent_member_id"), "intent", ["member_id"], unique=False)
    op.create_index(op.f("ix_intent_store_id_state_day"), "intent", ["store_id", "state", "day"], unique=False)


def _purchase() -> None:
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("origin", words("purchaseorigin", "till imported by_hand"), nullable=False, server_default="till")
        )
        batch_op.add_column(sa.Column("corrects_id", types.KEY_TYPE, nullable=True))
        batch_op.create_index(batch_op.f("ix_purchase_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_purchase_corrects_id"), "purchase", ["corrects_id"], ["id"])


def _purchase_line() -> None:
    with op.batch_alter_table("purchase_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("returns_line_id", types.KEY_TYPE, nullable=True))
        batch_op.create_index(batch_op.f("ix_purchase_line_returns_line_id"), ["returns_line_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_purchase_line_returns_line_id"), "purchase_line", ["returns_line_id"], ["id"]
        )

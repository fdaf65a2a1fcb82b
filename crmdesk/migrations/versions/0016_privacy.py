"""Consents by channel, wordings, looks at members, erasures."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value."""
    _consent()
    _consent_wording()
    _access_entry()
    _erasure()


def _consent() -> None:
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "channel",
                words("channel", "phone sms wechat wecom group official_account mini_program email letter visit"),
                nullable=True,
            )
        )


def _consent_wording() -> None:
    op.create_table(
        "consent_wording",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", words("consentpurpose", "service callbacks marketing head_office"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_wording")),
        sa.UniqueConstraint(
            "store_id", "purpose", "code", "language", name=op.f("uq_consent_wording_store_id_purpose_code_language")
        ),
    )


def _access_entry() -> None:
    op.create_table(
        "access_entry",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("look", words("look", "page phone private printed exported copied"), nullable=False),
        sa.Column("where", sa.String(length=120), nullable=False),
        sa.Column("desk", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_access_entry_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_access_entry_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_entry")),
    )
    op.create_index(op.f("ix_access_entry_member_id_at"), "access_entry", ["member_id", "at"], unique=False)
    op.create_index(op.f("ix_access_entry_staff_id_at"), "access_entry", ["staff_id", "at"], unique=False)
    op.create_index(op.f("ix_access_entry_store_id_at"), "access_entry", ["store_id", "at"], unique=False)


def _erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("member_number", sa.String(length=40), nullable=False),
        sa.Column("paper_number", sa.String(length=40), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("asked_how", sa.String(length=120), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("swept_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_erasure_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_erasure_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_member_id"), "erasure", ["member_id"], unique=False)
    op.create_index(op.f("ix_erasure_store_id_at"), "erasure", ["store_id", "at"], unique=False)

"""Imports in parts: kept sources, watched folders, where a run stands."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value."""
    _import_source()
    _watched_file()
    _import_run()


def _import_source() -> None:
    op.create_table(
        "import_source",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", words("importkind", "members purchases balances cards tags"), nullable=False),
        sa.Column("heads", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("folder", sa.String(length=400), nullable=False),
        sa.Column("desk", sa.String(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_source")),
        sa.UniqueConstraint("store_id", "name", name=op.f("uq_import_source_store_id_name")),
    )


def _watched_file() -> None:
    op.create_table(
        "watched_file",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("source_id", types.KEY_TYPE, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("state", words("watchedstate", "imported quarantined seen_before"), nullable=False),
        sa.Column("run_id", types.KEY_TYPE, nullable=True),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_watched_file_run_id")),
        sa.ForeignKeyConstraint(["source_id"], ["import_source.id"], name=op.f("fk_watched_file_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_file")),
        sa.UniqueConstraint("source_id", "sha256", name=op.f("uq_watched_file_source_id_sha256")),
    )
    op.create_index(op.f("ix_watched_file_store_id_at"), "watched_file", ["store_id", "at"], unique=False)


def _import_run() -> None:
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source_id", types.KEY_TYPE, nullable=True))
        batch_op.add_column(sa.Column("policy", sa.Text(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("done_rows", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("path", sa.String(length=400), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("desk", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("renewed_at", types.UtcDateTime(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_import_run_source_id"), "import_source", ["source_id"], ["id"])
        batch_op.drop_constraint(batch_op.f("ck_import_run_importkind"), type_="check")
        batch_op.alter_column(
            "kind",
            existing_type=sa.String(length=32),
            type_=words("importkind", "members purchases balances cards tags"),
            existing_nullable=False,
        )
        batch_op.drop_constraint(batch_op.f("ck_import_run_importstate"), type_="check")
        batch_op.alter_column(
            "state",
            existing_type=sa.String(length=32),
            type_=words("importstate", "running stopped done undoing undone"),
            existing_nullable=False,
        )

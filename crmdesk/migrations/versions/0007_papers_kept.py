"""Every paper that leaves is kept: its bytes become files beside the database, each print has a row."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection

from crmdesk.db import types
from crmdesk.db.paper_store import FOLDER, PaperStore
from crmdesk.migrations.columns import words

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KINDS = "service_slip bag_tag quote pickup_note loan_agreement loan_return deposit_receipt letter return_note vip_card"
_STAYS = (
    "id, store_id, kind, number, version, language, title, ticket_id, loan_id, member_id, sha256, made_at, made_by_id, "
    "sent_at, sent_channel, sent_by_id, prints"
)


def upgrade() -> None:
    """Move the bytes out of the rows, number papers by their kind, make the table of prints."""
    _move_out(op.get_bind())
    op.execute(f"CREATE TABLE paper_before AS SELECT {_STAYS} FROM paper")  # noqa: S608 - names from above
    op.drop_table("paper")
    _paper()
    op.execute(f"INSERT INTO paper ({_STAYS}, basis) SELECT {_STAYS}, '' FROM paper_before")  # noqa: S608 - names from above
    op.drop_table("paper_before")
    _paper_print()


def _move_out(connection: Connection) -> None:
    """Write the documents as files; should the upgrade fail after this, files without a row do no harm."""
    keys = [row[0] for row in connection.exec_driver_sql("SELECT id FROM paper WHERE content IS NOT NULL")]
    if not keys:
        return
    database = connection.exec_driver_sql("SELECT file FROM pragma_database_list WHERE name = 'main'").scalar_one()
    store = PaperStore(Path(database).parent / FOLDER)
    for key in keys:
        content = connection.exec_driver_sql("SELECT content FROM paper WHERE id = ?", (key,)).scalar_one()
        connection.exec_driver_sql("UPDATE paper SET sha256 = ? WHERE id = ?", (store.put(bytes(content)), key))


def _paper() -> None:
    op.create_table(
        "paper",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("kind", words("paperkind", _KINDS), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("loan_id", types.KEY_TYPE, nullable=True),
        sa.Column("member_id", types.KEY_TYPE, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("made_by_id", types.KEY_TYPE, nullable=False),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("sent_channel", words("tellchannel", "phone letter email message in_person"), nullable=True),
        sa.Column("sent_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("prints", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_paper_loan_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_paper_made_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_paper_member_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["staff.id"], name=op.f("fk_paper_sent_by_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_paper_store_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_paper_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("kind", "number", "version", name=op.f("uq_paper_kind_number_version")),
    )
    op.create_index(op.f("ix_paper_loan_id"), "paper", ["loan_id"], unique=False)
    op.create_index(op.f("ix_paper_member_id"), "paper", ["member_id"], unique=False)
    op.create_index(op.f("ix_paper_ticket_id"), "paper", ["ticket_id"], unique=False)


def _paper_print() -> None:
    op.create_table(
        "paper_print",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("paper_id", types.KEY_TYPE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("way", words("paperway", "printed saved"), nullable=False),
        sa.Column("printer", sa.String(length=120), nullable=False),
        sa.Column("copies", sa.SmallInteger(), nullable=False),
        sa.Column("reprint", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_print_paper_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_paper_print_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_print")),
    )
    op.create_index(op.f("ix_paper_print_paper_id"), "paper_print", ["paper_id"], unique=False)

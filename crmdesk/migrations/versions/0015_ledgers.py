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
    _paper()
    _owed_from_notes()
    _receipts_of_lines()
    _balances()
    _levels_taken_over()


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
    reasons = "opening purchase return spent top_up expired compensation correction refund given settled"
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purchase_id", types.KEY_TYPE, nullable=True))
        batch_op.add_column(sa.Column("reverses_id", types.KEY_TYPE, nullable=True))
        batch_op.add_column(sa.Column("owed", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("approved_by_id", types.KEY_TYPE, nullable=True))
        batch_op.drop_constraint(batch_op.f("ck_ledger_entry_ledgerreason"), type_="check")
        batch_op.alter_column(
            "reason", existing_type=sa.String(length=32), type_=words("ledgerreason", reasons), existing_nullable=False
        )
        batch_op.create_index(batch_op.f("ix_ledger_entry_purchase_id"), ["purchase_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_ledger_entry_reverses_id"), ["reverses_id"])
        batch_op.create_foreign_key(batch_op.f("fk_ledger_entry_reverses_id"), "ledger_entry", ["reverses_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_ledger_entry_purchase_id"), "purchase", ["purchase_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_ledger_entry_approved_by_id"), "staff", ["approved_by_id"], ["id"])


def _paper() -> None:
    known = (
        "service_slip bag_tag quote pickup_note loan_agreement loan_return deposit_receipt letter return_note vip_card"
    )
    desk = (
        "packing_list judgement_form condition_report reminder_letter posting_note loaner_label shelf_label fee_receipt"
    )
    members = "statement person_file erasure_proof address_label member_letter"
    with op.batch_alter_table("paper") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_paper_paperkind"), type_="check")
        batch_op.alter_column(
            "kind",
            existing_type=sa.String(length=32),
            type_=words("paperkind", f"{known} {desk} {members} value_receipt"),
            existing_nullable=False,
        )


def _owed_from_notes() -> None:
    """What could not be taken back stood as ``owed=N`` at the end of the note; now it has a column."""
    op.execute(
        """
        UPDATE ledger_entry
        SET owed = CAST(substr(note, instr(note, 'owed=') + 5) AS INTEGER),
            note = trim(substr(note, 1, instr(note, 'owed=') - 1))
        WHERE note LIKE '%owed=%' AND reason IN ('return', 'correction')
        """
    )


def _receipts_of_lines() -> None:
    """A line that a receipt made knows the receipt, not only its number."""
    op.execute(
        """
        UPDATE ledger_entry
        SET purchase_id = (
            SELECT purchase.id FROM purchase
            WHERE purchase.store_id = ledger_entry.store_id AND purchase.number = ledger_entry.paper_number
        )
        WHERE reason = 'purchase' AND paper_number <> ''
        """
    )


def _balances() -> None:
    """The balances of the lines that are there, in one statement.

    The next expiry is that of the first lot that is not used up when the nearest expiry is spent first, or that came
    after something was spent: it may be named too early, and is put right on that day or with the next line.
    """
    op.execute(
        """
        INSERT INTO ledger_balance (member_id, kind, store_id, amount, owed, next_expiry, version)
        WITH lots AS (
            SELECT id, member_id, kind, expires_on,
                   sum(amount) OVER (PARTITION BY member_id, kind ORDER BY expires_on IS NULL, expires_on) AS reach
            FROM ledger_entry WHERE amount > 0
        ), gone AS (
            SELECT member_id, kind, -sum(amount) AS used, min(id) AS since
            FROM ledger_entry WHERE amount < 0 GROUP BY member_id, kind
        ), ends AS (
            SELECT lots.member_id, lots.kind, min(lots.expires_on) AS next_expiry
            FROM lots LEFT JOIN gone ON gone.member_id = lots.member_id AND gone.kind = lots.kind
            WHERE lots.reach > coalesce(gone.used, 0) OR lots.id > gone.since GROUP BY lots.member_id, lots.kind
        )
        SELECT line.member_id, line.kind, max(line.store_id), sum(line.amount), sum(line.owed), ends.next_expiry, 1
        FROM ledger_entry AS line
        LEFT JOIN ends ON ends.member_id = line.member_id AND ends.kind = line.kind
        GROUP BY line.member_id, line.kind
        """
    )


def _levels_taken_over() -> None:
    """A level that is there was given by hand or brought by an import: it is kept for a whole period and its grace."""
    op.execute(
        """
        UPDATE member SET tier_since = date('now'), tier_until = date('now', '+13 months')
        WHERE tier <> 'ordinary' AND tier_until IS NULL
        """
    )

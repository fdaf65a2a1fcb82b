"""Loaners, loans, condition sheets, photos, complaints and returns."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _loaner()
    _complaint()
    _loan()
    _return_line()
    _condition_sheet()
    _deposit_entry()
    _photo()
    _damage_mark()


def _loaner() -> None:
    op.create_table(
        "loaner",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "category", words("itemcategory", "suitcase bag shoe jacket trousers cosmetic other"), nullable=False
        ),
        sa.Column("size_class", words("sizeclass", "small medium large one_size"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("brand", sa.String(length=40), nullable=False),
        sa.Column("colour", sa.String(length=40), nullable=False),
        sa.Column("size", sa.String(length=40), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("accessories", sa.String(length=120), nullable=False),
        sa.Column("value", types.MoneyType(), nullable=False),
        sa.Column("deposit", types.MoneyType(), nullable=False),
        sa.Column(
            "state",
            words("loanerstate", "on_shelf reserved lent returned to_inspect to_clean in_repair retired lost"),
            nullable=False,
        ),
        sa.Column("state_reason", sa.String(length=120), nullable=False),
        sa.Column("shelf", sa.String(length=40), nullable=False),
        sa.Column("looks", sa.BigInteger(), nullable=False),
        sa.Column("cleaned_on", sa.Date(), nullable=True),
        sa.Column("bought_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_loaner_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loaner")),
        sa.UniqueConstraint("store_id", "code", name=op.f("uq_loaner_store_id_code")),
    )
    op.create_index(op.f("ix_loaner_store_id_state"), "loaner", ["store_id", "state"], unique=False)


def _complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("wanted", sa.String(length=120), nullable=False),
        sa.Column("acknowledged_at", types.UtcDateTime(), nullable=True),
        sa.Column("impact", words("level3", "low medium high"), nullable=True),
        sa.Column("complexity", words("level3", "low medium high"), nullable=True),
        sa.Column("severity", words("severity", "low medium high critical"), nullable=True),
        sa.Column(
            "root_cause",
            words("rootcause", "product service_attitude process delivery price information other"),
            nullable=True,
        ),
        sa.Column("root_cause_detail", sa.String(length=120), nullable=False),
        sa.Column("findings", sa.String(length=4000), nullable=False),
        sa.Column(
            "compensation", words("compensation", "refund exchange repair voucher points gift apology"), nullable=True
        ),
        sa.Column("compensation_amount", types.MoneyType(), nullable=False),
        sa.Column("proposal", sa.String(length=4000), nullable=False),
        sa.Column("proposed_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("approved_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("approved_at", types.UtcDateTime(), nullable=True),
        sa.Column("decision", sa.String(length=4000), nullable=False),
        sa.Column("decided_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("told_channel", words("tellchannel", "phone letter email message in_person"), nullable=True),
        sa.Column("told_words", sa.String(length=4000), nullable=False),
        sa.Column("told_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("told_at", types.UtcDateTime(), nullable=True),
        sa.Column("remedy_done_at", types.UtcDateTime(), nullable=True),
        sa.Column(
            "satisfaction",
            words(
                "calloutcome",
                "satisfied neutral dissatisfied call_later no_answer busy switched_off wrong_number refused do_not_call sent",
            ),
            nullable=True,
        ),
        sa.Column("corrective_action", sa.String(length=4000), nullable=False),
        sa.Column("corrective_owner_id", types.KEY_TYPE, nullable=True),
        sa.Column("corrective_due", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["staff.id"], name=op.f("fk_complaint_approved_by_id")),
        sa.ForeignKeyConstraint(["corrective_owner_id"], ["staff.id"], name=op.f("fk_complaint_corrective_owner_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["staff.id"], name=op.f("fk_complaint_decided_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["staff.id"], name=op.f("fk_complaint_proposed_by_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_complaint_ticket_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["staff.id"], name=op.f("fk_complaint_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_complaint_ticket_id")),
    )


def _loan() -> None:
    op.create_table(
        "loan",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("loaner_id", types.KEY_TYPE, nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("state", words("loanstate", "reserved out back lost cancelled"), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("out_at", types.UtcDateTime(), nullable=True),
        sa.Column("back_at", types.UtcDateTime(), nullable=True),
        sa.Column("back_day", sa.Date(), nullable=True),
        sa.Column("deposit", types.MoneyType(), nullable=False),
        sa.Column("late_fee_per_day", types.MoneyType(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("signed_at", types.UtcDateTime(), nullable=True),
        sa.Column("looks_out", sa.BigInteger(), nullable=False),
        sa.Column("condition_out", sa.String(length=120), nullable=False),
        sa.Column("grade", words("returngrade", "as_lent dirty damaged"), nullable=True),
        sa.Column("condition_back", sa.String(length=120), nullable=False),
        sa.Column("late_fee", types.MoneyType(), nullable=False),
        sa.Column("damage_fee", types.MoneyType(), nullable=False),
        sa.Column("extensions", sa.SmallInteger(), nullable=False),
        sa.Column("extend_reason", sa.String(length=120), nullable=False),
        sa.Column("lent_by_id", types.KEY_TYPE, nullable=False),
        sa.Column("taken_back_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("taken_over_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("take_over_reason", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lent_by_id"], ["staff.id"], name=op.f("fk_loan_lent_by_id")),
        sa.ForeignKeyConstraint(["loaner_id"], ["loaner.id"], name=op.f("fk_loan_loaner_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_loan_member_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_loan_store_id")),
        sa.ForeignKeyConstraint(["taken_back_by_id"], ["staff.id"], name=op.f("fk_loan_taken_back_by_id")),
        sa.ForeignKeyConstraint(["taken_over_by_id"], ["staff.id"], name=op.f("fk_loan_taken_over_by_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_loan_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
        sa.UniqueConstraint("number", name=op.f("uq_loan_number")),
    )
    op.create_index(op.f("ix_loan_due_on"), "loan", ["due_on"], unique=False)
    op.create_index(op.f("ix_loan_loaner_id_state"), "loan", ["loaner_id", "state"], unique=False)
    op.create_index(op.f("ix_loan_member_id"), "loan", ["member_id"], unique=False)
    op.create_index(op.f("ix_loan_ticket_id"), "loan", ["ticket_id"], unique=False)
    op.create_index(
        "uq_loan_loaner_id_out",
        "loan",
        ["loaner_id"],
        unique=True,
        sqlite_where=sa.text("state = 'out'"),
        postgresql_where=sa.text("state = 'out'"),
    )


def _return_line() -> None:
    op.create_table(
        "return_line",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("purchase_line_id", types.KEY_TYPE, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price_paid", types.MoneyType(), nullable=False),
        sa.Column(
            "reason", words("returnreason", "quality size colour not_liked wrong_goods price other"), nullable=False
        ),
        sa.Column("condition", words("goodscondition", "unused tried used damaged"), nullable=True),
        sa.Column("no_receipt_reason", sa.String(length=120), nullable=False),
        sa.Column("decision", words("returndecision", "refund exchange repair reject"), nullable=True),
        sa.Column("decision_note", sa.String(length=120), nullable=False),
        sa.Column("refund", types.MoneyType(), nullable=False),
        sa.Column("exchanged_for", sa.String(length=120), nullable=False),
        sa.Column("refund_method", sa.String(length=40), nullable=False),
        sa.Column("points_back", sa.BigInteger(), nullable=False),
        sa.Column("points_owed", sa.BigInteger(), nullable=False),
        sa.Column("executed_at", types.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["purchase_line_id"], ["purchase_line.id"], name=op.f("fk_return_line_purchase_line_id")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_return_line_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_line")),
    )
    op.create_index(op.f("ix_return_line_purchase_line_id"), "return_line", ["purchase_line_id"], unique=False)
    op.create_index(op.f("ix_return_line_ticket_id"), "return_line", ["ticket_id"], unique=False)


def _condition_sheet() -> None:
    op.create_table(
        "condition_sheet",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("loan_id", types.KEY_TYPE, nullable=True),
        sa.Column(
            "gate", words("gate", "intake to_head_office from_head_office hand_back loan_out loan_back"), nullable=False
        ),
        sa.Column("shape", sa.String(length=40), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_condition_sheet_loan_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_condition_sheet_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_condition_sheet_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_sheet")),
    )
    op.create_index(op.f("ix_condition_sheet_loan_id"), "condition_sheet", ["loan_id"], unique=False)
    op.create_index(op.f("ix_condition_sheet_ticket_id"), "condition_sheet", ["ticket_id"], unique=False)


def _deposit_entry() -> None:
    op.create_table(
        "deposit_entry",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("loan_id", types.KEY_TYPE, nullable=False),
        sa.Column("move", words("depositmove", "taken kept returned set_off"), nullable=False),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("receipt", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_deposit_entry_loan_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_deposit_entry_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_entry")),
    )
    op.create_index(op.f("ix_deposit_entry_loan_id"), "deposit_entry", ["loan_id"], unique=False)


def _photo() -> None:
    op.create_table(
        "photo",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("loaner_id", types.KEY_TYPE, nullable=True),
        sa.Column("loan_id", types.KEY_TYPE, nullable=True),
        sa.Column("member_id", types.KEY_TYPE, nullable=True),
        sa.Column(
            "gate", words("gate", "intake to_head_office from_head_office hand_back loan_out loan_back"), nullable=False
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=False),
        sa.Column("height", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_photo_loan_id")),
        sa.ForeignKeyConstraint(["loaner_id"], ["loaner.id"], name=op.f("fk_photo_loaner_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_photo_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_photo_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_photo_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index(op.f("ix_photo_loan_id"), "photo", ["loan_id"], unique=False)
    op.create_index(op.f("ix_photo_loaner_id"), "photo", ["loaner_id"], unique=False)
    op.create_index(op.f("ix_photo_member_id"), "photo", ["member_id"], unique=False)
    op.create_index(op.f("ix_photo_ticket_id"), "photo", ["ticket_id"], unique=False)


def _damage_mark() -> None:
    op.create_table(
        "damage_mark",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("sheet_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("x", sa.BigInteger(), nullable=False),
        sa.Column("y", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["condition_sheet.id"], name=op.f("fk_damage_mark_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_damage_mark")),
    )
    op.create_index(op.f("ix_damage_mark_sheet_id"), "damage_mark", ["sheet_id"], unique=False)

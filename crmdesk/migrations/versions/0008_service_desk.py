"""The service desk in full: batches, hand-overs, charges, reminders."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value."""
    _vendor()
    _batch()
    _batch_line()
    _disposal()
    _hand_over()
    _posting()
    _batch_event()
    _charge()
    _reminder()
    _signature()
    _approval()
    _condition_sheet()
    _judgement()
    _judgement_photo()
    _payment()
    _photo()
    _quote()
    _return_line()
    _ticket()
    _ticket_accessory()
    _paper()


def _vendor() -> None:
    op.create_table(
        "vendor",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("work", sa.String(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_vendor_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor")),
        sa.UniqueConstraint("store_id", "name", name=op.f("uq_vendor_store_id_name")),
    )


def _batch() -> None:
    op.create_table(
        "batch",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("party", words("batchparty", "head_office vendor"), nullable=False),
        sa.Column("vendor_id", types.KEY_TYPE, nullable=True),
        sa.Column("state", words("batchstate", "packing sent arrived closed cancelled"), nullable=False),
        sa.Column("courier", sa.String(length=40), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("made_by_id", types.KEY_TYPE, nullable=False),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("arrived_at", types.UtcDateTime(), nullable=True),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_batch_made_by_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_batch_store_id")),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_batch_vendor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_batch_number")),
    )
    op.create_index(op.f("ix_batch_store_id_state"), "batch", ["store_id", "state"], unique=False)


def _batch_line() -> None:
    op.create_table(
        "batch_line",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", types.KEY_TYPE, nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state", words("batchlinestate", "packed taken_out sent arrived replied back missing"), nullable=False
        ),
        sa.Column("accessories", sa.String(length=120), nullable=False),
        sa.Column("asked", sa.String(length=4000), nullable=False),
        sa.Column("arrived_at", types.UtcDateTime(), nullable=True),
        sa.Column("replied_at", types.UtcDateTime(), nullable=True),
        sa.Column("replied_by", sa.String(length=120), nullable=False),
        sa.Column("reply", sa.String(length=4000), nullable=False),
        sa.Column("back_at", types.UtcDateTime(), nullable=True),
        sa.Column("courier_back", sa.String(length=40), nullable=False),
        sa.Column("tracking_back", sa.String(length=40), nullable=False),
        sa.Column("chases", sa.SmallInteger(), nullable=False),
        sa.Column("chased_on", sa.Date(), nullable=True),
        sa.Column("missing_reason", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_line_batch_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_batch_line_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_line")),
        sa.UniqueConstraint("batch_id", "ticket_id", name=op.f("uq_batch_line_batch_id_ticket_id")),
    )
    op.create_index(op.f("ix_batch_line_ticket_id"), "batch_line", ["ticket_id"], unique=False)
    op.create_index(
        "uq_batch_line_ticket_id_under_way",
        "batch_line",
        ["ticket_id"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('back', 'taken_out')"),
        postgresql_where=sa.text("state NOT IN ('back', 'taken_out')"),
    )


def _disposal() -> None:
    op.create_table(
        "disposal",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("kind", words("disposalkind", "scrapped uncollected"), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_disposal_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_disposal_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_disposal_ticket_id")),
    )


def _hand_over() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("stands_for", sa.String(length=120), nullable=False),
        sa.Column("seen", sa.String(length=120), nullable=False),
        sa.Column("item_back", sa.Boolean(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_hand_over_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_hand_over_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_ticket_id"), "hand_over", ["ticket_id"], unique=False)


def _posting() -> None:
    op.create_table(
        "posting",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("courier", sa.String(length=40), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("fee", types.MoneyType(), nullable=False),
        sa.Column("payer", words("payer", "customer store head_office supplier carrier"), nullable=False),
        sa.Column("sent_at", types.UtcDateTime(), nullable=False),
        sa.Column("delivered_at", types.UtcDateTime(), nullable=True),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_posting_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_posting_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    op.create_index(op.f("ix_posting_ticket_id"), "posting", ["ticket_id"], unique=False)


def _batch_event() -> None:
    op.create_table(
        "batch_event",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", types.KEY_TYPE, nullable=False),
        sa.Column("line_id", types.KEY_TYPE, nullable=True),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_event_batch_id")),
        sa.ForeignKeyConstraint(["line_id"], ["batch_line.id"], name=op.f("fk_batch_event_line_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_batch_event_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_event")),
    )
    op.create_index(op.f("ix_batch_event_batch_id"), "batch_event", ["batch_id"], unique=False)


def _charge() -> None:
    op.create_table(
        "charge",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("loan_id", types.KEY_TYPE, nullable=True),
        sa.Column("kind", words("chargekind", "examination courier storage late damage loss other"), nullable=False),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("waived_at", types.UtcDateTime(), nullable=True),
        sa.Column("waived_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("waive_reason", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_charge_loan_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_charge_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_charge_ticket_id")),
        sa.ForeignKeyConstraint(["waived_by_id"], ["staff.id"], name=op.f("fk_charge_waived_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
    )
    op.create_index(op.f("ix_charge_loan_id"), "charge", ["loan_id"], unique=False)
    op.create_index(op.f("ix_charge_ticket_id"), "charge", ["ticket_id"], unique=False)


def _reminder() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("loan_id", types.KEY_TYPE, nullable=True),
        sa.Column("stage", sa.SmallInteger(), nullable=False),
        sa.Column("channel", words("tellchannel", "phone letter email message in_person"), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_reminder_loan_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reminder_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_reminder_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_loan_id"), "reminder", ["loan_id"], unique=False)
    op.create_index(op.f("ix_reminder_ticket_id"), "reminder", ["ticket_id"], unique=False)


def _signature() -> None:
    op.create_table(
        "signature",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("loan_id", types.KEY_TYPE, nullable=True),
        sa.Column(
            "purpose", words("signpurpose", "intake approval hand_back loan_out loan_back disposal"), nullable=False
        ),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("strokes", sa.Text(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_signature_loan_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_signature_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_signature_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    op.create_index(op.f("ix_signature_loan_id"), "signature", ["loan_id"], unique=False)
    op.create_index(op.f("ix_signature_ticket_id"), "signature", ["ticket_id"], unique=False)


def _approval() -> None:
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signature_id", types.KEY_TYPE, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_approval_signature_id"), "signature", ["signature_id"], ["id"])


def _condition_sheet() -> None:
    with op.batch_alter_table("condition_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.String(length=4000), nullable=False, server_default=""))


def _judgement() -> None:
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cost", types.MoneyType(), nullable=True))
        batch_op.add_column(sa.Column("days", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("decided_by_words", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("batch_line_id", types.KEY_TYPE, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_judgement_batch_line_id"), "batch_line", ["batch_line_id"], ["id"])
        batch_op.add_column(sa.Column("fault", sa.String(length=40), nullable=False, server_default=""))


def _judgement_photo() -> None:
    op.create_table(
        "judgement_photo",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("judgement_id", types.KEY_TYPE, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name=op.f("fk_judgement_photo_judgement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement_photo")),
    )
    op.create_index(op.f("ix_judgement_photo_judgement_id"), "judgement_photo", ["judgement_id"], unique=False)


def _payment() -> None:
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("loan_id", types.KEY_TYPE, nullable=True))
        batch_op.add_column(sa.Column("receipt", sa.String(length=40), nullable=False, server_default=""))
        batch_op.alter_column("ticket_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_payment_loan_id"), ["loan_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_payment_loan_id"), "loan", ["loan_id"], ["id"])


def _photo() -> None:
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.add_column(sa.Column("caption", sa.String(length=120), nullable=False, server_default=""))


def _quote() -> None:
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "payer",
                words("payer", "customer store head_office supplier carrier"),
                nullable=False,
                server_default="customer",
            )
        )


def _return_line() -> None:
    with op.batch_alter_table("return_line", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("points_given_back", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
        )
        batch_op.add_column(
            sa.Column("stored_given_back", types.MoneyType(), nullable=False, server_default=sa.text("0"))
        )
        batch_op.add_column(sa.Column("gift", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("gift_back", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("gift_value", types.MoneyType(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("no_receipt_by_id", types.KEY_TYPE, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_return_line_no_receipt_by_id"), "staff", ["no_receipt_by_id"], ["id"]
        )
        batch_op.add_column(sa.Column("distance_sale", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("arrived_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("exchange_price", types.MoneyType(), nullable=True))
        batch_op.add_column(sa.Column("repair_ticket_id", types.KEY_TYPE, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_return_line_repair_ticket_id"), "ticket", ["repair_ticket_id"], ["id"]
        )


def _ticket() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link", words("ticketlink", "come_back turned_from related"), nullable=True))
        batch_op.add_column(sa.Column("estimate_only", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("customer_since", types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("customer_seconds", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("away_since", types.UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_ticket_linked_ticket_id"), ["linked_ticket_id"], unique=False)


def _ticket_accessory() -> None:
    with op.batch_alter_table("ticket_accessory", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hand_over_id", types.KEY_TYPE, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_accessory_hand_over_id"), "hand_over", ["hand_over_id"], ["id"]
        )


def _paper() -> None:
    known = (
        "service_slip bag_tag quote pickup_note loan_agreement loan_return deposit_receipt letter return_note vip_card"
    )
    more = (
        "packing_list judgement_form condition_report reminder_letter posting_note loaner_label shelf_label fee_receipt"
    )
    with op.batch_alter_table("paper") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_paper_paperkind"), type_="check")
        batch_op.alter_column(
            "kind",
            existing_type=sa.String(length=32),
            type_=words("paperkind", f"{known} {more}"),
            existing_nullable=False,
        )

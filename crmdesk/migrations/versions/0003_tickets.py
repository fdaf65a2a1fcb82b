"""Items and tickets."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _item()
    _ticket()
    _judgement()
    _payment()
    _quote()
    _ticket_accessory()
    _ticket_event()
    _ticket_fault()
    _approval()
    _cost_share()


def _item() -> None:
    op.create_table(
        "item",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column(
            "category", words("itemcategory", "suitcase bag shoe jacket trousers cosmetic other"), nullable=False
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("brand", sa.String(length=40), nullable=False),
        sa.Column("model", sa.String(length=40), nullable=False),
        sa.Column("colour", sa.String(length=40), nullable=False),
        sa.Column("size", sa.String(length=40), nullable=False),
        sa.Column("size_class", words("sizeclass", "small medium large one_size"), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("purchase_line_id", types.KEY_TYPE, nullable=True),
        sa.Column("purchased_on", sa.Date(), nullable=True),
        sa.Column("price", types.MoneyType(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_item_member_id")),
        sa.ForeignKeyConstraint(["purchase_line_id"], ["purchase_line.id"], name=op.f("fk_item_purchase_line_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_item_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    op.create_index(op.f("ix_item_member_id"), "item", ["member_id"], unique=False)
    op.create_index(op.f("ix_item_purchase_line_id"), "item", ["purchase_line_id"], unique=False)
    op.create_index(op.f("ix_item_serial"), "item", ["serial"], unique=False)


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("home_store_id", types.KEY_TYPE, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", words("ticketkind", "repair complaint return"), nullable=False),
        sa.Column(
            "state",
            words(
                "ticketstate",
                "draft received judging sent at_head_office received_back quoted declined expired approved in_work quality_check ready notified collected posted_back scrapped turned acknowledged assessed investigating proposed proposal_approved decided communicated satisfaction_call reopened escalated checked executed closed cancelled",
            ),
            nullable=False,
        ),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("item_id", types.KEY_TYPE, nullable=True),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("customer_words", sa.String(length=4000), nullable=False),
        sa.Column("private_notes", sa.String(length=4000), nullable=False),
        sa.Column("priority", words("priority", "normal express"), nullable=False),
        sa.Column("route", words("route", "in_store head_office vendor"), nullable=False),
        sa.Column(
            "goods_place", words("goodsplace", "none counter shelf transit head_office vendor customer"), nullable=False
        ),
        sa.Column("shelf", sa.String(length=40), nullable=False),
        sa.Column("declared_value", types.MoneyType(), nullable=True),
        sa.Column("received_by_id", types.KEY_TYPE, nullable=False),
        sa.Column("owner_id", types.KEY_TYPE, nullable=False),
        sa.Column("received_at", types.UtcDateTime(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("estimated_on", sa.Date(), nullable=True),
        sa.Column("ready_at", types.UtcDateTime(), nullable=True),
        sa.Column("notified_at", types.UtcDateTime(), nullable=True),
        sa.Column("handed_back_at", types.UtcDateTime(), nullable=True),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.Column("last_event_at", types.UtcDateTime(), nullable=False),
        sa.Column("collected_by", sa.String(length=120), nullable=False),
        sa.Column("no_loan_reason", words("noloanreason", "not_needed none_fits other"), nullable=True),
        sa.Column("linked_ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_store_id"], ["store.id"], name=op.f("fk_ticket_home_store_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_ticket_item_id")),
        sa.ForeignKeyConstraint(["linked_ticket_id"], ["ticket.id"], name=op.f("fk_ticket_linked_ticket_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ticket_member_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_ticket_owner_id")),
        sa.ForeignKeyConstraint(["received_by_id"], ["staff.id"], name=op.f("fk_ticket_received_by_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_ticket_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("number", name=op.f("uq_ticket_number")),
    )
    op.create_index(op.f("ix_ticket_handed_back_at"), "ticket", ["handed_back_at"], unique=False)
    op.create_index(op.f("ix_ticket_item_id"), "ticket", ["item_id"], unique=False)
    op.create_index(op.f("ix_ticket_member_id"), "ticket", ["member_id"], unique=False)
    op.create_index(op.f("ix_ticket_promised_on"), "ticket", ["promised_on"], unique=False)
    op.create_index(op.f("ix_ticket_received_at"), "ticket", ["received_at"], unique=False)
    op.create_index(op.f("ix_ticket_store_id_state"), "ticket", ["store_id", "state"], unique=False)


def _judgement() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column(
            "liability",
            words("liability", "product_fault customer_use wear transport store_handling undetermined"),
            nullable=False,
        ),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("evidence", sa.String(length=4000), nullable=False),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("months_since_purchase", sa.SmallInteger(), nullable=True),
        sa.Column("warranty_months_left", sa.SmallInteger(), nullable=True),
        sa.Column(
            "remedy",
            words("remedy", "repair_free repair_paid replace_same replace_comparable refund voucher refuse"),
            nullable=False,
        ),
        sa.Column("decided_by_id", types.KEY_TYPE, nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["staff.id"], name=op.f("fk_judgement_decided_by_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_judgement_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_ticket_id"), "judgement", ["ticket_id"], unique=False)


def _payment() -> None:
    op.create_table(
        "payment",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_payment_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_payment_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index(op.f("ix_payment_ticket_id"), "payment", ["ticket_id"], unique=False)


def _quote() -> None:
    op.create_table(
        "quote",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("work", sa.String(length=4000), nullable=False),
        sa.Column("parts", types.MoneyType(), nullable=False),
        sa.Column("labour", types.MoneyType(), nullable=False),
        sa.Column("fee", types.MoneyType(), nullable=False),
        sa.Column("total", types.MoneyType(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("state", words("quotestate", "open approved declined expired replaced"), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_quote_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_quote_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_ticket_id"), "quote", ["ticket_id"], unique=False)


def _ticket_accessory() -> None:
    op.create_table(
        "ticket_accessory",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("handed_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_accessory_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_accessory")),
    )
    op.create_index(op.f("ix_ticket_accessory_ticket_id"), "ticket_accessory", ["ticket_id"], unique=False)


def _ticket_event() -> None:
    op.create_table(
        "ticket_event",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            words(
                "ticketstate",
                "draft received judging sent at_head_office received_back quoted declined expired approved in_work quality_check ready notified collected posted_back scrapped turned acknowledged assessed investigating proposed proposal_approved decided communicated satisfaction_call reopened escalated checked executed closed cancelled",
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_ticket_event_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_event_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_event")),
    )
    op.create_index(op.f("ix_ticket_event_ticket_id"), "ticket_event", ["ticket_id"], unique=False)


def _ticket_fault() -> None:
    op.create_table(
        "ticket_fault",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_fault_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_fault")),
    )
    op.create_index(op.f("ix_ticket_fault_code"), "ticket_fault", ["code"], unique=False)
    op.create_index(op.f("ix_ticket_fault_ticket_id"), "ticket_fault", ["ticket_id"], unique=False)


def _approval() -> None:
    op.create_table(
        "approval",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("quote_id", types.KEY_TYPE, nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("channel", words("approvalchannel", "phone in_person message"), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_approval_quote_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_approval_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index(op.f("ix_approval_quote_id"), "approval", ["quote_id"], unique=False)


def _cost_share() -> None:
    op.create_table(
        "cost_share",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("judgement_id", types.KEY_TYPE, nullable=False),
        sa.Column("payer", words("payer", "customer store head_office supplier carrier"), nullable=False),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name=op.f("fk_cost_share_judgement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_share")),
    )
    op.create_index(op.f("ix_cost_share_judgement_id"), "cost_share", ["judgement_id"], unique=False)

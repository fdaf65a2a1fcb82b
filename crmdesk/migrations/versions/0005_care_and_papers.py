"""Callbacks, contacts, consents and the register of papers."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _consent()
    _callback()
    _paper()
    _contact()
    _letter_text()


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("purpose", words("consentpurpose", "service callbacks marketing head_office"), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("how", sa.String(length=120), nullable=False),
        sa.Column("wording", sa.String(length=40), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_consent_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_member_id_purpose"), "consent", ["member_id", "purpose"], unique=False)


def _callback() -> None:
    op.create_table(
        "callback",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column(
            "reason",
            words(
                "callbackreason",
                "cadence after_purchase after_repair guarantee_ending complaint_satisfaction loan_due ready_for_pickup birthday dormant new_member agreed other",
            ),
            nullable=False,
        ),
        sa.Column("state", words("callbackstate", "due done given_up held_back cancelled"), nullable=False),
        sa.Column(
            "channel",
            words("channel", "phone sms wechat wecom group official_account mini_program email letter visit"),
            nullable=False,
        ),
        sa.Column("due_from", types.UtcDateTime(), nullable=False),
        sa.Column("due_until", types.UtcDateTime(), nullable=False),
        sa.Column("owner_id", types.KEY_TYPE, nullable=True),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("purchase_id", types.KEY_TYPE, nullable=True),
        sa.Column("loan_id", types.KEY_TYPE, nullable=True),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column(
            "outcome",
            words(
                "calloutcome",
                "satisfied neutral dissatisfied call_later no_answer busy switched_off wrong_number refused do_not_call sent",
            ),
            nullable=True,
        ),
        sa.Column("done_at", types.UtcDateTime(), nullable=True),
        sa.Column(
            "hold_reason",
            words("holdreason", "cap_week cap_month quiet_hours do_not_contact no_consent no_phone blocked"),
            nullable=True,
        ),
        sa.Column("previous_id", types.KEY_TYPE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_callback_loan_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_callback_member_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_callback_owner_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["callback.id"], name=op.f("fk_callback_previous_id")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name=op.f("fk_callback_purchase_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_callback_store_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_callback_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback")),
    )
    op.create_index(op.f("ix_callback_member_id_state"), "callback", ["member_id", "state"], unique=False)
    op.create_index(
        op.f("ix_callback_owner_id_state_due_from"), "callback", ["owner_id", "state", "due_from"], unique=False
    )
    op.create_index(op.f("ix_callback_store_id_done_at"), "callback", ["store_id", "done_at"], unique=False)
    op.create_index(
        op.f("ix_callback_store_id_state_due_from"), "callback", ["store_id", "state", "due_from"], unique=False
    )
    op.create_index(op.f("ix_callback_ticket_id"), "callback", ["ticket_id"], unique=False)


def _paper() -> None:
    op.create_table(
        "paper",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column(
            "kind",
            words(
                "paperkind",
                "service_slip bag_tag quote pickup_note loan_agreement loan_return deposit_receipt letter return_note vip_card",
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("loan_id", types.KEY_TYPE, nullable=True),
        sa.Column("member_id", types.KEY_TYPE, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("made_by_id", types.KEY_TYPE, nullable=False),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("sent_channel", words("tellchannel", "phone letter email message in_person"), nullable=True),
        sa.Column("sent_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("prints", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_paper_loan_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_paper_made_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_paper_member_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["staff.id"], name=op.f("fk_paper_sent_by_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_paper_store_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_paper_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("number", "version", name=op.f("uq_paper_number_version")),
    )
    op.create_index(op.f("ix_paper_loan_id"), "paper", ["loan_id"], unique=False)
    op.create_index(op.f("ix_paper_member_id"), "paper", ["member_id"], unique=False)
    op.create_index(op.f("ix_paper_ticket_id"), "paper", ["ticket_id"], unique=False)


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("callback_id", types.KEY_TYPE, nullable=True),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column(
            "channel",
            words("channel", "phone sms wechat wecom group official_account mini_program email letter visit"),
            nullable=False,
        ),
        sa.Column("outbound", sa.Boolean(), nullable=False),
        sa.Column("service_notice", sa.Boolean(), nullable=False),
        sa.Column(
            "outcome",
            words(
                "calloutcome",
                "satisfied neutral dissatisfied call_later no_answer busy switched_off wrong_number refused do_not_call sent",
            ),
            nullable=True,
        ),
        sa.Column("effective", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.ForeignKeyConstraint(["callback_id"], ["callback.id"], name=op.f("fk_contact_callback_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_contact_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_contact_staff_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_contact_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_callback_id"), "contact", ["callback_id"], unique=False)
    op.create_index(op.f("ix_contact_member_id_at"), "contact", ["member_id", "at"], unique=False)


def _letter_text() -> None:
    op.create_table(
        "letter_text",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("paper_id", types.KEY_TYPE, nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("salutation", sa.String(length=120), nullable=False),
        sa.Column("facts", sa.String(length=4000), nullable=False),
        sa.Column("finding", sa.String(length=4000), nullable=False),
        sa.Column("remedy", sa.String(length=4000), nullable=False),
        sa.Column("promise", sa.String(length=4000), nullable=False),
        sa.Column("closing", sa.String(length=4000), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_letter_text_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_text")),
        sa.UniqueConstraint("paper_id", "language", name=op.f("uq_letter_text_paper_id_language")),
    )

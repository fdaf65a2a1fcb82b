"""Members, purchases, ledgers and cards."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _import_run()
    _member()
    _card()
    _imported_row()
    _ledger_entry()
    _member_phone()
    _member_private()
    _member_tag()
    _member_value()
    _purchase()
    _touchpoint()
    _purchase_line()


def _import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("kind", words("importkind", "members purchases"), nullable=False),
        sa.Column("state", words("importstate", "done undone"), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("skipped", sa.BigInteger(), nullable=False),
        sa.Column("rejected", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_import_run_staff_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_import_run_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", words("memberkind", "customer intermediate"), nullable=False),
        sa.Column("state", words("memberstate", "active walk_in merged erased"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("gender", words("gender", "female male"), nullable=True),
        sa.Column("birthday_calendar", words("birthdaycalendar", "solar lunar"), nullable=True),
        sa.Column("birthday_year", sa.SmallInteger(), nullable=True),
        sa.Column("birthday_month", sa.SmallInteger(), nullable=True),
        sa.Column("birthday_day", sa.SmallInteger(), nullable=True),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=240), nullable=False),
        sa.Column("occupation", sa.String(length=120), nullable=False),
        sa.Column("industry", sa.String(length=120), nullable=False),
        sa.Column("garment_size", sa.String(length=40), nullable=False),
        sa.Column("shoe_size", sa.String(length=40), nullable=False),
        sa.Column("preferences", sa.String(length=400), nullable=False),
        sa.Column("gift_preference", sa.String(length=240), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("guide_id", types.KEY_TYPE, nullable=True),
        sa.Column("care_class", words("careclass", "key important ordinary"), nullable=False),
        sa.Column("tier", words("cardtier", "ordinary silver gold diamond"), nullable=False),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("notes", sa.String(length=4000), nullable=False),
        sa.Column("custom", sa.Text(), nullable=False),
        sa.Column("last_contact_at", types.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["guide_id"], ["staff.id"], name=op.f("fk_member_guide_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_member_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("number", name=op.f("uq_member_number")),
    )
    op.create_index(
        "ix_member_birthday",
        "member",
        ["birthday_calendar", "birthday_month", "birthday_day", "store_id", "state"],
        unique=False,
    )
    op.create_index(op.f("ix_member_guide_id"), "member", ["guide_id"], unique=False)
    op.create_index(op.f("ix_member_state_tier_joined_on"), "member", ["state", "tier", "joined_on"], unique=False)
    op.create_index(op.f("ix_member_store_id_name"), "member", ["store_id", "name"], unique=False)


def _card() -> None:
    op.create_table(
        "card",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("tier", words("cardtier", "ordinary silver gold diamond"), nullable=False),
        sa.Column("state", words("cardstate", "issued lost replaced returned"), nullable=False),
        sa.Column("issued_at", types.UtcDateTime(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("replaced_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("state_reason", sa.String(length=120), nullable=False),
        sa.Column("fee", types.MoneyType(), nullable=False),
        sa.Column("prints", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_card_member_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["card.id"], name=op.f("fk_card_replaced_by_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_card_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("number", name=op.f("uq_card_number")),
    )
    op.create_index(op.f("ix_card_member_id"), "card", ["member_id"], unique=False)


def _imported_row() -> None:
    op.create_table(
        "imported_row",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("run_id", types.KEY_TYPE, nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("entity_kind", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_imported_row_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_row")),
    )
    op.create_index(op.f("ix_imported_row_entity_id"), "imported_row", ["entity_id"], unique=False)
    op.create_index(op.f("ix_imported_row_run_id"), "imported_row", ["run_id"], unique=False)


def _ledger_entry() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("kind", words("ledgerkind", "points principal bonus"), nullable=False),
        sa.Column(
            "reason",
            words("ledgerreason", "opening purchase return spent top_up expired compensation correction refund"),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("paper_number", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ledger_entry_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
    )
    op.create_index(op.f("ix_ledger_entry_member_id_kind"), "ledger_entry", ["member_id", "kind"], unique=False)


def _member_phone() -> None:
    op.create_table(
        "member_phone",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("digits", sa.String(length=40), nullable=False),
        sa.Column("tail", sa.String(length=4), nullable=False),
        sa.Column("state", words("phonestate", "active invalid"), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_phone_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_phone")),
        sa.UniqueConstraint("member_id", "digits", name=op.f("uq_member_phone_member_id_digits")),
    )
    op.create_index(op.f("ix_member_phone_digits"), "member_phone", ["digits"], unique=False)
    op.create_index(op.f("ix_member_phone_tail"), "member_phone", ["tail"], unique=False)


def _member_private() -> None:
    op.create_table(
        "member_private",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("income_band", sa.String(length=40), nullable=False),
        sa.Column("income_estimated", sa.Boolean(), nullable=False),
        sa.Column("skin_tone", sa.String(length=40), nullable=False),
        sa.Column("character", sa.String(length=120), nullable=False),
        sa.Column("family", sa.String(length=400), nullable=False),
        sa.Column("notes", sa.String(length=4000), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_private_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_private")),
        sa.UniqueConstraint("member_id", name=op.f("uq_member_private_member_id")),
    )


def _member_tag() -> None:
    op.create_table(
        "member_tag",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_tag_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_tag")),
        sa.UniqueConstraint("member_id", "tag", name=op.f("uq_member_tag_member_id_tag")),
    )
    op.create_index(op.f("ix_member_tag_tag"), "member_tag", ["tag"], unique=False)


def _member_value() -> None:
    op.create_table(
        "member_value",
        sa.Column("member_id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("purchases", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("net", types.MoneyType(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_value_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_value")),
    )
    op.create_index(op.f("ix_member_value_last_day"), "member_value", ["last_day"], unique=False)
    op.create_index(op.f("ix_member_value_net"), "member_value", ["net"], unique=False)


def _purchase() -> None:
    op.create_table(
        "purchase",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", types.KEY_TYPE, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=True),
        sa.Column("guide_id", types.KEY_TYPE, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("net", types.MoneyType(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["guide_id"], ["staff.id"], name=op.f("fk_purchase_guide_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_purchase_member_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_purchase_store_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
        sa.UniqueConstraint("store_id", "number", name=op.f("uq_purchase_store_id_number")),
    )
    op.create_index(op.f("ix_purchase_day"), "purchase", ["day"], unique=False)
    op.create_index(op.f("ix_purchase_member_id_day_net"), "purchase", ["member_id", "day", "net"], unique=False)


def _touchpoint() -> None:
    op.create_table(
        "touchpoint",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column(
            "channel",
            words("channel", "phone sms wechat wecom group official_account mini_program email letter visit"),
            nullable=False,
        ),
        sa.Column("state", words("touchpointstate", "active blocked deleted"), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_touchpoint_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touchpoint")),
        sa.UniqueConstraint("member_id", "channel", name=op.f("uq_touchpoint_member_id_channel")),
    )


def _purchase_line() -> None:
    op.create_table(
        "purchase_line",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("purchase_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("style", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "category", words("itemcategory", "suitcase bag shoe jacket trousers cosmetic other"), nullable=False
        ),
        sa.Column("colour", sa.String(length=40), nullable=False),
        sa.Column("size", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", types.MoneyType(), nullable=False),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name=op.f("fk_purchase_line_purchase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_line")),
    )
    op.create_index(op.f("ix_purchase_line_purchase_id"), "purchase_line", ["purchase_id"], unique=False)

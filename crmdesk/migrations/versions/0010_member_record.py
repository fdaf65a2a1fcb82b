"""The whole member record: own fields, further addresses, kinds of numbers; kinds of papers about members."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection

from crmdesk.core.ids import many_ids
from crmdesk.core.text_clean import clean_line
from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_AT_ONCE = 2000
_LONGEST_NAME, _LONGEST_WORDS = 120, 400
_VALUE = ("id", "store_id", "member_id", "field_id", "words")
_FIELD = ("id", "store_id", "name", "kind", "choices", "private", "required", "active", "ordinal", "version")


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value."""
    _own_field()
    _own_value()
    _member_address()
    _member_phone()
    _take_over_free_fields(op.get_bind())
    _member()
    _paper()


def _own_field() -> None:
    op.create_table(
        "own_field",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", words("fieldkind", "text number date choice picture"), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_field")),
        sa.UniqueConstraint("store_id", "name", name=op.f("uq_own_field_store_id_name")),
    )


def _own_value() -> None:
    op.create_table(
        "own_value",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("field_id", types.KEY_TYPE, nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["field_id"], ["own_field.id"], name=op.f("fk_own_value_field_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_own_value_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_value")),
        sa.UniqueConstraint("member_id", "field_id", name=op.f("uq_own_value_member_id_field_id")),
    )
    op.create_index(op.f("ix_own_value_field_id_day"), "own_value", ["field_id", "day"], unique=False)
    op.create_index(op.f("ix_own_value_field_id_number"), "own_value", ["field_id", "number"], unique=False)
    op.create_index(op.f("ix_own_value_field_id_words"), "own_value", ["field_id", "words"], unique=False)


def _member_address() -> None:
    op.create_table(
        "member_address",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("use", words("addressuse", "home work delivery other"), nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("region", sa.String(length=120), nullable=False),
        sa.Column("line", sa.String(length=240), nullable=False),
        sa.Column("postcode", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_address_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_address")),
    )
    op.create_index(op.f("ix_member_address_member_id"), "member_address", ["member_id"], unique=False)


def _member_phone() -> None:
    with op.batch_alter_table("member_phone", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("use", words("phoneuse", "personal home work other"), nullable=False, server_default="personal")
        )
        batch_op.add_column(sa.Column("extension", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("valid_until", sa.Date(), nullable=True))


def _member() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hobbies", sa.String(length=240), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("consumption", sa.String(length=240), nullable=False, server_default=""))
        batch_op.drop_column("custom")
        batch_op.add_column(sa.Column("tier_fixed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("tier_since", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("tier_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", types.KEY_TYPE, nullable=True))
        batch_op.create_index(batch_op.f("ix_member_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_tier_until"), ["tier_until"], unique=False)
        batch_op.create_index(
            "ix_member_firm",
            ["store_id", "kind"],
            unique=False,
            sqlite_where=sa.text("kind = 'intermediate'"),
            postgresql_where=sa.text("kind = 'intermediate'"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_member_merged_into_id"), "member", ["merged_into_id"], ["id"])


def _take_over_free_fields(connection: Connection) -> None:
    """Make own fields and their values from what earlier imports kept as JSON text beside the member."""
    keys, fields = many_ids(), dict[tuple[int, str], int]()
    for rows in _free_fields(connection):
        values = []
        for member_id, store_id, free in rows:
            for name, text in free.items():
                place = (store_id, name)
                if place not in fields:
                    fields[place] = next(keys)
                    ordinal = sum(one[0] == store_id for one in fields)
                    row = (fields[place], store_id, name, "text", "[]", False, False, True, ordinal, 1)
                    connection.execute(_insert("own_field", _FIELD), dict(zip(_FIELD, row, strict=True)))
                values.append(dict(zip(_VALUE, (next(keys), store_id, member_id, fields[place], text), strict=True)))
        if values:
            connection.execute(_insert("own_value", _VALUE), values)


def _free_fields(connection: Connection) -> Iterator[list[tuple[int, int, dict[str, str]]]]:
    member = sa.table("member", *map(sa.column, ("id", "store_id", "custom")))
    after = 0
    while True:
        wanted = sa.select(member).where(member.c.id > after, member.c.custom.not_in(("", "{}")))
        rows = connection.execute(wanted.order_by(member.c.id).limit(_AT_ONCE)).all()
        if not rows:
            return
        after = rows[-1].id
        yield [(row.id, row.store_id, _words(row.custom)) for row in rows]


def _words(custom: str) -> dict[str, str]:
    try:
        free = json.loads(custom)
    except ValueError:
        free = {"custom": custom}
    known: dict[str, Any] = free if isinstance(free, dict) else {"custom": free}
    found = {
        clean_line(str(name))[:_LONGEST_NAME]: clean_line(str(text))[:_LONGEST_WORDS] for name, text in known.items()
    }
    return {name: words for name, words in found.items() if name and words}


def _insert(table: str, columns: tuple[str, ...]) -> sa.Insert:
    return sa.table(table, *map(sa.column, columns)).insert()


def _paper() -> None:
    known = (
        "service_slip bag_tag quote pickup_note loan_agreement loan_return deposit_receipt letter return_note vip_card"
    )
    desk = (
        "packing_list judgement_form condition_report reminder_letter posting_note loaner_label shelf_label fee_receipt"
    )
    more = "statement person_file erasure_proof address_label member_letter"
    with op.batch_alter_table("paper") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_paper_paperkind"), type_="check")
        batch_op.alter_column(
            "kind",
            existing_type=sa.String(length=32),
            type_=words("paperkind", f"{known} {desk} {more}"),
            existing_nullable=False,
        )

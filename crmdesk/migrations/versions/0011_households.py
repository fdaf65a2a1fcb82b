"""Households and work units, relatives, visits to intermediate customers."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value."""
    _household()
    _household_person()
    _relative()
    _firm_visit()


def _household() -> None:
    op.create_table(
        "household",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", words("householdkind", "household work_unit"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("industry", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=240), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )
    op.create_index(op.f("ix_household_store_id_kind_name"), "household", ["store_id", "kind", "name"], unique=False)


def _household_person() -> None:
    op.create_table(
        "household_person",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", types.KEY_TYPE, nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column(
            "role",
            words("householdrole", "self spouse child parent sibling relative owner buyer staff other"),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_household_person_household_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_household_person_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_person")),
        sa.UniqueConstraint("household_id", "member_id", name=op.f("uq_household_person_household_id_member_id")),
    )
    op.create_index(op.f("ix_household_person_member_id"), "household_person", ["member_id"], unique=False)


def _relative() -> None:
    op.create_table(
        "relative",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("person_id", types.KEY_TYPE, nullable=True),
        sa.Column(
            "role",
            words("householdrole", "self spouse child parent sibling relative owner buyer staff other"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("birthday_calendar", words("birthdaycalendar", "solar lunar"), nullable=True),
        sa.Column("birthday_year", sa.SmallInteger(), nullable=True),
        sa.Column("birthday_month", sa.SmallInteger(), nullable=True),
        sa.Column("birthday_day", sa.SmallInteger(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_relative_member_id")),
        sa.ForeignKeyConstraint(["person_id"], ["member.id"], name=op.f("fk_relative_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relative")),
    )
    op.create_index(
        "ix_relative_birthday", "relative", ["birthday_calendar", "birthday_month", "birthday_day"], unique=False
    )
    op.create_index(op.f("ix_relative_member_id"), "relative", ["member_id"], unique=False)


def _firm_visit() -> None:
    op.create_table(
        "firm_visit",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", types.KEY_TYPE, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("stock", sa.String(length=4000), nullable=False),
        sa.Column("stock_value", types.MoneyType(), nullable=True),
        sa.Column("sales", sa.String(length=4000), nullable=False),
        sa.Column("sales_value", types.MoneyType(), nullable=True),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_firm_visit_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_firm_visit_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_visit")),
    )
    op.create_index(op.f("ix_firm_visit_member_id_day"), "firm_visit", ["member_id", "day"], unique=False)
    op.create_index(op.f("ix_firm_visit_store_id_next_on"), "firm_visit", ["store_id", "next_on"], unique=False)

"""Households (消费家庭) and work units (单位), relatives, visits to intermediate customers (capabilities M3, M4)."""

from datetime import date

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crmdesk.core.member_words import HouseholdKind, HouseholdRole
from crmdesk.core.members import BirthdayCalendar
from crmdesk.core.money import Money
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, LongText, ShortText


class Household(Versioned, Base):
    """People who belong together."""

    __tablename__ = "household"
    __table_args__ = (Index(None, "store_id", "kind", "name"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    kind: Mapped[HouseholdKind] = mapped_column(default=HouseholdKind.HOUSEHOLD)
    name: Mapped[ShortText]
    industry: Mapped[ShortText] = mapped_column(default="")
    address: Mapped[str] = mapped_column(String(240), default="")
    # The number that its people share, in the comparable form of ``core.phone``.
    phone: Mapped[Code] = mapped_column(default="")
    note: Mapped[LongText] = mapped_column(default="")

    people: Mapped[list["HouseholdPerson"]] = relationship(cascade="all, delete-orphan", order_by="HouseholdPerson.id")


class HouseholdPerson(Base):
    """One member in a household."""

    __tablename__ = "household_person"
    __table_args__ = (UniqueConstraint("household_id", "member_id"), Index(None, "member_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    role: Mapped[HouseholdRole] = mapped_column(default=HouseholdRole.OTHER)
    note: Mapped[ShortText] = mapped_column(default="")


class Relative(Base):
    """Somebody close to a member whose birthday matters; a member too where ``person_id`` is set."""

    __tablename__ = "relative"
    __table_args__ = (
        Index(None, "member_id"),
        Index("ix_relative_birthday", "birthday_calendar", "birthday_month", "birthday_day"),
    )

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    role: Mapped[HouseholdRole] = mapped_column(default=HouseholdRole.RELATIVE)
    name: Mapped[ShortText]
    birthday_calendar: Mapped[BirthdayCalendar | None]
    birthday_year: Mapped[int | None] = mapped_column(SmallInteger)
    birthday_month: Mapped[int | None] = mapped_column(SmallInteger)
    birthday_day: Mapped[int | None] = mapped_column(SmallInteger)
    note: Mapped[ShortText] = mapped_column(default="")


class FirmVisit(Versioned, Base):
    """A visit to an intermediate customer: what lies in stock, what sells, when to come again."""

    __tablename__ = "firm_visit"
    __table_args__ = (Index(None, "member_id", "day"), Index(None, "store_id", "next_on"))

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    stock: Mapped[LongText] = mapped_column(default="")
    stock_value: Mapped[Money | None]
    sales: Mapped[LongText] = mapped_column(default="")
    sales_value: Mapped[Money | None]
    note: Mapped[LongText] = mapped_column(default="")
    next_on: Mapped[date | None]

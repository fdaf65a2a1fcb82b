"""A member's file: who it is, how to reach, what is liked; balances and value live beside it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crmdesk.core.care import CareClass, Channel
from crmdesk.core.member_words import PhoneUse
from crmdesk.core.members import (
    BirthdayCalendar,
    CardTier,
    Gender,
    MemberKind,
    MemberState,
    PhoneState,
    TouchpointState,
)
from crmdesk.core.money import Money
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, LongText, ShortText

FIRM = text("kind = 'intermediate'")


class Member(Versioned, Base):
    """One person or firm; ``store_id`` is the home store. Walk-in contacts are members in state ``walk_in``."""

    __tablename__ = "member"
    __table_args__ = (
        Index(None, "store_id", "name"),
        Index("ix_member_birthday", "birthday_calendar", "birthday_month", "birthday_day", "store_id", "state"),
        Index(None, "guide_id"),
        Index(None, "state", "tier", "joined_on"),
        Index(None, "merged_into_id"),
        Index(None, "tier_until"),
        # Firms are few among a million: the list of them reads this alone.
        Index("ix_member_firm", "store_id", "kind", sqlite_where=FIRM, postgresql_where=FIRM),
    )

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    number: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[MemberKind] = mapped_column(default=MemberKind.CUSTOMER)
    state: Mapped[MemberState] = mapped_column(default=MemberState.ACTIVE)
    name: Mapped[ShortText]
    gender: Mapped[Gender | None]
    birthday_calendar: Mapped[BirthdayCalendar | None]
    birthday_year: Mapped[int | None] = mapped_column(SmallInteger)
    birthday_month: Mapped[int | None] = mapped_column(SmallInteger)
    birthday_day: Mapped[int | None] = mapped_column(SmallInteger)
    email: Mapped[ShortText] = mapped_column(default="")
    address: Mapped[str] = mapped_column(String(240), default="")
    occupation: Mapped[ShortText] = mapped_column(default="")
    industry: Mapped[ShortText] = mapped_column(default="")
    garment_size: Mapped[Code] = mapped_column(default="")
    shoe_size: Mapped[Code] = mapped_column(default="")
    preferences: Mapped[str] = mapped_column(String(400), default="")
    hobbies: Mapped[str] = mapped_column(String(240), default="")
    consumption: Mapped[str] = mapped_column(String(240), default="")
    gift_preference: Mapped[str] = mapped_column(String(240), default="")
    source: Mapped[ShortText] = mapped_column(default="")
    guide_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    care_class: Mapped[CareClass] = mapped_column(default=CareClass.ORDINARY)
    tier: Mapped[CardTier] = mapped_column(default=CardTier.ORDINARY)
    # A level set by hand stays until a person changes it; ``tier_until`` is the end of the grace before it is lowered.
    tier_fixed: Mapped[bool] = mapped_column(default=False)
    tier_since: Mapped[date | None]
    tier_until: Mapped[date | None]
    do_not_contact: Mapped[bool] = mapped_column(default=False)
    joined_on: Mapped[date]
    notes: Mapped[LongText] = mapped_column(default="")
    last_contact_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))

    phones: Mapped[list["MemberPhone"]] = relationship(
        back_populates="member", cascade="all, delete-orphan", order_by="MemberPhone.ordinal"
    )
    tags: Mapped[list["MemberTag"]] = relationship(cascade="all, delete-orphan", order_by="MemberTag.tag")
    touchpoints: Mapped[list["Touchpoint"]] = relationship(cascade="all, delete-orphan")
    private: Mapped["MemberPrivate | None"] = relationship(cascade="all, delete-orphan")


class MemberPhone(Base):
    """One phone of a member; ``digits`` is the comparable form (``core.phone``), ``tail`` its last four."""

    __tablename__ = "member_phone"
    __table_args__ = (Index(None, "digits"), Index(None, "tail"), UniqueConstraint("member_id", "digits"))

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)
    digits: Mapped[Code]
    tail: Mapped[str] = mapped_column(String(4))
    state: Mapped[PhoneState] = mapped_column(default=PhoneState.ACTIVE)
    use: Mapped[PhoneUse] = mapped_column(default=PhoneUse.PERSONAL)
    extension: Mapped[Code] = mapped_column(default="")
    valid_until: Mapped[date | None]
    note: Mapped[ShortText] = mapped_column(default="")

    member: Mapped[Member] = relationship(back_populates="phones")


class MemberTag(Base):
    """A word stuck to a member."""

    __tablename__ = "member_tag"
    __table_args__ = (UniqueConstraint("member_id", "tag"), Index(None, "tag"))

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    tag: Mapped[Code]


class Touchpoint(Base):
    """A way to reach the member besides the phone, with whether it still works."""

    __tablename__ = "touchpoint"
    __table_args__ = (UniqueConstraint("member_id", "channel"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    channel: Mapped[Channel]
    state: Mapped[TouchpointState] = mapped_column(default=TouchpointState.ACTIVE)
    since: Mapped[date | None]


class MemberPrivate(Base):
    """The private profile (私密); only roles with the right see it."""

    __tablename__ = "member_private"
    __table_args__ = (UniqueConstraint("member_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    income_band: Mapped[Code] = mapped_column(default="")
    income_estimated: Mapped[bool] = mapped_column(default=False)
    skin_tone: Mapped[Code] = mapped_column(default="")
    character: Mapped[ShortText] = mapped_column(default="")
    family: Mapped[str] = mapped_column(String(400), default="")
    notes: Mapped[LongText] = mapped_column(default="")


class MemberValue(Base):
    """What a member bought so far, kept up with every purchase so that lists need no sums."""

    __tablename__ = "member_value"
    __table_args__ = (Index(None, "last_day"), Index(None, "net"))

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    store_id: Mapped[int]
    purchases: Mapped[int] = mapped_column(default=0)
    days: Mapped[int] = mapped_column(default=0)
    pieces: Mapped[int] = mapped_column(default=0)
    net: Mapped[Money] = mapped_column(default=Money(0))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]

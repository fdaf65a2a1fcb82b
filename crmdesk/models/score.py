"""What a member is worth, kept up in the background, and what members meant to buy (domain rule 4)."""

from datetime import date

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.member_words import IntentState, LifeCycle
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class MemberScore(Base):
    """Quintiles (5 is best) and life cycle of one member who bought; as of when says `ScoreScale`."""

    __tablename__ = "member_score"
    __table_args__ = (
        Index(None, "store_id", "recency", "frequency"),
        Index(None, "store_id", "cycle"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    store_id: Mapped[int]
    recency: Mapped[int] = mapped_column(SmallInteger)
    frequency: Mapped[int] = mapped_column(SmallInteger)
    monetary: Mapped[int] = mapped_column(SmallInteger)
    cycle: Mapped[LifeCycle]


class ScoreScale(Base):
    """The scale of a store's scores: the least values of 2, 3, 4 and 5 as JSON lists (``core.figures``)."""

    __tablename__ = "score_scale"

    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"), primary_key=True, autoincrement=False)
    as_of: Mapped[date]
    recency: Mapped[ShortText]
    frequency: Mapped[ShortText]
    monetary: Mapped[ShortText]
    buyers: Mapped[int]


class DirtyMember(Base):
    """A member whose score is to be worked out again: bought, returned, was merged, was changed."""

    __tablename__ = "dirty_member"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    store_id: Mapped[int]


class Intent(Versioned, Base):
    """Something a member wanted and did not buy (意向未购)."""

    __tablename__ = "intent"
    __table_args__ = (Index(None, "member_id"), Index(None, "store_id", "state", "day"))

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    what: Mapped[ShortText]
    style: Mapped[Code] = mapped_column(default="")
    category: Mapped[ItemCategory | None]
    price: Mapped[Money | None]
    day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[IntentState] = mapped_column(default=IntentState.OPEN)
    note: Mapped[ShortText] = mapped_column(default="")
    closed_on: Mapped[date | None]
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"))

"""Purchases and their lines, as the till or an import gives them."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crmdesk.core.member_words import PurchaseOrigin
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory
from crmdesk.db.base import Base
from crmdesk.db.types import Code, Key, ShortText


class Purchase(Base):
    """One till receipt; a return is a purchase with negative pieces and net."""

    __tablename__ = "purchase"
    __table_args__ = (
        UniqueConstraint("store_id", "number"),
        Index(None, "member_id", "day", "net"),
        Index(None, "day"),
        Index(None, "corrects_id"),
    )

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    number: Mapped[Code]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    guide_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    day: Mapped[date]
    pieces: Mapped[int]
    net: Mapped[Money]
    note: Mapped[ShortText] = mapped_column(default="")
    origin: Mapped[PurchaseOrigin] = mapped_column(default=PurchaseOrigin.TILL)
    # The receipt whose goods came back, or that this one puts right.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"))

    lines: Mapped[list["PurchaseLine"]] = relationship(
        cascade="all, delete-orphan", back_populates="purchase", order_by="PurchaseLine.ordinal"
    )


class PurchaseLine(Base):
    """One line of a receipt; ``amount`` is what was really paid for the whole line."""

    __tablename__ = "purchase_line"
    __table_args__ = (Index(None, "purchase_id"), Index(None, "returns_line_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase.id"))
    ordinal: Mapped[int] = mapped_column(default=0)
    style: Mapped[Code] = mapped_column(default="")
    name: Mapped[ShortText]
    category: Mapped[ItemCategory] = mapped_column(default=ItemCategory.OTHER)
    colour: Mapped[Code] = mapped_column(default="")
    size: Mapped[Code] = mapped_column(default="")
    quantity: Mapped[int] = mapped_column(default=1)
    unit_price: Mapped[Money] = mapped_column(default=Money(0))
    amount: Mapped[Money]
    returns_line_id: Mapped[int | None] = mapped_column(ForeignKey("purchase_line.id"))

    purchase: Mapped[Purchase] = relationship(back_populates="lines")

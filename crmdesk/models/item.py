"""The customer's goods: one row for a thing's whole life, so that its history can be told."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.loaners import SizeClass
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class Item(Versioned, Base):
    """One piece of goods of a member; filled from a purchase line where there is one."""

    __tablename__ = "item"
    __table_args__ = (Index(None, "member_id"), Index(None, "serial"), Index(None, "purchase_line_id"))

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    category: Mapped[ItemCategory]
    name: Mapped[ShortText]
    brand: Mapped[Code] = mapped_column(default="")
    model: Mapped[Code] = mapped_column(default="")
    colour: Mapped[Code] = mapped_column(default="")
    size: Mapped[Code] = mapped_column(default="")
    size_class: Mapped[SizeClass] = mapped_column(default=SizeClass.ONE_SIZE)
    serial: Mapped[Code] = mapped_column(default="")
    purchase_line_id: Mapped[int | None] = mapped_column(ForeignKey("purchase_line.id"))
    purchased_on: Mapped[date | None]
    price: Mapped[Money | None]


class ItemValue(Base):
    """A field that only this category of goods has (a suitcase's shell, a shoe's last), by its key."""

    __tablename__ = "item_value"
    __table_args__ = (UniqueConstraint("item_id", "key"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    key: Mapped[Code]
    value: Mapped[ShortText]

"""VIP cards and their life; a replaced number still finds its member."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.members import CardState, CardTier
from crmdesk.core.money import Money
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class Card(Versioned, Base):
    """One plastic card."""

    __tablename__ = "card"
    __table_args__ = (Index(None, "member_id"),)

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    number: Mapped[Code] = mapped_column(unique=True)
    tier: Mapped[CardTier]
    state: Mapped[CardState] = mapped_column(default=CardState.ISSUED)
    issued_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))
    state_reason: Mapped[ShortText] = mapped_column(default="")
    fee: Mapped[Money] = mapped_column(default=Money(0))
    prints: Mapped[int] = mapped_column(default=0)

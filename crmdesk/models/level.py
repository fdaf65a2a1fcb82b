"""Levels: each change with what led to it, so that "why this level" has an answer (domain rule 5)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.member_words import LevelReason
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.db.base import Base
from crmdesk.db.types import Key, ShortText


class LevelChange(Base):
    """One move of a member's level; only ever added. ``spend`` and ``purchases`` are those of the period then."""

    __tablename__ = "level_change"
    __table_args__ = (Index(None, "member_id", "at"), Index(None, "store_id", "at"))

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    staff_id: Mapped[int]
    before: Mapped[CardTier]
    after: Mapped[CardTier]
    reason: Mapped[LevelReason]
    spend: Mapped[Money] = mapped_column(default=Money(0))
    purchases: Mapped[int] = mapped_column(default=0)
    period_from: Mapped[date | None]
    note: Mapped[ShortText] = mapped_column(default="")

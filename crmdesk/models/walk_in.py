"""How many people came into the store on a day, as somebody counted them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Key


class WalkInCount(Versioned, Base):
    """One day's count; file rate and add rate are shares of it (domain rule 4)."""

    __tablename__ = "walk_in_count"
    __table_args__ = (UniqueConstraint("store_id", "day"),)

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    day: Mapped[date]
    people: Mapped[int]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]

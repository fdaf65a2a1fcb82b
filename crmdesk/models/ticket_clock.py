"""When the clocks of a ticket become yellow and red: kept, so that lists need not count every clock anew."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.db.base import Base
from crmdesk.db.types import KEY_TYPE, Code


class TicketClock(Base):
    """The days of one ticket that the store still works on; derived from it, and made anew with each change.

    ``warns_from`` is the first day on which a clock is yellow or red, ``still_from`` the first on which nothing
    happened for too long, ``due_on`` the last good day of the clock that lists show, None while it stands still.
    """

    __tablename__ = "ticket_clock"
    __table_args__ = (
        Index(None, "store_id", "red_from"),
        Index(None, "store_id", "warns_from", "red_from"),
        Index(None, "store_id", "still_from"),
        Index(None, "store_id", "due_on"),
    )

    ticket_id: Mapped[int] = mapped_column(KEY_TYPE, ForeignKey("ticket.id"), primary_key=True, autoincrement=False)
    store_id: Mapped[int]
    red_from: Mapped[date | None]
    warns_from: Mapped[date | None]
    still_from: Mapped[date | None]
    due_on: Mapped[date | None]


class ClockStand(Base):
    """By which rules and calendar the days of a store's tickets were counted; others make them worthless."""

    __tablename__ = "clock_stand"

    store_id: Mapped[int] = mapped_column(KEY_TYPE, primary_key=True, autoincrement=False)
    stamp: Mapped[Code]

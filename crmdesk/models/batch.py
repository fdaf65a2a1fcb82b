"""Batches (寄修批次): goods that travel to head office or a repairer together, line by line, out and back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.batches import LINE_TRANSITIONS, TRANSITIONS, BatchLineState, BatchParty, BatchState
from crmdesk.core.errors import IllegalMoveError
from crmdesk.core.refs import EntityKind
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, LongText, ShortText

_UNDER_WAY = text("state NOT IN ('back', 'taken_out')")


class Vendor(Versioned, Base):
    """A repairer outside the house; ``work`` says what they take."""

    __tablename__ = "vendor"
    __table_args__ = (UniqueConstraint("store_id", "name"),)

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    name: Mapped[ShortText]
    contact: Mapped[ShortText] = mapped_column(default="")
    phone: Mapped[Code] = mapped_column(default="")
    address: Mapped[ShortText] = mapped_column(default="")
    work: Mapped[ShortText] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class Batch(Versioned, Base):
    """One parcel or load; ``number`` stands on the packing list."""

    __tablename__ = "batch"
    __table_args__ = (Index(None, "store_id", "state"),)

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    number: Mapped[Code] = mapped_column(unique=True)
    party: Mapped[BatchParty]
    vendor_id: Mapped[int | None] = mapped_column(ForeignKey("vendor.id"))
    state: Mapped[BatchState] = mapped_column(default=BatchState.PACKING)
    courier: Mapped[Code] = mapped_column(default="")
    tracking: Mapped[Code] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    sent_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    note: Mapped[ShortText] = mapped_column(default="")

    def move(self, wanted: BatchState) -> None:
        """Go to ``wanted``.

        Raises:
            IllegalMoveError: the table has no such step.
        """
        if wanted not in TRANSITIONS[self.state]:
            raise IllegalMoveError(EntityKind.BATCH, self.number, self.state, wanted)
        self.state = wanted


class BatchLine(Versioned, Base):
    """One ticket's goods in a batch: what goes along, what is asked, what came back and when."""

    __tablename__ = "batch_line"
    __table_args__ = (
        UniqueConstraint("batch_id", "ticket_id"),
        Index(None, "ticket_id"),
        # The last guard when two desks pack the same goods at once.
        Index(
            "uq_batch_line_ticket_id_under_way",
            "ticket_id",
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
    )

    id: Mapped[Key]
    store_id: Mapped[int]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[BatchLineState] = mapped_column(default=BatchLineState.PACKED)
    # What travels besides the item, as a clerk would say it.
    accessories: Mapped[ShortText] = mapped_column(default="")
    asked: Mapped[LongText] = mapped_column(default="")
    arrived_at: Mapped[datetime | None]
    replied_at: Mapped[datetime | None]
    # Who answered at the other end, as their form says.
    replied_by: Mapped[ShortText] = mapped_column(default="")
    reply: Mapped[LongText] = mapped_column(default="")
    back_at: Mapped[datetime | None]
    courier_back: Mapped[Code] = mapped_column(default="")
    tracking_back: Mapped[Code] = mapped_column(default="")
    chases: Mapped[int] = mapped_column(SmallInteger, default=0)
    chased_on: Mapped[date | None]
    missing_reason: Mapped[ShortText] = mapped_column(default="")

    def move(self, wanted: BatchLineState) -> None:
        """Go to ``wanted``.

        Raises:
            IllegalMoveError: the table has no such step.
        """
        if wanted not in LINE_TRANSITIONS[self.state]:
            raise IllegalMoveError(EntityKind.BATCH, str(self.ordinal), self.state, wanted)
        self.state = wanted


class BatchEvent(Base):
    """One line of a batch's time line; only ever added."""

    __tablename__ = "batch_event"
    __table_args__ = (Index(None, "batch_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("batch_line.id"))
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    act: Mapped[Code]
    note: Mapped[str] = mapped_column(String(1000), default="")

"""A ticket (服务单): what is common to repair, complaint and return, its state and its time line."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crmdesk.core.errors import IllegalMoveError
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.loaners import NoLoanReason
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.tickets import (
    AWAY,
    CUSTOMERS_TURN,
    FINISHED,
    TRANSITIONS,
    GoodsPlace,
    Priority,
    Route,
    TicketKind,
    TicketState,
)
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, LongText, ShortText


class Ticket(Versioned, Base):
    """One service ticket; ``store_id`` received it, ``home_store_id`` is the member's.

    ``customer_words`` are printed, ``private_notes`` never are. ``promised_on`` is what the customer was told,
    ``estimated_on`` what is expected now.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        Index(None, "store_id", "state"),
        # Goods that are still in the shop, whatever became of their tickets.
        Index(None, "store_id", "goods_place", "state"),
        Index(None, "member_id"),
        Index(None, "item_id"),
        Index(None, "promised_on"),
        Index(None, "received_at"),
        Index(None, "handed_back_at"),
        Index(None, "linked_ticket_id"),
    )

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    home_store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    number: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[TicketKind]
    state: Mapped[TicketState] = mapped_column(default=TicketState.RECEIVED)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    subject: Mapped[ShortText] = mapped_column(default="")
    customer_words: Mapped[LongText] = mapped_column(default="")
    private_notes: Mapped[LongText] = mapped_column(default="")
    priority: Mapped[Priority] = mapped_column(default=Priority.NORMAL)
    route: Mapped[Route] = mapped_column(default=Route.IN_STORE)
    goods_place: Mapped[GoodsPlace] = mapped_column(default=GoodsPlace.NONE)
    shelf: Mapped[Code] = mapped_column(default="")
    declared_value: Mapped[Money | None]
    received_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    received_at: Mapped[datetime]
    promised_on: Mapped[date | None]
    estimated_on: Mapped[date | None]
    ready_at: Mapped[datetime | None]
    notified_at: Mapped[datetime | None]
    handed_back_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    last_event_at: Mapped[datetime]
    collected_by: Mapped[ShortText] = mapped_column(default="")
    no_loan_reason: Mapped[NoLoanReason | None]
    linked_ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    link: Mapped[TicketLink | None]
    # The customer only wants to know the price.
    estimate_only: Mapped[bool] = mapped_column(default=False)
    # Since when the customer has to answer, and for how long that was before; clocks pause meanwhile.
    customer_since: Mapped[datetime | None]
    customer_seconds: Mapped[int] = mapped_column(default=0)
    # Since when the goods are away for repair.
    away_since: Mapped[datetime | None]

    events: Mapped[list["TicketEvent"]] = relationship(
        cascade="all, delete-orphan", back_populates="ticket", order_by="TicketEvent.id", lazy="write_only"
    )
    accessories: Mapped[list["TicketAccessory"]] = relationship(
        cascade="all, delete-orphan", order_by="TicketAccessory.ordinal"
    )
    faults: Mapped[list["TicketFault"]] = relationship(cascade="all, delete-orphan", order_by="TicketFault.ordinal")

    @property
    def is_open(self) -> bool:
        """Tell whether the ticket still needs somebody."""
        return self.state not in FINISHED

    def may_move(self, wanted: TicketState) -> bool:
        """Tell whether the state table of this kind leads from here to ``wanted``."""
        return wanted in TRANSITIONS[self.kind][self.state]

    def move(self, wanted: TicketState, moment: datetime) -> TicketState:
        """Go to ``wanted`` and give the state that was left.

        Raises:
            IllegalMoveError: the table has no such step.
        """
        if not self.may_move(wanted):
            raise IllegalMoveError(EntityKind.TICKET, self.number, self.state, wanted)
        left, self.state = self.state, wanted
        self.last_event_at = moment
        self._count_waiting(moment)
        if left is TicketState.POSTED_BACK and wanted is TicketState.READY:
            # The goods were ready in time; it is the hand-back that did not happen, and the customer is told anew.
            self.handed_back_at = self.notified_at = None
        elif wanted is TicketState.READY:
            self.ready_at = moment
        elif wanted is TicketState.NOTIFIED:
            self.notified_at = moment
        elif wanted in (TicketState.COLLECTED, TicketState.POSTED_BACK):
            self.handed_back_at = moment
        elif wanted in FINISHED:
            self.closed_at = moment
        return left

    def _count_waiting(self, moment: datetime) -> None:
        """Keep how long the customer had to answer, and since when the goods are away."""
        if self.customer_since is not None:
            self.customer_seconds += int((moment - self.customer_since).total_seconds())
        self.customer_since = moment if self.state in CUSTOMERS_TURN else None
        if self.state not in AWAY:
            self.away_since = None
        elif self.away_since is None:
            self.away_since = moment


class TicketEvent(Base):
    """One line of a ticket's time line; only ever added."""

    __tablename__ = "ticket_event"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    # A key of core.ticket_events; its words are translated where they are shown.
    act: Mapped[Code]
    state: Mapped[TicketState]
    note: Mapped[str] = mapped_column(String(1000), default="")

    ticket: Mapped[Ticket] = relationship(back_populates="events")


class TicketAccessory(Base):
    """A thing handed in with the item."""

    __tablename__ = "ticket_accessory"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)
    name: Mapped[ShortText]
    handed_back: Mapped[bool] = mapped_column(default=False)
    hand_over_id: Mapped[int | None] = mapped_column(ForeignKey("hand_over.id"))


class TicketFault(Base):
    """A standard fault code of resources/rules."""

    __tablename__ = "ticket_fault"
    __table_args__ = (Index(None, "ticket_id"), Index(None, "code"))

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)
    code: Mapped[Code]

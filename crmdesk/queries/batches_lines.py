"""Lines of batches: of one batch, all that wait, those to chase today; and the tickets that could be packed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, func, select
from sqlalchemy.orm import Session

from crmdesk.core.batch_rules import HERE, OUT, UNANSWERED, chase_due
from crmdesk.core.batches import UNDER_WAY, BatchLineState, BatchParty, BatchState
from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.settings_service import HEAD_OFFICE_CHASE_DAYS
from crmdesk.core.tickets import REPAIR_TRANSITIONS, GoodsPlace, Route, TicketKind, TicketState
from crmdesk.core.tones import Tone
from crmdesk.models.batch import Batch, BatchLine, Vendor
from crmdesk.models.item import Item
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket
from crmdesk.queries.clock_book import clock_book
from crmdesk.queries.settings import store_settings

MAY_TRAVEL = tuple(state for state in TicketState if TicketState.SENT in REPAIR_TRANSITIONS[state])
_MOST = 2000
_REPLY_CLOCK = "head_office_reply"


@dataclass(frozen=True, slots=True)
class LineRow:
    """One ticket's goods in a batch.

    ``waiting_days`` are working days since they left, while they are out; ``due_on`` is the last good day for the
    reply; ``to_chase`` tells that the other end is to be asked again today.
    """

    id: int
    version: int
    batch_id: int
    batch_number: str
    party: BatchParty
    vendor_name: str
    ticket_id: int
    ticket_number: str
    ticket_state: TicketState
    member_id: int
    member_name: str
    item: str
    accessories: str
    state: BatchLineState
    sent_at: datetime | None
    arrived_at: datetime | None
    replied_at: datetime | None
    replied_by: str
    reply: str
    back_at: datetime | None
    chases: int
    chased_on: date | None
    missing_reason: str
    waiting_days: int | None
    due_on: date | None
    to_chase: bool

    @property
    def tone(self) -> Tone:
        """Give how urgent the line is."""
        if self.state is BatchLineState.MISSING or self.to_chase:
            return Tone.LATE
        known = {
            BatchLineState.PACKED: Tone.NEUTRAL,
            BatchLineState.TAKEN_OUT: Tone.NEUTRAL,
            BatchLineState.REPLIED: Tone.INFO,
            BatchLineState.BACK: Tone.OK,
        }
        return known.get(self.state, Tone.WAITING)


@dataclass(frozen=True, slots=True)
class PackableRow:
    """A ticket whose goods could be put into a batch now."""

    id: int
    number: str
    state: TicketState
    member_id: int
    member_name: str
    item: str
    route: Route
    place: GoodsPlace
    shelf: str
    promised_on: date | None


def lines(session: Session, batch_id: int, context: Context) -> list[LineRow]:
    """Give the lines of one batch in the order in which they were packed."""
    return _lines(session, context, BatchLine.batch_id == batch_id)


def waiting(session: Session, context: Context) -> list[LineRow]:
    """Give all goods that are out, longest first; missing ones too."""
    found = _lines(session, context, BatchLine.state.in_(OUT))
    return sorted(found, key=lambda row: (-(row.waiting_days or 0), row.batch_number, row.id))


def to_chase(session: Session, context: Context) -> list[LineRow]:
    """Give the lines whose reply is overdue and that were not chased lately, longest first."""
    return [row for row in waiting(session, context) if row.to_chase]


def line_of_ticket(session: Session, ticket_id: int, context: Context) -> LineRow | None:
    """Give the line that a ticket's goods are on now; None when they are in no batch."""
    found = _lines(session, context, BatchLine.state.in_(UNDER_WAY) & (BatchLine.ticket_id == ticket_id))
    return found[0] if found else None


def _lines(session: Session, context: Context, condition: ColumnElement[bool]) -> list[LineRow]:
    wanted = (
        select(
            BatchLine,
            Batch,
            func.coalesce(Vendor.name, "").label("vendor_name"),
            Ticket.number,
            Ticket.state.label("ticket_state"),
            Ticket.member_id,
            Member.name.label("member_name"),
            func.coalesce(Item.name, Ticket.subject).label("item"),
        )
        .join(Batch, BatchLine.batch_id == Batch.id)
        .outerjoin(Vendor, Batch.vendor_id == Vendor.id)
        .join(Ticket, BatchLine.ticket_id == Ticket.id)
        .join(Member, Ticket.member_id == Member.id)
        .outerjoin(Item, Ticket.item_id == Item.id)
        .where(Batch.store_id == context.store.id, condition)
        .order_by(BatchLine.batch_id, BatchLine.ordinal)
        .limit(_MOST)
    )
    waits = _Waits(session, context)
    return [_line(found, waits) for found in session.execute(wanted).mappings()]


class _Waits:
    """Counts how long goods are out, and when their reply is due by the store's clock."""

    def __init__(self, session: Session, context: Context) -> None:
        """Read the store's calendar and lengths once."""
        book = clock_book(session, context.store.id)
        self._gap_days = store_settings(session, context.store.id).get(HEAD_OFFICE_CHASE_DAYS)
        self._calendar = book.calendar
        # The owner may have switched the clock off: then nothing is overdue.
        self._rule = next((rule for rule in book.rules if rule.key == _REPLY_CLOCK), None)
        self._zone = context.store.zone
        self._today = context.today()

    def of(self, line: BatchLine, batch: Batch) -> tuple[int | None, date | None, bool]:
        """Give working days waited, the last good day for the reply, and whether to chase today."""
        if batch.sent_at is None or line.state not in OUT:
            return None, None, False
        sent_on = day_in_zone(batch.sent_at, self._zone)
        waited = self._calendar.count(sent_on, self._today)
        if line.state not in UNANSWERED or self._rule is None:
            return waited, None, False
        days = self._rule.days
        due = self._calendar.add(sent_on, days) if self._rule.working else sent_on + timedelta(days=days)
        return waited, due, chase_due(due, line.chased_on, self._gap_days, self._today)


def _line(found: RowMapping, waits: _Waits) -> LineRow:
    line, batch = found["BatchLine"], found["Batch"]
    waited, due, chase = waits.of(line, batch)
    return LineRow(
        id=line.id,
        version=line.version,
        batch_id=batch.id,
        batch_number=batch.number,
        party=batch.party,
        vendor_name=found["vendor_name"],
        ticket_id=line.ticket_id,
        ticket_number=found["number"],
        ticket_state=found["ticket_state"],
        member_id=found["member_id"],
        member_name=found["member_name"],
        item=found["item"],
        accessories=line.accessories,
        state=line.state,
        sent_at=batch.sent_at,
        arrived_at=line.arrived_at,
        replied_at=line.replied_at,
        replied_by=line.replied_by,
        reply=line.reply,
        back_at=line.back_at,
        chases=line.chases,
        chased_on=line.chased_on,
        missing_reason=line.missing_reason,
        waiting_days=waited,
        due_on=due,
        to_chase=chase,
    )


def packable(session: Session, context: Context) -> list[PackableRow]:
    """Give the tickets whose goods could be packed now; those meant for head office or a repairer first."""
    in_batch = select(BatchLine.id).where(BatchLine.ticket_id == Ticket.id, BatchLine.state.in_(UNDER_WAY)).exists()
    wanted = (
        select(
            Ticket.id,
            Ticket.number,
            Ticket.state,
            Ticket.member_id,
            Member.name.label("member_name"),
            func.coalesce(Item.name, Ticket.subject).label("item"),
            Ticket.route,
            Ticket.goods_place.label("place"),
            Ticket.shelf,
            Ticket.promised_on,
        )
        .join(Member, Ticket.member_id == Member.id)
        .outerjoin(Item, Ticket.item_id == Item.id)
        .where(
            Ticket.store_id == context.store.id,
            Ticket.kind == TicketKind.REPAIR,
            Ticket.state.in_(MAY_TRAVEL),
            Ticket.goods_place.in_(HERE),
            ~in_batch,
        )
        .order_by(Ticket.received_at)
        .limit(_MOST)
    )
    found = [PackableRow(**row) for row in session.execute(wanted).mappings()]
    return sorted(found, key=lambda row: row.route is Route.IN_STORE)


def open_packing(session: Session, context: Context) -> list[tuple[int, str, BatchParty]]:
    """Give key, number and destination of the batches that are being packed, newest first."""
    wanted = (
        select(Batch.id, Batch.number, Batch.party)
        .where(Batch.store_id == context.store.id, Batch.state == BatchState.PACKING)
        .order_by(Batch.made_at.desc())
    )
    return [(row.id, row.number, row.party) for row in session.execute(wanted)]

"""Lists of tickets: the views with counts, keys in order, and the rows of a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from crmdesk.core.clocks import ClockReading
from crmdesk.core.context import Context
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.loaners import LoanState
from crmdesk.core.members import CardTier
from crmdesk.core.order import Order
from crmdesk.core.tickets import ItemCategory, Priority, Route, TicketKind, TicketState
from crmdesk.db.keys import read_keys
from crmdesk.models.item import Item
from crmdesk.models.loan import Loan
from crmdesk.models.member import Member
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.ticket import Ticket, TicketFault
from crmdesk.queries import clock_lists
from crmdesk.queries.clock_book import clock_book
from crmdesk.queries.ticket_clocks import clock_facts, clock_of, earlier_by_ticket
from crmdesk.queries.ticket_filter import BY_CLOCK, TicketFilter, TicketView, conditions

if TYPE_CHECKING:
    from array import array

# Columns of a line that only its clock looks at.
_ONLY_CLOCKS = ("last_event_at", "away_since", "customer_since", "customer_seconds", "link", "linked_ticket_id")


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One line of a list; ``clock`` is the most urgent one."""

    id: int
    number: str
    kind: TicketKind
    state: TicketState
    version: int
    member_id: int
    member_name: str
    member_tier: CardTier
    item: str
    category: ItemCategory | None
    subject: str
    faults: tuple[str, ...]
    route: Route
    priority: Priority
    shelf: str
    received_at: datetime
    promised_on: date | None
    estimated_on: date | None
    ready_at: datetime | None
    lent: bool
    clock: ClockReading | None


_LENT = exists().where(Loan.ticket_id == Ticket.id, Loan.state == LoanState.OUT)


def counts(session: Session, context: Context) -> dict[TicketView, int]:
    """Give how many tickets each view holds, except all."""
    views = [view for view in TicketView if view is not TicketView.ALL]
    return {view: count(session, TicketFilter(view), context) for view in views}


def count(session: Session, chosen: TicketFilter, context: Context) -> int:
    """Give how many tickets a filter finds."""
    if chosen.view in BY_CLOCK and chosen == TicketFilter(chosen.view):
        return clock_lists.count(BY_CLOCK[chosen.view], session, context)
    wanted = select(func.count()).select_from(Ticket).where(*conditions(session, chosen, context))
    return session.execute(wanted).scalar_one()


def ids(session: Session, chosen: TicketFilter, context: Context, order: Order | None = None) -> "array[int]":
    """Give the keys of all tickets of a filter, in order."""
    return read_keys(session, _keys(session, chosen, context, order))


def first(session: Session, chosen: TicketFilter, context: Context, order: Order | None, limit: int) -> list[TicketRow]:
    """Give the first ``limit`` rows of a filter."""
    keys = session.scalars(_keys(session, chosen, context, order).limit(limit)).all()
    found = {row.id: row for row in rows(session, keys, context)}
    return [found[key] for key in keys if key in found]


def rows(session: Session, keys: Sequence[int], context: Context) -> list[TicketRow]:
    """Give the rows of ``keys``, in any order."""
    if not keys:
        return []
    faults = _faults(session, keys)
    book = clock_book(session, context.store.id)
    lines = [dict(line) for line in session.execute(_LINES.where(Ticket.id.in_(keys))).mappings()]
    came_back = {line["id"]: line["linked_ticket_id"] for line in lines if line["link"] is TicketLink.COME_BACK}
    earlier = earlier_by_ticket(session, came_back)
    made = []
    for facts in lines:
        took = sum(earlier.get(facts["id"], ()))
        clock = clock_of(clock_facts(facts, context.store.zone, earlier_days=took), context.today(), book)
        for name in _ONLY_CLOCKS:
            del facts[name]
        made.append(TicketRow(**facts, faults=faults.get(facts["id"], ()), clock=clock))
    return made


# A return has no item of its own but lines: what stands first says what it is about.
_FIRST_LINE = (
    select(ReturnLine.name)
    .where(ReturnLine.ticket_id == Ticket.id)
    .order_by(ReturnLine.ordinal, ReturnLine.id)
    .limit(1)
    .scalar_subquery()
)
_LINES = (
    select(
        Ticket.id,
        Ticket.number,
        Ticket.kind,
        Ticket.state,
        Ticket.version,
        Ticket.member_id,
        Member.name.label("member_name"),
        Member.tier.label("member_tier"),
        func.coalesce(Item.name, _FIRST_LINE, "").label("item"),
        Item.category,
        Ticket.subject,
        Ticket.route,
        Ticket.priority,
        Ticket.shelf,
        Ticket.received_at,
        Ticket.promised_on,
        Ticket.estimated_on,
        Ticket.ready_at,
        Ticket.link,
        Ticket.linked_ticket_id,
        Ticket.last_event_at,
        Ticket.away_since,
        Ticket.customer_since,
        Ticket.customer_seconds,
        _LENT.label("lent"),
    )
    .join(Member, Ticket.member_id == Member.id)
    .outerjoin(Item, Ticket.item_id == Item.id)
)


def _faults(session: Session, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for ticket_id, code in session.execute(
        select(TicketFault.ticket_id, TicketFault.code)
        .where(TicketFault.ticket_id.in_(keys))
        .order_by(TicketFault.ticket_id, TicketFault.ordinal)
    ):
        found[ticket_id] = (*found.get(ticket_id, ()), code)
    return found


def _keys(session: Session, chosen: TicketFilter, context: Context, order: Order | None) -> Select[int]:
    return _ordered(select(Ticket.id).where(*conditions(session, chosen, context)), chosen, order)


_SORTABLE = {
    "number": Ticket.number,
    "state": Ticket.state,
    "promised": Ticket.promised_on,
    "received": Ticket.received_at,
    "subject": Ticket.subject,
    "ready": func.coalesce(Ticket.ready_at, Ticket.received_at),
}


def _ordered(statement: Select[int], chosen: TicketFilter, order: Order | None) -> Select[int]:
    if order is not None and order.key in _SORTABLE:
        column = _SORTABLE[order.key]
        return statement.order_by(column.desc() if order.descending else column.asc(), Ticket.id.desc())
    if chosen.view is TicketView.ALL:
        return statement.order_by(Ticket.id.desc())
    # What is due first stands first; what has no promise comes after.
    return statement.order_by(Ticket.promised_on.is_(None), Ticket.promised_on, Ticket.id)


def version_of(session: Session, ticket_id: int) -> int:
    """Give a ticket's version as it stands; 0 when it is gone."""
    return session.scalar(select(Ticket.version).where(Ticket.id == ticket_id)) or 0

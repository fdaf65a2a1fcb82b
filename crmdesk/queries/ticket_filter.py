"""Which tickets a list shows: its views, what a person filters by, and that as conditions."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import start_of_day
from crmdesk.core.context import Context
from crmdesk.core.loaners import LoanState
from crmdesk.core.repair_rules import ENDED, HERE
from crmdesk.core.search_text import analyse, index_words
from crmdesk.core.tickets import AWAY, FINISHED, Priority, Route, Severity, TicketKind, TicketState
from crmdesk.db.search import member_index
from crmdesk.models.complaint import Complaint
from crmdesk.models.item import Item
from crmdesk.models.loan import Loan
from crmdesk.models.ticket import Ticket, TicketFault
from crmdesk.queries import clock_lists
from crmdesk.queries.clock_lists import ClockView

TO_COLLECT = (TicketState.READY, TicketState.NOTIFIED)
# Named one by one: a list of states is found by the index, "none of these" is not.
OPEN = tuple(state for state in TicketState if state not in FINISHED)
WAITING = clock_lists.WAITING


class TicketView(StrEnum):
    """The views of the service screen."""

    OPEN = "open"
    MINE = "mine"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    RED = "red"
    WARNING = "warning"
    STILL = "still"
    HEAD_OFFICE = "head_office"
    QUOTE_OVER = "quote_over"
    TO_COLLECT = "to_collect"
    GOODS_LEFT = "goods_left"
    LENT = "lent"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class DaySpan:
    """From a day up to a day, both included; None is open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets a list shows; what is empty does not matter.

    ``text`` is a part of number, subject, item or member name; ``fault`` is a code, ``shelf`` a whole place; days of
    ``received`` and ``promised`` are the store's.
    """

    view: TicketView = TicketView.OPEN
    kind: TicketKind | None = None
    member_id: int | None = None
    text: str = ""
    states: frozenset[TicketState] = frozenset()
    severities: frozenset[Severity] = frozenset()
    owner_id: int | None = None
    route: Route | None = None
    shelf: str = ""
    fault: str = ""
    priority: Priority | None = None
    received: DaySpan = field(default_factory=DaySpan)
    promised: DaySpan = field(default_factory=DaySpan)


def _text_fits(session: Session, typed: str) -> ColumnElement[bool]:
    """Say that number, subject or item hold what was typed, or that the member is found by it as everywhere."""
    things = select(Item.id).where(Item.name.contains(typed, autoescape=True))
    own = [column.contains(typed, autoescape=True) for column in (Ticket.number, Ticket.subject)]
    query = analyse(typed)
    words = () if query.is_empty or query.only_number else index_words(query)
    if words:
        asked = member_index(session).keys(words)
        own.append(Ticket.member_id.in_(asked.statement.order_by(None).params(**asked.parameters)))
    return or_(*own, Ticket.item_id.in_(things))


BY_CLOCK = {TicketView.RED: ClockView.RED, TicketView.WARNING: ClockView.WARNING, TicketView.STILL: ClockView.STILL}


def _of_view(view: TicketView, session: Session, context: Context) -> list[ColumnElement[bool]]:
    """Give what the views hold: all tickets that there are, or those that this store still works on."""
    if view is TicketView.ALL:
        return []
    if view is TicketView.LENT:
        lent = select(Loan.ticket_id).where(Loan.store_id == context.store.id, Loan.state == LoanState.OUT)
        return [Ticket.id.in_(lent.where(Loan.ticket_id.is_not(None)))]
    if view in BY_CLOCK:
        return [clock_lists.condition(BY_CLOCK[view], session, context)]
    today = context.today()
    by_view: dict[TicketView, list[ColumnElement[bool]]] = {
        TicketView.OPEN: [Ticket.state.in_(OPEN)],
        TicketView.MINE: [Ticket.state.in_(OPEN), Ticket.owner_id == context.actor.staff_id],
        TicketView.DUE_TODAY: [Ticket.state.in_(WAITING), Ticket.promised_on == today],
        TicketView.OVERDUE: [Ticket.state.in_(WAITING), Ticket.promised_on < today],
        TicketView.HEAD_OFFICE: [Ticket.state.in_(sorted(AWAY))],
        TicketView.QUOTE_OVER: [Ticket.state == TicketState.EXPIRED],
        TicketView.TO_COLLECT: [Ticket.state.in_(TO_COLLECT)],
        TicketView.GOODS_LEFT: [Ticket.goods_place.in_(sorted(HERE)), Ticket.state.in_(sorted(ENDED))],
    }
    return [Ticket.store_id == context.store.id, *by_view[view]]


def conditions(session: Session, chosen: TicketFilter, context: Context) -> list[ColumnElement[bool]]:
    """Give what a ticket has to fulfil to be in the list."""
    found = _of_view(chosen.view, session, context)
    if chosen.text.strip():
        found.append(_text_fits(session, chosen.text.strip()))
    equal = (
        (Ticket.kind, chosen.kind),
        (Ticket.member_id, chosen.member_id),
        (Ticket.owner_id, chosen.owner_id),
        (Ticket.route, chosen.route),
        (Ticket.shelf, chosen.shelf or None),
        (Ticket.priority, chosen.priority),
    )
    found += [column == wanted for column, wanted in equal if wanted is not None]
    if chosen.states:
        found.append(Ticket.state.in_(sorted(chosen.states)))
    if chosen.severities:
        severe = select(Complaint.ticket_id).where(Complaint.severity.in_(sorted(chosen.severities)))
        found.append(Ticket.id.in_(severe))
    if chosen.fault:
        found.append(Ticket.id.in_(select(TicketFault.ticket_id).where(TicketFault.code == chosen.fault)))
    return found + _spans(chosen, context)


def _spans(chosen: TicketFilter, context: Context) -> list[ColumnElement[bool]]:
    zone, found = context.store.zone, []
    if chosen.received.first is not None:
        found.append(Ticket.received_at >= start_of_day(chosen.received.first, zone))
    if chosen.received.last is not None:
        found.append(Ticket.received_at < start_of_day(chosen.received.last + timedelta(days=1), zone))
    if chosen.promised.first is not None:
        found.append(Ticket.promised_on >= chosen.promised.first)
    if chosen.promised.last is not None:
        found.append(Ticket.promised_on <= chosen.promised.last)
    return found

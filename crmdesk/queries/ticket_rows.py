"""Lists of tickets: the views with counts, keys in order, and the rows of a window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone
from crmdesk.core.clocks import ClockFacts, ClockReading, readings
from crmdesk.core.context import Context
from crmdesk.core.loaners import LoanState
from crmdesk.core.members import CardTier
from crmdesk.core.order import Order
from crmdesk.core.tickets import FINISHED, ItemCategory, Route, TicketKind, TicketState
from crmdesk.models.item import Item
from crmdesk.models.loan import Loan
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket, TicketFault

_AT_HEAD_OFFICE = (TicketState.SENT, TicketState.AT_HEAD_OFFICE)
_PROMISE = "promise"
_TO_COLLECT = (TicketState.READY, TicketState.NOTIFIED)


class TicketView(StrEnum):
    """The views of the service screen."""

    OPEN = "open"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    HEAD_OFFICE = "head_office"
    TO_COLLECT = "to_collect"
    LENT = "lent"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets a list shows; ``text`` is a part of number, subject, item or member name."""

    view: TicketView = TicketView.OPEN
    kind: TicketKind | None = None
    member_id: int | None = None
    text: str = ""


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
    return {
        view: session.scalar(select(func.count()).select_from(Ticket).where(*_conditions(TicketFilter(view), context)))
        or 0
        for view in views
    }


def ids(session: Session, chosen: TicketFilter, context: Context, order: Order | None = None) -> list[int]:
    """Give the keys of all tickets of a filter, in order."""
    return list(session.scalars(_ordered(_base(select(Ticket.id), chosen, context), chosen, order)))


def first(session: Session, chosen: TicketFilter, context: Context, order: Order | None, limit: int) -> list[TicketRow]:
    """Give the first ``limit`` rows of a filter."""
    keys = session.scalars(_ordered(_base(select(Ticket.id), chosen, context), chosen, order).limit(limit)).all()
    found = {row.id: row for row in rows(session, keys, context)}
    return [found[key] for key in keys if key in found]


def rows(session: Session, keys: Sequence[int], context: Context) -> list[TicketRow]:
    """Give the rows of ``keys``, in any order."""
    if not keys:
        return []
    faults = _faults(session, keys)
    made = []
    for line in session.execute(_LINES.where(Ticket.id.in_(keys))).mappings():
        facts = dict(line)
        clock = clock_of(_clock_facts(facts, facts.pop("last_event_at"), context), context)
        made.append(TicketRow(**facts, faults=faults.get(facts["id"], ()), clock=clock))
    return made


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
        func.coalesce(Item.name, "").label("item"),
        Item.category,
        Ticket.subject,
        Ticket.route,
        Ticket.shelf,
        Ticket.received_at,
        Ticket.promised_on,
        Ticket.estimated_on,
        Ticket.ready_at,
        Ticket.last_event_at,
        _LENT.label("lent"),
    )
    .join(Member, Ticket.member_id == Member.id)
    .outerjoin(Item, Ticket.item_id == Item.id)
)


def _clock_facts(facts: Mapping[str, Any], last_event_at: datetime, context: Context) -> ClockFacts:
    return ClockFacts(
        kind=facts["kind"],
        state=facts["state"],
        received_on=_day(facts["received_at"], context),
        last_event_on=_day(last_event_at, context),
        promised_on=facts["promised_on"],
        ready_on=_day(facts["ready_at"], context) if facts["ready_at"] else None,
        lent=bool(facts["lent"]),
    )


def clock_of(facts: ClockFacts, context: Context) -> ClockReading | None:
    """Give the clock of a ticket that a list shows: the promise where there is one, else the most urgent.

    What counts as overdue in a list is the promise (`TicketView.OVERDUE`); a ticket's page shows the other clocks.
    """
    running = readings(facts, context.today())
    promise = next((clock for clock in running if clock.key == _PROMISE), None)
    if promise is not None and facts.kind is not TicketKind.COMPLAINT:
        return promise
    return running[0] if running else None


def _day(moment: datetime, context: Context) -> date:
    return day_in_zone(moment, context.store.zone)


def _faults(session: Session, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for ticket_id, code in session.execute(
        select(TicketFault.ticket_id, TicketFault.code)
        .where(TicketFault.ticket_id.in_(keys))
        .order_by(TicketFault.ticket_id, TicketFault.ordinal)
    ):
        found[ticket_id] = (*found.get(ticket_id, ()), code)
    return found


def _base(statement: Select[int], chosen: TicketFilter, context: Context) -> Select[int]:
    if chosen.text:
        statement = statement.join(Member, Ticket.member_id == Member.id).outerjoin(Item, Ticket.item_id == Item.id)
        pattern = f"%{_literal(chosen.text)}%"
        columns = (Ticket.number, Ticket.subject, Member.name, Item.name)
        statement = statement.where(or_(*(column.like(pattern, escape="\\") for column in columns)))
    return statement.where(*_conditions(chosen, context))


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _conditions(chosen: TicketFilter, context: Context) -> list[ColumnElement[bool]]:
    today = context.today()
    is_open = Ticket.state.not_in(list(FINISHED))
    waiting = and_(is_open, Ticket.state.not_in(_TO_COLLECT))
    by_view: dict[TicketView, list[ColumnElement[bool]]] = {
        TicketView.OPEN: [is_open],
        TicketView.DUE_TODAY: [waiting, Ticket.promised_on == today],
        TicketView.OVERDUE: [waiting, Ticket.promised_on < today],
        TicketView.HEAD_OFFICE: [Ticket.state.in_(_AT_HEAD_OFFICE)],
        TicketView.TO_COLLECT: [Ticket.state.in_(_TO_COLLECT)],
        TicketView.LENT: [_LENT],
        TicketView.ALL: [],
    }
    found = list(by_view[chosen.view])
    if chosen.kind is not None:
        found.append(Ticket.kind == chosen.kind)
    if chosen.member_id is not None:
        found.append(Ticket.member_id == chosen.member_id)
    return found


_SORTABLE = {
    "number": Ticket.number,
    "state": Ticket.state,
    "promised": Ticket.promised_on,
    "received": Ticket.received_at,
    "subject": Ticket.subject,
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

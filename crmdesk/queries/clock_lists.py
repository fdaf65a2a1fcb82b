"""Which tickets the store still works on are red, warned about or not moving, by their clocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.clocks import NO_MOVEMENT, ClockBook, ClockReading, readings
from crmdesk.core.context import Context
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.tickets import TicketKind
from crmdesk.core.tones import Tone
from crmdesk.models.ticket import Ticket
from crmdesk.models.ticket_clock import TicketClock
from crmdesk.queries import clock_days
from crmdesk.queries.clock_book import clock_book
from crmdesk.queries.clock_days import LENT, is_fresh
from crmdesk.queries.ticket_clocks import CLOCK_COLUMNS, clock_facts, earlier_by_ticket, shown_clock

WAITING: Final = clock_days.WAITING


class ClockView(StrEnum):
    """Lists by clock."""

    RED = "red"  # a clock other than that nothing happened has run out
    WARNING = "warning"  # none has run out, one warns
    STILL = "still"  # nothing happened for too long


@dataclass(frozen=True, slots=True)
class ClockKeys:
    """The keys of the tickets in each list, and until when the clock runs that lists show of each."""

    red: list[int] = field(default_factory=list)
    warning: list[int] = field(default_factory=list)
    still: list[int] = field(default_factory=list)
    due: dict[int, date] = field(default_factory=dict)


def count(view: ClockView, session: Session, context: Context) -> int:
    """Give how many tickets a list holds."""
    if is_fresh(session, context.store.id):
        found = select(func.count()).select_from(TicketClock).where(*_kept(view, context))
        return session.scalar(found) or 0
    return len(_keys(view, clock_keys(session, context)))


def condition(view: ClockView, session: Session, context: Context) -> ColumnElement[bool]:
    """Say which tickets a list holds: of the context's store, and only those that it still works on."""
    if is_fresh(session, context.store.id):
        return Ticket.id.in_(select(TicketClock.ticket_id).where(*_kept(view, context)))
    return _among(_keys(view, clock_keys(session, context)))


def soon(session: Session, days: int, most: int, context: Context) -> tuple[list[int], int]:
    """Give the tickets whose shown clock has at most so many days left, the most urgent ``most``, and their number."""
    last = context.today() + timedelta(days=days)
    if not is_fresh(session, context.store.id):
        due = {key: day for key, day in clock_keys(session, context).due.items() if day <= last}
        return sorted(due, key=lambda key: (due[key], key))[:most], len(due)
    wanted = TicketClock.store_id == context.store.id, TicketClock.due_on <= last
    first = select(TicketClock.ticket_id).where(*wanted).order_by(TicketClock.due_on, TicketClock.ticket_id).limit(most)
    number = session.scalar(select(func.count()).select_from(TicketClock).where(*wanted))
    return list(session.scalars(first)), number or 0


def _kept(view: ClockView, context: Context) -> tuple[ColumnElement[bool], ...]:
    """Say it of the days that are kept."""
    today = context.today()
    own = TicketClock.store_id == context.store.id
    if view is ClockView.RED:
        return own, TicketClock.red_from <= today
    if view is ClockView.STILL:
        return own, TicketClock.still_from <= today
    return own, TicketClock.warns_from <= today, or_(TicketClock.red_from.is_(None), TicketClock.red_from > today)


def clock_keys(session: Session, context: Context) -> ClockKeys:
    """Count which tickets each list holds, in the order of their keys; needed where nothing is kept yet."""
    found = ClockKeys()
    for key, kind, clocks in waiting_readings(session, context, clock_book(session, context.store.id)):
        tones = {clock.tone for clock in clocks if clock.key != NO_MOVEMENT}
        if Tone.LATE in tones:
            found.red.append(key)
        elif Tone.WARN in tones:
            found.warning.append(key)
        if any(clock.key == NO_MOVEMENT and clock.tone is Tone.LATE for clock in clocks):
            found.still.append(key)
        shown = shown_clock(kind, clocks)
        if shown is not None and not shown.paused and shown.key != NO_MOVEMENT:
            found.due[key] = shown.due_on
    return found


def _keys(view: ClockView, found: ClockKeys) -> list[int]:
    return {ClockView.RED: found.red, ClockView.WARNING: found.warning, ClockView.STILL: found.still}[view]


def waiting_readings(
    session: Session, context: Context, book: ClockBook
) -> Iterator[tuple[int, TicketKind, list[ClockReading]]]:
    """Give every ticket that the store still works on with its kind and all its clocks, most urgent first."""
    rows = session.execute(_waiting(context)).mappings().all()
    came_back = {row["id"]: row["linked_ticket_id"] for row in rows if row["link"] is TicketLink.COME_BACK}
    counted = came_back if any(rule.earlier for rule in book.rules) else {}
    earlier = earlier_by_ticket(session, counted)
    for row in rows:
        facts = clock_facts(dict(row), context.store.zone, earlier_days=sum(earlier.get(row["id"], ())))
        yield row["id"], facts.kind, readings(facts, context.today(), book)


def _waiting(context: Context) -> Select[tuple[object, ...]]:
    columns = Ticket.id, Ticket.link, Ticket.linked_ticket_id, *CLOCK_COLUMNS, LENT.label("lent")
    waiting = Ticket.store_id == context.store.id, Ticket.state.in_(WAITING)
    return select(*columns).where(*waiting).order_by(Ticket.id)


def _among(keys: list[int]) -> ColumnElement[bool]:
    # Written out, not bound: a statement takes fewer values than a store may have red tickets.
    return Ticket.id.in_(bindparam("clock_keys", keys, expanding=True, literal_execute=True))

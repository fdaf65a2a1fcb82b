"""Which tickets the store still works on are red, warned about or not moving, by their clocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, exists, false, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import start_of_day
from crmdesk.core.clock_rules import ClockPause, ClockRule
from crmdesk.core.clocks import NO_MOVEMENT, ClockBook, ClockReading, readings
from crmdesk.core.context import Context
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.loaners import LoanState
from crmdesk.core.tickets import CUSTOMERS_TURN, FINISHED, GOODS_GONE, TicketKind, TicketState
from crmdesk.core.tones import Tone
from crmdesk.models.loan import Loan
from crmdesk.models.ticket import Ticket
from crmdesk.queries.clock_book import clock_book
from crmdesk.queries.ticket_clocks import CLOCK_COLUMNS, clock_facts, earlier_by_ticket, shown_clock

# What waits for its owner has its own ladder; the store's clocks are about what the store still has to do.
WAITING: Final = tuple(
    state for state in TicketState if state not in FINISHED and state not in (TicketState.READY, TicketState.NOTIFIED)
)
_LENT: Final = exists().where(Loan.ticket_id == Ticket.id, Loan.state == LoanState.OUT)
_DAY: Final = timedelta(days=1)


class ClockView(StrEnum):
    """Lists by clock."""

    RED = "red"  # a clock other than that nothing happened has run out
    WARNING = "warning"  # none has run out, one warns
    STILL = "still"  # nothing happened for too long


@dataclass(frozen=True, slots=True)
class ClockKeys:
    """The keys of the tickets in each list, and the clock that lists show of every ticket that is worked on."""

    red: list[int] = field(default_factory=list)
    warning: list[int] = field(default_factory=list)
    still: list[int] = field(default_factory=list)
    shown: dict[int, ClockReading] = field(default_factory=dict)


def clock_keys(session: Session, context: Context, book: ClockBook | None = None) -> ClockKeys:
    """Give which tickets each list holds, by the clocks of ``book`` or of the store, in the order of their keys."""
    found = ClockKeys()
    for key, kind, clocks in waiting_readings(session, context, book or clock_book(session, context.store.id)):
        tones = {clock.tone for clock in clocks if clock.key != NO_MOVEMENT}
        if Tone.LATE in tones:
            found.red.append(key)
        elif Tone.WARN in tones:
            found.warning.append(key)
        if any(clock.key == NO_MOVEMENT and clock.tone is Tone.LATE for clock in clocks):
            found.still.append(key)
        shown = shown_clock(kind, clocks)
        if shown is not None:
            found.shown[key] = shown
    return found


def waiting_readings(
    session: Session, context: Context, book: ClockBook
) -> Iterator[tuple[int, TicketKind, list[ClockReading]]]:
    """Give every ticket that the store still works on with its kind and all its clocks, most urgent first."""
    columns: list[Any] = [Ticket.id, Ticket.link, Ticket.linked_ticket_id, *CLOCK_COLUMNS, _LENT.label("lent")]
    rows = session.execute(select(*columns).where(*_waiting(context)).order_by(Ticket.id)).mappings().all()
    came_back = {row["id"]: row["linked_ticket_id"] for row in rows if row["link"] is TicketLink.COME_BACK}
    counted = came_back if any(rule.earlier for rule in book.rules) else {}
    earlier = earlier_by_ticket(session, counted)
    for row in rows:
        facts = clock_facts(dict(row), context.store.zone, earlier_days=sum(earlier.get(row["id"], ())))
        yield row["id"], facts.kind, readings(facts, context.today(), book)


def condition(view: ClockView, session: Session, context: Context) -> ColumnElement[bool]:
    """Say which tickets a list holds; the store's waiting tickets are to be chosen besides."""
    book = clock_book(session, context.store.id)
    if view is ClockView.STILL:
        rule = next((one for one in book.rules if one.key == NO_MOVEMENT), None)
        return false() if rule is None else _still(rule, book, context)
    found = clock_keys(session, context, book)
    return _among(found.red if view is ClockView.RED else found.warning)


def _waiting(context: Context) -> tuple[ColumnElement[bool], ...]:
    return Ticket.store_id == context.store.id, Ticket.state.in_(WAITING)


def _among(keys: list[int]) -> ColumnElement[bool]:
    # Written out, not bound: a statement takes fewer values than a store may have red tickets.
    return Ticket.id.in_(bindparam("clock_keys", keys, expanding=True, literal_execute=True))


def _still(rule: ClockRule, book: ClockBook, context: Context) -> ColumnElement[bool]:
    """Say it of the last event alone: what happened before a certain moment is too long ago."""
    standing = frozenset() if rule.pauses is ClockPause.NEVER else CUSTOMERS_TURN
    without = GOODS_GONE | standing | {TicketState.DRAFT}
    states = [state for state in WAITING if state not in without]
    since = start_of_day(_last_late(rule, book, context.today()) + _DAY, context.store.zone)
    return Ticket.kind.in_(rule.kinds) & Ticket.state.in_(states) & (Ticket.last_event_at < since)


def _last_late(rule: ClockRule, book: ClockBook, today: date) -> date:
    """Give the newest day from which ``rule`` has run out; a later start is never due earlier."""
    day = today
    while _due(rule, book, day) >= today:
        day -= _DAY
    return day


def _due(rule: ClockRule, book: ClockBook, start: date) -> date:
    return book.calendar.add(start, rule.days) if rule.working else start + timedelta(days=rule.days)

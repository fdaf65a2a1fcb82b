"""From a ticket's columns to what its clocks look at, and the one clock that a list shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crmdesk.core.clock import day_in_zone
from crmdesk.core.clocks import PROMISE, ClockBook, ClockFacts, ClockReading, readings
from crmdesk.core.context import Context
from crmdesk.core.failed_repairs import RepairRecord
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.tickets import TicketKind
from crmdesk.models.ticket import Ticket

_SECONDS_A_DAY: Final = 86_400

# What a row must hold besides ``lent``.
CLOCK_COLUMNS: Final[tuple[InstrumentedAttribute[Any], ...]] = (
    Ticket.kind,
    Ticket.state,
    Ticket.received_at,
    Ticket.promised_on,
    Ticket.ready_at,
    Ticket.last_event_at,
    Ticket.away_since,
    Ticket.customer_since,
    Ticket.customer_seconds,
)


def clock_facts(row: Mapping[str, Any], zone: str, *, earlier_days: int = 0) -> ClockFacts:
    """Give what the clocks look at; ``row`` has `CLOCK_COLUMNS` and ``lent``, moments are counted in ``zone``."""

    def day(name: str) -> date | None:
        return day_in_zone(row[name], zone) if row[name] is not None else None

    return ClockFacts(
        kind=row["kind"],
        state=row["state"],
        received_on=day_in_zone(row["received_at"], zone),
        last_event_on=day_in_zone(row["last_event_at"], zone),
        promised_on=row["promised_on"],
        ready_on=day("ready_at"),
        lent=bool(row["lent"]),
        sent_on=day("away_since"),
        asked_on=day("customer_since"),
        customer_days=row["customer_seconds"] // _SECONDS_A_DAY,
        earlier_days=earlier_days,
    )


def clock_of(facts: ClockFacts, today: date, book: ClockBook) -> ClockReading | None:
    """Give the clock of a ticket that a list shows."""
    return shown_clock(facts.kind, readings(facts, today, book))


def shown_clock(kind: TicketKind, running: list[ClockReading]) -> ClockReading | None:
    """Give which of the ``running`` clocks a list shows: the promise where there is one, else the most urgent.

    What counts as overdue in a list is the promise; a ticket's page shows the other clocks.
    """
    promise = next((clock for clock in running if clock.key == PROMISE), None)
    if promise is not None and kind is not TicketKind.COMPLAINT:
        return promise
    return running[0] if running else None


def earlier_repairs(session: Session, ticket: Ticket) -> list[int]:
    """Give how many days each repair took that this one is a come-back of (Zhejiang art. 26)."""
    if ticket.link is not TicketLink.COME_BACK or ticket.linked_ticket_id is None:
        return []
    return earlier_by_ticket(session, {ticket.id: ticket.linked_ticket_id})[ticket.id]


def earlier_by_ticket(session: Session, first: Mapping[int, int]) -> dict[int, list[int]]:
    """Give `earlier_repairs` of many come-backs at once; ``first`` names the first repair of each by key."""
    found: dict[int, list[int]] = {key: [] for key in first}
    if not first:
        return found
    again = Ticket.linked_ticket_id.in_(set(first.values())) & (Ticket.link == TicketLink.COME_BACK)
    chain = select(Ticket.id, Ticket.linked_ticket_id, Ticket.link, Ticket.received_at, Ticket.ready_at)
    took: dict[int, list[tuple[int, int]]] = {}
    for row in session.execute(chain.where(or_(Ticket.id.in_(set(first.values())), again))):
        if row.ready_at is not None:
            days = (row.ready_at - row.received_at).days
            for belongs in {row.id, row.linked_ticket_id if row.link is TicketLink.COME_BACK else row.id}:
                took.setdefault(belongs, []).append((row.id, days))
    for key, begun in first.items():
        found[key] = [days for other, days in took.get(begun, ()) if other < key]
    return found


def repair_record(ticket: Ticket, earlier: list[int], context: Context) -> RepairRecord:
    """Give how often the fault was repaired in vain, and how long its repairs took; ``earlier``: days of each."""
    zone = context.store.zone
    until = day_in_zone(ticket.ready_at, zone) if ticket.ready_at is not None else context.today()
    return RepairRecord(len(earlier), sum(earlier) + (until - day_in_zone(ticket.received_at, zone)).days)

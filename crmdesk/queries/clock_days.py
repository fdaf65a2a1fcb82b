"""From which days the clocks of tickets are yellow, red and still: counted from the tickets, or as they are kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final
from zlib import crc32

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_, select, union_all
from sqlalchemy.orm import Session

from crmdesk.core import clock_rules, work_calendar
from crmdesk.core.clocks import ClockBook, ClockFacts, days_of
from crmdesk.core.context import Context
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.loaners import LoanState
from crmdesk.core.settings_service import CLOCK_REGION, CLOCK_WARNING_PERCENT
from crmdesk.core.tickets import FINISHED, TicketState
from crmdesk.models.clock_rule import CalendarDay, ClockRule
from crmdesk.models.loan import Loan
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket
from crmdesk.models.ticket_clock import ClockStand, TicketClock
from crmdesk.queries.clock_book import BY_SETTING, clock_book
from crmdesk.queries.settings import store_settings
from crmdesk.queries.ticket_clocks import CLOCK_COLUMNS, clock_facts, earlier_by_ticket

# What waits for its owner has its own ladder; the store's clocks are about what the store still has to do.
WAITING: Final = tuple(
    state for state in TicketState if state not in FINISHED and state not in (TicketState.READY, TicketState.NOTIFIED)
)
LENT: Final = exists().where(Loan.ticket_id == Ticket.id, Loan.state == LoanState.OUT)
_COLUMNS: Final[tuple[Any, ...]] = (
    Ticket.id,
    Ticket.store_id,
    Ticket.link,
    Ticket.linked_ticket_id,
    *CLOCK_COLUMNS,
    LENT.label("lent"),
)
_MOST_BOOKS: Final = 16


@dataclass(frozen=True, slots=True)
class KeptDays:
    """What is kept of a ticket, as the columns of `TicketClock`."""

    ticket_id: int
    store_id: int
    red_from: date | None
    warns_from: date | None
    still_from: date | None
    due_on: date | None


def is_fresh(session: Session, store_id: int) -> bool:
    """Tell whether the days that are kept of a store's tickets were counted by the rules as they stand."""
    kept = session.scalar(select(ClockStand.stamp).where(ClockStand.store_id == store_id))
    return kept is not None and kept == stamp(session, store_id)


def to_count(session: Session, context: Context) -> list[int] | None:
    """Give the tickets of the context's store to be counted anew, those kept for nothing too; None when all is well."""
    store_id = context.store.id
    if is_fresh(session, store_id):
        return None
    waiting = select(Ticket.id).where(Ticket.store_id == store_id, Ticket.state.in_(WAITING))
    kept = select(TicketClock.ticket_id).where(TicketClock.store_id == store_id)
    return sorted({*session.scalars(waiting), *session.scalars(kept)})


def stamp(session: Session, store_id: int) -> str:
    """Give a short word for the rules, the calendar and the share that a store counts by."""
    settings = store_settings(session, store_id)
    chosen = settings.get(CLOCK_REGION), settings.get(CLOCK_WARNING_PERCENT)
    lengths = [settings.get(one) for one in BY_SETTING.values()]
    own = union_all(
        select(ClockRule.key, ClockRule.days, ClockRule.version, ClockRule.active).where(
            ClockRule.store_id == store_id
        ),
        select(cast(CalendarDay.day, String), literal(0), literal(0), CalendarDay.working).where(
            CalendarDay.store_id == store_id
        ),
    )
    rows = sorted(tuple(row) for row in session.execute(own))
    said = repr((_shipped(), chosen, lengths, rows))
    return f"{crc32(said.encode()):08x}"


@lru_cache(maxsize=1)
def _shipped() -> int:
    """Give a number for what the program brings along: another version may bring other rules and feasts."""
    rules = [(rule.key, rule.days, rule.working, str(rule.regions)) for rule in clock_rules.shipped()]
    return crc32(repr((rules, sorted(work_calendar.shipped().named.items()))).encode())


class Books:
    """The books of stores, read again only when their stamp is another."""

    def __init__(self) -> None:
        """Know none."""
        self._books: dict[tuple[int, str], ClockBook] = {}

    def book(self, session: Session, store_id: int) -> ClockBook:
        """Give what the clocks of a store count by."""
        key = store_id, stamp(session, store_id)
        if key not in self._books:
            while len(self._books) >= _MOST_BOOKS:
                del self._books[next(iter(self._books))]
            self._books[key] = clock_book(session, store_id)
        return self._books[key]


def among(keys: Collection[int]) -> ColumnElement[bool]:
    """Say which tickets: those with ``keys`` and the come-backs of them, whose clocks count their days too."""
    return or_(Ticket.id.in_(keys), Ticket.linked_ticket_id.in_(keys) & (Ticket.link == TicketLink.COME_BACK))


def counted(session: Session, which: ColumnElement[bool], books: Books) -> tuple[list[int], list[KeptDays]]:
    """Count the days of tickets anew; give the keys of all that were looked at, and what is to be kept."""
    rows = session.execute(select(*_COLUMNS, Store.zone).join(Store, Ticket.store_id == Store.id).where(which))
    found = [dict(row) for row in rows.mappings()]
    waiting = [row for row in found if row["state"] in WAITING]
    back = {row["id"]: row["linked_ticket_id"] for row in waiting if row["link"] is TicketLink.COME_BACK}
    earlier = earlier_by_ticket(session, back)
    by_store = {store: books.book(session, store) for store in {row["store_id"] for row in waiting}}
    kept = []
    for row in waiting:
        facts = clock_facts(row, row["zone"], earlier_days=sum(earlier.get(row["id"], ())))
        kept.append(_kept(row["id"], row["store_id"], facts, by_store[row["store_id"]]))
    return [row["id"] for row in found], kept


def _kept(ticket_id: int, store_id: int, facts: ClockFacts, book: ClockBook) -> KeptDays:
    days = days_of(facts, book)
    if days is None:
        return KeptDays(ticket_id, store_id, None, None, None, None)
    return KeptDays(ticket_id, store_id, days.red_from, days.warns_from, days.still_from, days.due_on)

"""Keeps with every write from which days the clocks of the tickets in it are yellow and red.

Whoever changes a ticket, a loan or the rules need not think of it: the session tells what was written, and before
the write is done the days are counted anew.
"""

from dataclasses import asdict
from typing import Final

from sqlalchemy import delete, event, insert, select, update
from sqlalchemy.orm import Session, object_session

from crmdesk.models.clock_rule import CalendarDay, ClockRule
from crmdesk.models.loan import Loan
from crmdesk.models.store import Setting, Store
from crmdesk.models.ticket import Ticket
from crmdesk.models.ticket_clock import ClockStand, TicketClock
from crmdesk.queries.clock_days import WAITING, Books, KeptDays, among, counted, is_fresh, stamp

_TICKETS: Final = "tickets_written"
_RULES: Final = "clock_rules_written"
_AT_ONCE: Final = 500
_books = Books()


def keep_days(session: Session, keys: set[int]) -> None:
    """Count the days of the tickets with ``keys`` anew and keep them."""
    ordered = sorted(keys)
    for begin in range(0, len(ordered), _AT_ONCE):
        seen, kept = counted(session, among(ordered[begin : begin + _AT_ONCE]), _books)
        if len(seen) == len(kept) == 1:
            _keep_one(session, kept[0])
        else:
            _keep_many(session, seen, kept)


def _keep_one(session: Session, kept: KeptDays) -> None:
    values = asdict(kept)
    written = session.connection().execute(
        update(TicketClock).where(TicketClock.ticket_id == kept.ticket_id).values(**values)
    )
    if not written.rowcount:
        session.connection().execute(insert(TicketClock), values)


def _keep_many(session: Session, seen: list[int], kept: list[KeptDays]) -> None:
    session.connection().execute(delete(TicketClock).where(TicketClock.ticket_id.in_(seen)))
    if kept:
        session.connection().execute(insert(TicketClock), [asdict(one) for one in kept])


def keep_store(session: Session, store_id: int) -> None:
    """Count the days of all tickets of a store anew, where rules or calendar are others than they were."""
    session.flush()
    if is_fresh(session, store_id):
        return
    waiting = (Ticket.store_id == store_id) & Ticket.state.in_(WAITING)
    _seen, kept = counted(session, waiting, _books)
    connection = session.connection()
    # A ticket that came from another store is still kept as that one's.
    came = TicketClock.ticket_id.in_(select(Ticket.id).where(waiting))
    connection.execute(delete(TicketClock).where((TicketClock.store_id == store_id) | came))
    connection.execute(delete(ClockStand).where(ClockStand.store_id == store_id))
    if kept:
        connection.execute(insert(TicketClock), [asdict(one) for one in kept])
    connection.execute(insert(ClockStand), {"store_id": store_id, "stamp": stamp(session, store_id)})


def keep_or_leave(session: Session, store_id: int) -> None:
    """Count a small store's tickets in the write that changed its rules; leave a large one's to be counted in pieces.

    What is left counts for nothing meanwhile: the lists count for themselves (`services.ticket_due_pieces` goes on).
    """
    session.flush()
    if is_fresh(session, store_id):
        return
    waiting = select(Ticket.id).where(Ticket.store_id == store_id, Ticket.state.in_(WAITING)).limit(_AT_ONCE + 1)
    if len(session.scalars(waiting).all()) <= _AT_ONCE:
        keep_store(session, store_id)
    else:
        session.connection().execute(delete(ClockStand).where(ClockStand.store_id == store_id))


def watch() -> None:
    """Listen to what sessions write; once in a process."""
    if event.contains(Session, "before_commit", _settle):
        return
    for model, remember in _WATCHED:
        for what in ("after_insert", "after_update", "after_delete"):
            event.listen(model, what, remember)
    event.listen(Session, "before_commit", _settle)
    event.listen(Session, "after_rollback", _forget)


def _ticket_written(_mapper: object, _connection: object, ticket: Ticket) -> None:
    _remember(ticket, _TICKETS, ticket.id)


def _loan_written(_mapper: object, _connection: object, loan: Loan) -> None:
    if loan.ticket_id is not None:
        _remember(loan, _TICKETS, loan.ticket_id)


def _store_written(_mapper: object, _connection: object, store: Store) -> None:
    _remember(store, _RULES, store.id)


def _rules_written(_mapper: object, _connection: object, row: ClockRule | CalendarDay | Setting) -> None:
    _remember(row, _RULES, row.store_id)


_WATCHED: Final = (
    (Ticket, _ticket_written),
    (Loan, _loan_written),
    (Store, _store_written),
    (ClockRule, _rules_written),
    (CalendarDay, _rules_written),
    (Setting, _rules_written),
)


def _remember(row: object, what: str, key: int) -> None:
    session = object_session(row)
    if session is not None:
        session.info.setdefault(what, set()).add(key)


def _settle(session: Session) -> None:
    session.flush()
    for store_id in sorted(session.info.pop(_RULES, ())):
        keep_or_leave(session, store_id)
    written = session.info.pop(_TICKETS, None)
    if written:
        keep_days(session, written)


def _forget(session: Session) -> None:
    for what in (_TICKETS, _RULES):
        session.info.pop(what, None)

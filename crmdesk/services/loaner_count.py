"""Counting the loaners that should be in the store: what was scanned, what came to light, what is missing."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loaners import TRANSITIONS, LoanerState
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.models.loaner import Loaner
from crmdesk.services import audit, loan_events
from crmdesk.services.loaner_steps import LOANERS, drop_reservations, move


@dataclass(frozen=True, slots=True)
class CountShelf:
    """A finished count: keys of what was scanned, keys of what is given up as missing, and why."""

    seen: frozenset[int]
    missing: frozenset[int] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShelfCounted:
    """What the count changed: codes found again, codes now missing, codes that others lent or moved meanwhile."""

    seen: int
    found_again: tuple[str, ...]
    missing: tuple[str, ...]
    skipped: tuple[str, ...]


def count_shelf(session: Session, request: CountShelf, context: Context) -> Outcome[ShelfCounted]:
    """Write a count down; what was lent meanwhile is left as it is.

    Raises:
        ReasonMissingError: something is missing and nobody says why it is given up.
    """
    context.require(Right.SERVE)
    if request.missing and not clean_line(request.reason):
        raise ReasonMissingError(LoanerState.LOST)
    loaners = _of_store(session, request.seen | request.missing, context)
    found_again = [one for one in loaners if one.id in request.seen and one.state is LoanerState.LOST]
    given_up = [one for one in loaners if one.id in request.missing - request.seen]
    missing = [one for one in given_up if LoanerState.LOST in TRANSITIONS[one.state] and not _is_lent(one)]
    for one in found_again:
        move(session, one, LoanerState.TO_INSPECT, context)
        loan_events.note_loaner(session, one.id, LoanAct.FOUND, context)
    for one in missing:
        move(session, one, LoanerState.LOST, context, request.reason)
        drop_reservations(session, one, context)
        loan_events.note_loaner(session, one.id, LoanAct.MISSING, context, request.reason)
    session.flush()
    seen = [one.id for one in loaners if one.id in request.seen]
    # Not through the mapped objects: being seen is no change that another desk has to read again.
    session.execute(update(Loaner).where(Loaner.id.in_(seen)).values(counted_on=context.today()))
    detail: audit.Detail = {"seen": len(seen), "missing": len(missing), "found": len(found_again)}
    audit.record(session, context, "loaner.count", (EntityKind.STORE, context.store.id), detail)
    skipped = tuple(one.code for one in given_up if one not in missing)
    counted = ShelfCounted(len(seen), _codes(found_again), _codes(missing), skipped)
    return Outcome(counted, LOANERS)


def _of_store(session: Session, keys: frozenset[int], context: Context) -> list[Loaner]:
    found = select(Loaner).where(Loaner.store_id == context.store.id, Loaner.id.in_(keys)).order_by(Loaner.code)
    return list(session.scalars(found))


def _is_lent(loaner: Loaner) -> bool:
    return loaner.state is LoanerState.LENT


def _codes(loaners: list[Loaner]) -> tuple[str, ...]:
    return tuple(one.code for one in loaners)

"""The one way a loaner moves: load, state table, audit; and back on the shelf with its reservations looked at."""

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loaners import LoanerState, LoanState
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.services import audit, loan_events

LOANERS = frozenset({Topic.LOANERS})
# What can be fetched: what is reserved ahead is called reserved from the first step on its day on.
READY: Final = frozenset({LoanerState.ON_SHELF, LoanerState.RESERVED})
_OPEN: Final = (
    select(Loan)
    .where(Loan.loaner_id == bindparam("loaner_id"), Loan.state.in_((LoanState.RESERVED, LoanState.OUT)))
    .order_by(Loan.from_day)
)


def load(session: Session, loaner_id: int, seen_version: int | None = None) -> Loaner:
    """Give the loaner for changing.

    Raises:
        NotFoundError: no such loaner.
        StaleError: somebody changed it since it was read.
    """
    loaner = session.get(Loaner, loaner_id)
    if loaner is None:
        raise NotFoundError(EntityKind.LOANER, str(loaner_id))
    if seen_version is not None and loaner.version != seen_version:
        raise StaleError(EntityKind.LOANER, loaner_id, seen_version, loaner.version)
    return loaner


def move(session: Session, loaner: Loaner, wanted: LoanerState, context: Context, reason: str = "") -> None:
    """Bring ``loaner`` to ``wanted`` and write it to the audit.

    Raises:
        IllegalMoveError: the state table has no such step.
        ReasonMissingError: the step needs a written reason.
    """
    left = loaner.state
    loaner.move(wanted, clean_line(reason))
    audit.record(session, context, f"loaner.{wanted}", (EntityKind.LOANER, loaner.id), {"from": left, "to": wanted})


def shelve(session: Session, loaner: Loaner, context: Context, reason: str = "") -> None:
    """Bring ``loaner`` to the shelf; it is reserved at once when somebody waits for it today."""
    if loaner.state is not LoanerState.ON_SHELF:
        move(session, loaner, LoanerState.ON_SHELF, context, reason)
    today = context.today()
    if any(one.from_day <= today <= one.due_on for one in reservations(session, loaner)):
        move(session, loaner, LoanerState.RESERVED, context)


def open_loans(session: Session, loaner: Loaner) -> list[Loan]:
    """Give the loaner's reservations and the loan that is out, earliest first."""
    session.flush()
    return list(session.scalars(_OPEN, {"loaner_id": loaner.id}))


def reservations(session: Session, loaner: Loaner) -> list[Loan]:
    """Give the loaner's open reservations, earliest first."""
    return [one for one in open_loans(session, loaner) if one.state is LoanState.RESERVED]


def drop_reservations(session: Session, loaner: Loaner, context: Context) -> None:
    """Cancel what was reserved of a loaner that is gone for good."""
    for one in reservations(session, loaner):
        one.state = LoanState.CANCELLED
        audit.record(session, context, "loan.cancel", (EntityKind.LOAN, one.id), {"loaner": loaner.code})
        loan_events.note(session, one, LoanAct.RESERVATION_GIVEN_UP, context)


def put_in_order(session: Session, loaner: Loaner, context: Context) -> list[Loan]:
    """Let reservations whose time has passed lapse, and begin today those for which the loaner was not ready.

    Returns:
        The reservations that stand and the loan that is out, earliest first.
    """
    today = context.today()
    found = open_loans(session, loaner)
    for one in found:
        if one.state is LoanState.OUT:
            continue
        if one.due_on < today:
            one.state = LoanState.CANCELLED
            audit.record(session, context, "loan.lapse", (EntityKind.LOAN, one.id), {"loaner": loaner.code})
            loan_events.note(session, one, LoanAct.LAPSED, context)
        elif one.from_day < today and loaner.state not in READY:
            one.from_day = today
    return [one for one in found if one.state is not LoanState.CANCELLED]

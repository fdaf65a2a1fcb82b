"""Reserving a loaner ahead for a member: keep, move, give up, note that nobody came for it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError
from crmdesk.core.loan_errors import StillExpectedError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loaners import LoanerState, LoanState
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.services import audit, loan_events, loaner_steps, members
from crmdesk.services.loan_steps import check_period, load, refuse_unless_free
from crmdesk.services.loans import LETTER, LoanMade, made, new_loan, ticket_for
from crmdesk.services.numbers import next_day_number


@dataclass(frozen=True, slots=True)
class ReserveLoaner:
    """A loaner kept for somebody from ``from_day`` to ``due_on``, both included."""

    loaner_id: int
    member_id: int
    from_day: date
    due_on: date
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True)
class MoveReservation:
    """Other days for a reservation as somebody saw it at ``seen_version``."""

    loan_id: int
    from_day: date
    due_on: date
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """A reservation that is not wanted any more, and why."""

    loan_id: int
    reason: str = ""
    seen_version: int | None = None


def reserve(session: Session, request: ReserveLoaner, context: Context) -> Outcome[LoanMade]:
    """Keep a loaner for a member, from today or ahead.

    Raises:
        LoanerTakenError: the period is taken.
        IllegalMoveError: it is retired or lost.
        InvalidFieldError: the period does not fit.
    """
    context.require(Right.SERVE)
    loaner = loaner_steps.load(session, request.loaner_id)
    member = members.load(session, request.member_id)
    ticket = ticket_for(session, request.ticket_id, member)
    check_period(request.from_day, request.due_on, context)
    if loaner.state in (LoanerState.RETIRED, LoanerState.LOST):
        raise IllegalMoveError(EntityKind.LOANER, loaner.code, loaner.state, LoanerState.RESERVED)
    standing = loaner_steps.put_in_order(session, loaner, context)
    refuse_unless_free(loaner, standing, (request.from_day, request.due_on), context)
    loan = new_loan(context, loaner, member, LoanState.RESERVED)
    loan.from_day, loan.due_on = request.from_day, request.due_on
    loan.ticket_id = ticket.id if ticket else None
    loan.number = next_day_number(session, context, LETTER)
    session.add(loan)
    session.flush()
    audit.record(session, context, "loan.reserve", (EntityKind.LOAN, loan.id), {"loaner": loaner.code})
    loan_events.note(session, loan, LoanAct.RESERVED, context, _period(loan))
    if loaner.state is LoanerState.ON_SHELF:
        loaner_steps.shelve(session, loaner, context)
    return made(session, loan, loaner)


def move_reservation(session: Session, request: MoveReservation, context: Context) -> Outcome[LoanMade]:
    """Keep the loaner for other days; one that has begun may keep its first day.

    Raises:
        IllegalMoveError: it is not a reservation any more.
        StaleError: somebody changed it since it was read.
        LoanerTakenError: the new period is taken.
        InvalidFieldError: the period does not fit.
    """
    context.require(Right.SERVE)
    loan, loaner = _reservation(session, request.loan_id, request.seen_version)
    if request.from_day == loan.from_day:
        check_period(max(request.from_day, context.today()), request.due_on, context)
    else:
        check_period(request.from_day, request.due_on, context)
    others = (one for one in loaner_steps.open_loans(session, loaner) if one is not loan)
    refuse_unless_free(loaner, others, (request.from_day, request.due_on), context)
    loan.from_day, loan.due_on = request.from_day, request.due_on
    session.flush()
    if loaner.state in (LoanerState.RESERVED, LoanerState.ON_SHELF):
        loaner_steps.shelve(session, loaner, context)
    audit.record(session, context, "loan.move", (EntityKind.LOAN, loan.id), {"due": loan.due_on.isoformat()})
    loan_events.note(session, loan, LoanAct.RESERVATION_MOVED, context, _period(loan))
    return made(session, loan, loaner)


def cancel(session: Session, request: GiveUp, context: Context) -> Outcome[LoanMade]:
    """Give a reservation up; the loaner is free again.

    Raises:
        IllegalMoveError: it is not a reservation any more.
        StaleError: somebody changed it since it was read.
    """
    context.require(Right.SERVE)
    loan, loaner = _reservation(session, request.loan_id, request.seen_version)
    _end(session, loan, loaner, request.reason, context)
    audit.record(session, context, "loan.cancel", (EntityKind.LOAN, loan.id), {"loaner": loaner.code})
    loan_events.note(session, loan, LoanAct.RESERVATION_GIVEN_UP, context, request.reason)
    return made(session, loan, loaner)


def not_fetched(session: Session, request: GiveUp, context: Context) -> Outcome[LoanMade]:
    """Note that nobody came for a loaner that stood ready on the first day; it is free again.

    Raises:
        IllegalMoveError: it is not a reservation any more.
        StaleError: somebody changed it since it was read.
        StillExpectedError: the first day is not over, or the loaner was not ready.
    """
    context.require(Right.SERVE)
    loan, loaner = _reservation(session, request.loan_id, request.seen_version)
    if loan.from_day >= context.today() or loaner.state not in loaner_steps.READY:
        raise StillExpectedError(loan.number, loan.from_day.isoformat())
    _end(session, loan, loaner, request.reason, context)
    audit.record(session, context, "loan.not_fetched", (EntityKind.LOAN, loan.id), {"loaner": loaner.code})
    loan_events.note(session, loan, LoanAct.NOT_FETCHED, context, request.reason)
    return made(session, loan, loaner)


def _reservation(session: Session, loan_id: int, seen_version: int | None) -> tuple[Loan, Loaner]:
    loan = load(session, loan_id, LoanState.CANCELLED, seen_version)
    return loan, loaner_steps.load(session, loan.loaner_id)


def _end(session: Session, loan: Loan, loaner: Loaner, reason: str, context: Context) -> None:
    loan.state = LoanState.CANCELLED
    loan.extend_reason = clean_line(reason)
    session.flush()
    if loaner.state is LoanerState.RESERVED:
        loaner_steps.shelve(session, loaner, context)


def _period(loan: Loan) -> str:
    return f"{loan.from_day} – {loan.due_on}"

"""Lending (借用): lend in one step, extend, take over; periods of one loaner never overlap."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.desk_errors import LoansBlockedError
from crmdesk.core.errors import InvalidFieldError, NotFoundError, ReasonMissingError
from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.i18n import SOURCE_LANGUAGE
from crmdesk.core.loan_errors import ExtendedTooOftenError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loan_rules import days_late
from crmdesk.core.loaners import LoanerState, LoanState
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_service import (
    LOAN_TERMS_CHINESE,
    LOAN_TERMS_ENGLISH,
    LOANER_BLOCK_DAYS,
    LOANER_EXTENSIONS,
    LOANER_GRACE_DAYS,
    LOANER_LATE_FEE,
    PROMISE_DAYS,
)
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GOODS_GONE, Gate
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit, deposits, loan_events, loaner_steps, members, ticket_steps
from crmdesk.services.condition_sheets import Looked, MarkFacts, write_sheet
from crmdesk.services.loan_steps import (
    CHANGED,
    check_period,
    load,
    note_on_ticket,
    plan_due_call,
    refuse_unless_free,
)
from crmdesk.services.numbers import next_day_number
from crmdesk.services.signatures import Sign, add_signature

LETTER: Final = "L"
_OUT_FOR_TICKET: Final = (
    select(Loan.id).where(Loan.ticket_id == bindparam("ticket_id"), Loan.state == LoanState.OUT).limit(1)
)
_OLDEST_OF_MEMBER: Final = (
    select(Loan.number, Loan.due_on)
    .where(Loan.member_id == bindparam("member_id"), Loan.state == LoanState.OUT)
    .order_by(Loan.due_on)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class LendLoaner:
    """One lending from today.

    Attributes:
        loaner_id: what is lent.
        ticket_id: the repair it stands in for; None lends without one.
        member_id: who borrows.
        due_on: last day; None ties it to the ticket's promised day plus the store's grace.
        deposit: what was taken; None by the store's rule, less than the rule needs the right to pass over it.
        condition_out: how it looks, in words.
        marks: how it looks, on the drawing.
        terms: empty takes the store's terms as they are today, in the language of the context.
        signed: whether the agreement is signed already; otherwise ``sign`` notes it.
        paid_by: how the deposit was paid, for the receipt.
        override_reason: why a manager lends although the member has an overdue loan.
        strokes: the borrower's signature on screen (`core.strokes.to_text`); then it is signed.
    """

    loaner_id: int
    ticket_id: int | None
    member_id: int
    due_on: date | None = None
    deposit: Money | None = None
    condition_out: str = ""
    marks: tuple[MarkFacts, ...] = ()
    terms: str = ""
    signed: bool = False
    paid_by: str = ""
    override_reason: str = ""
    strokes: str = ""


@dataclass(frozen=True, slots=True)
class MoveDueDay:
    """A new last day for a loan, with the reason; for extending and for taking over."""

    loan_id: int
    reason: str
    new_due: date
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class LoanMade:
    """A loan after a write."""

    id: int
    number: str
    version: int
    loaner_code: str
    due_on: date
    deposit: Money


def lend(session: Session, request: LendLoaner, context: Context) -> Outcome[LoanMade]:
    """Lend a loaner from today: agreement, deposit, condition, reminder call, ticket's time line in one step.

    A reservation of the same member is turned into the loan.

    Raises:
        NotAllowedError: the person does not work at the desk, or the deposit is below the rule.
        LoansBlockedError: the member has an overdue loan, and no manager passes over it with a reason.
        LoanerTakenError: somebody else has or reserved it.
        IllegalMoveError: it is not on the shelf.
        InvalidFieldError: day, deposit or ticket do not fit.
        NotSignedError: too little ink to be a signature.
    """
    context.require(Right.SERVE)
    values = store_settings(session, context.store.id)
    loaner = loaner_steps.load(session, request.loaner_id)
    member = members.load(session, request.member_id)
    ticket = ticket_for(session, request.ticket_id, member)
    _refuse_blocked(session, member, request.override_reason, context)
    due_on = request.due_on or _tied_due(ticket, values, context)
    check_period(context.today(), due_on, context)
    standing = loaner_steps.put_in_order(session, loaner, context)
    reserved = (one for one in standing if one.state is LoanState.RESERVED and one.member_id == member.id)
    loan = next(reserved, None) or new_loan(context, loaner, member, LoanState.OUT)
    others = (one for one in standing if one is not loan)
    refuse_unless_free(loaner, others, (context.today(), due_on), context)
    _fill(loan, request, values, context)
    loan.due_on = due_on
    loan.deposit = deposits.agreed(request.deposit, loaner, member, values, context)
    loan.looks_out = loaner.looks
    loan.number = loan.number or next_day_number(session, context, LETTER)
    session.add(loan)
    loaner_steps.move(session, loaner, LoanerState.LENT, context)
    session.flush()
    _write_down(session, loan, loaner, request, context)
    if request.strokes:
        add_signature(session, Sign(SignPurpose.LOAN_OUT, member.name, request.strokes, loan_id=loan.id), context)
    return made(session, loan, loaner)


def _write_down(session: Session, loan: Loan, loaner: Loaner, request: LendLoaner, context: Context) -> None:
    """Leave everything a new loan leaves beside itself."""
    write_sheet(session, Looked(Gate.LOAN_OUT, loaner.category, request.marks, loan_id=loan.id), context)
    deposits.take(session, loan, context, request.paid_by)
    plan_due_call(session, loan, words_of(loaner), context)
    note_on_ticket(session, loan, TicketAct.LENT, context, f"{words_of(loaner)} · ¥{loan.deposit.short_text()}")
    detail: audit.Detail = {"loaner": loaner.code, "due": loan.due_on.isoformat(), "deposit": loan.deposit.fen}
    audit.record(session, context, "loan.lend", (EntityKind.LOAN, loan.id), detail)
    passed = clean_line(request.override_reason)
    line = " · ".join(part for part in (f"→ {loan.due_on}", f"¥{loan.deposit.short_text()}", passed) if part)
    loan_events.note(session, loan, LoanAct.LENT, context, line)


def sign(session: Session, loan_id: int, context: Context) -> Outcome[LoanMade]:
    """Note that the borrower signed the agreement.

    Raises:
        IllegalMoveError: the loan is not out.
    """
    context.require(Right.SERVE)
    loan = load(session, loan_id, LoanState.BACK)
    if loan.signed_at is None:
        loan.signed_at = context.now()
        loan_events.note(session, loan, LoanAct.SIGNED, context)
    audit.record(session, context, "loan.sign", (EntityKind.LOAN, loan.id))
    return made(session, loan, loaner_steps.load(session, loan.loaner_id))


def extend(session: Session, request: MoveDueDay, context: Context) -> Outcome[LoanMade]:
    """Give the borrower more time.

    Raises:
        ReasonMissingError: without a reason.
        InvalidFieldError: the new day is past, or not after the old one.
        LoanerTakenError: somebody reserved it for then.
        ExtendedTooOftenError: it was extended as often as the store allows, and no manager does it.
    """
    context.require(Right.SERVE)
    loan, loaner = _with_new_due(session, request, "loan.extend", context)
    most = store_settings(session, context.store.id).get(LOANER_EXTENSIONS)
    if loan.extensions >= most and not context.may(Right.OVERRIDE):
        raise ExtendedTooOftenError(loan.number, loan.extensions)
    if request.new_due <= loan.due_on:
        raise InvalidFieldError("new_due", "too_small", request.new_due.isoformat())
    loan.due_on = request.new_due
    loan.extensions += 1
    loan.extend_reason = clean_line(request.reason)
    plan_due_call(session, loan, words_of(loaner), context)
    audit.record(session, context, "loan.extend", (EntityKind.LOAN, loan.id), {"due": loan.due_on.isoformat()})
    loan_events.note(session, loan, LoanAct.EXTENDED, context, f"→ {loan.due_on} · {loan.extend_reason}")
    note_on_ticket(session, loan, TicketAct.NOTED, context, f"{words_of(loaner)} → {loan.due_on}: {loan.extend_reason}")
    return made(session, loan, loaner)


def take_over(session: Session, request: MoveDueDay, context: Context) -> Outcome[LoanMade]:
    """Let the repair close although its loaner is out: a manager answers for it, with reason and new day (L3).

    Raises:
        NotAllowedError: the person may not pass a hard stop.
        ReasonMissingError: without a reason.
        InvalidFieldError: the new day is past.
        LoanerTakenError: somebody reserved it for then.
    """
    context.require(Right.OVERRIDE)
    loan, loaner = _with_new_due(session, request, "loan.take_over", context)
    loan.due_on = request.new_due
    loan.taken_over_by_id = context.actor.staff_id
    loan.take_over_reason = clean_line(request.reason)
    plan_due_call(session, loan, words_of(loaner), context)
    audit.record(session, context, "loan.take_over", (EntityKind.LOAN, loan.id), {"due": loan.due_on.isoformat()})
    words = f"{words_of(loaner)} → {loan.due_on}: {loan.take_over_reason}"
    loan_events.note(session, loan, LoanAct.TAKEN_OVER, context, f"→ {loan.due_on} · {loan.take_over_reason}")
    note_on_ticket(session, loan, TicketAct.LOAN_TAKEN_OVER, context, words)
    return made(session, loan, loaner)


def _with_new_due(session: Session, request: MoveDueDay, act: str, context: Context) -> tuple[Loan, Loaner]:
    if not clean_line(request.reason):
        raise ReasonMissingError(act)
    loan = load(session, request.loan_id, LoanState.BACK, request.seen_version)
    loaner = loaner_steps.load(session, loan.loaner_id)
    if request.new_due < context.today():
        raise InvalidFieldError("new_due", "in_past", request.new_due.isoformat())
    others = (one for one in loaner_steps.open_loans(session, loaner) if one is not loan)
    refuse_unless_free(loaner, others, (loan.from_day, request.new_due), context)
    return loan, loaner


def ticket_for(session: Session, ticket_id: int | None, member: Member) -> Ticket | None:
    """Give the open ticket that a loan is for; it has no other loan.

    Raises:
        NotFoundError: it is somebody else's.
        InvalidFieldError: it is finished, its goods have left, or it has its loaner already.
    """
    if ticket_id is None:
        return None
    ticket = ticket_steps.load(session, ticket_id)
    if ticket.member_id != member.id:
        raise NotFoundError(EntityKind.TICKET, ticket.number)
    if not ticket.is_open or ticket.state in GOODS_GONE:
        raise InvalidFieldError("ticket_id", "finished", ticket.number)
    if session.scalar(_OUT_FOR_TICKET, {"ticket_id": ticket.id}) is not None:
        raise InvalidFieldError("ticket_id", "taken", ticket.number)
    return ticket


def _refuse_blocked(session: Session, member: Member, reason: str, context: Context) -> None:
    oldest = session.execute(_OLDEST_OF_MEMBER, {"member_id": member.id}).one_or_none()
    late = days_late(oldest.due_on, context.today()) if oldest else 0
    limit = max(store_settings(session, context.store.id).get(LOANER_BLOCK_DAYS), 1)
    if oldest is None or late < limit:
        return
    if not clean_line(reason):
        raise LoansBlockedError(oldest.number, late)
    context.require(Right.OVERRIDE)
    detail: audit.Detail = {"loan": oldest.number, "days": late}
    audit.record(session, context, "loan.unblock", (EntityKind.MEMBER, member.id), detail)


def _tied_due(ticket: Ticket | None, values: SettingValues, context: Context) -> date:
    promised = ticket.promised_on if ticket else None
    start = promised or context.today() + timedelta(days=values.get(PROMISE_DAYS))
    return max(start, context.today()) + timedelta(days=values.get(LOANER_GRACE_DAYS))


def new_loan(context: Context, loaner: Loaner, member: Member, state: LoanState) -> Loan:
    """Begin a loan or a reservation."""
    return Loan(
        store_id=context.store.id,
        number="",
        loaner_id=loaner.id,
        member_id=member.id,
        state=state,
        deposit=Money(0),
        extensions=0,
        lent_by_id=context.actor.staff_id,
    )


def _fill(loan: Loan, request: LendLoaner, values: SettingValues, context: Context) -> None:
    loan.state = LoanState.OUT
    loan.ticket_id = request.ticket_id
    loan.from_day = context.today()
    loan.out_at = context.now()
    loan.lent_by_id = context.actor.staff_id
    loan.late_fee_per_day = values.get(LOANER_LATE_FEE)
    english = context.language == SOURCE_LANGUAGE
    terms = clean_note(request.terms) or values.get(LOAN_TERMS_ENGLISH if english else LOAN_TERMS_CHINESE)
    loan.terms = terms
    loan.condition_out = clean_line(request.condition_out)
    loan.signed_at = context.now() if request.signed or request.strokes else None


def words_of(loaner: Loaner) -> str:
    """Give code and name."""
    return f"{loaner.code} {loaner.name}"


def made(session: Session, loan: Loan, loaner: Loaner) -> Outcome[LoanMade]:
    """Give the loan as it stands after a write."""
    session.flush()
    after = LoanMade(loan.id, loan.number, loan.version, loaner.code, loan.due_on, loan.deposit)
    return Outcome(after, CHANGED)

"""Carrying out what was decided on a complaint, one remedy after the other, each with what shows it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.case_errors import NotDecidedError, RemedyDoneError
from crmdesk.core.complaint_rules import WORDS_ONLY
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import PROMISE_DAYS
from crmdesk.core.settings_store import POINTS_YEARS
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Compensation, TicketKind, TicketState
from crmdesk.core.topics import Topic
from crmdesk.models.complaint import Complaint
from crmdesk.models.complaint_work import ComplaintRemedy
from crmdesk.models.item import Item
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services import ledger, payments
from crmdesk.services.complaints import opened
from crmdesk.services.ledger import Post
from crmdesk.services.payments import Moved
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from crmdesk.services.ticket_steps import TICKETS, Step, note_event

SETTLED: Final = frozenset({TicketState.DECIDED, TicketState.COMMUNICATED, TicketState.SATISFACTION_CALL})
_EVIDENCE_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class CarryOut(Step):
    """One remedy is carried out; ``note`` is what shows it: receipt, voucher's number, courier, who gave it.

    Without ``remedy_id`` the first one that waits. ``take_in_repair`` makes the linked repair order, whose number is
    then what shows it. ``method`` is how a refund was paid. A plain `Step` carries the first one out.
    """

    remedy_id: int | None = None
    take_in_repair: bool = False
    method: str = ""


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A remedy is carried out: what shows it, how many still wait, the repair order that was made for it."""

    state: TicketState
    evidence: str
    left: int
    repair_id: int | None = None


def carry_out(session: Session, request: Step, context: Context) -> Outcome[CarriedOut]:
    """Carry out one remedy, once; a refund is paid, points are posted, a repair may be taken in at once.

    Raises:
        NotDecidedError: nothing is decided.
        RemedyDoneError: it, or every one, was carried out already.
        NotFoundError: no such remedy.
        InvalidFieldError: nothing shows that it was carried out.
    """
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    if ticket.state not in SETTLED:
        raise NotDecidedError(ticket.number)
    remedy = _wanted(session, ticket, case, request)
    evidence = _do(session, ticket, remedy, request, context)
    if not evidence:
        raise InvalidFieldError("note", "empty")
    remedy.evidence = evidence[:_EVIDENCE_LENGTH]
    remedy.done_at = context.now()
    remedy.done_by_id = context.actor.staff_id
    session.flush()
    left = [one for one in remedies_of(session, case) if one.done_at is None and one.compensation not in WORDS_ONLY]
    if not left and case.remedy_done_at is None:
        case.remedy_done_at = context.now()
    note_event(session, ticket, TicketAct.REMEDY_DONE, context, evidence)
    done = CarriedOut(ticket.state, remedy.evidence, len(left), remedy.linked_ticket_id)
    return Outcome(done, TICKETS | {Topic.MEMBERS})


def remedies_of(session: Session, case: Complaint) -> list[ComplaintRemedy]:
    """Give the remedies of the present round in the order of the decision."""
    found = select(ComplaintRemedy).where(
        ComplaintRemedy.ticket_id == case.ticket_id, ComplaintRemedy.round == case.round
    )
    return list(session.scalars(found.order_by(ComplaintRemedy.id)))


def _wanted(session: Session, ticket: Ticket, case: Complaint, request: Step) -> ComplaintRemedy:
    remedies = remedies_of(session, case)
    key = request.remedy_id if isinstance(request, CarryOut) else None
    if key is not None:
        remedies = [one for one in remedies if one.id == key]
        if not remedies:
            raise NotFoundError(EntityKind.TICKET, ticket.number)
    waiting = next((one for one in remedies if one.done_at is None), None)
    if waiting is None:
        raise RemedyDoneError(ticket.number)
    return waiting


def _do(session: Session, ticket: Ticket, remedy: ComplaintRemedy, request: Step, context: Context) -> str:
    """Do what the program itself can do for the remedy; gives what shows it."""
    said = clean_line(request.note)
    if remedy.compensation is Compensation.POINTS and remedy.points:
        years = store_settings(session, context.store.id).get(POINTS_YEARS)
        gift = Post(
            ticket.member_id,
            LedgerKind.POINTS,
            LedgerReason.COMPENSATION,
            remedy.points,
            ticket.number,
            said,
            date(context.today().year + years, 12, 31),
        )
        balance = ledger.post(session, gift, context)
        return said or f"+{remedy.points} → {balance}"
    if remedy.compensation is Compensation.REPAIR and isinstance(request, CarryOut) and request.take_in_repair:
        return _take_in(session, ticket, remedy, context)
    if remedy.compensation is Compensation.REFUND and remedy.amount and said:
        _refund(session, ticket, remedy, request, context)
    return said


def _refund(session: Session, ticket: Ticket, remedy: ComplaintRemedy, request: Step, context: Context) -> None:
    """Pay the refund out: money that went back, with a receipt, the decision's words and what shows it."""
    method = request.method if isinstance(request, CarryOut) else ""
    why = " · ".join(part for part in (clean_line(request.note), clean_line(remedy.words)) if part)
    paid = payments.add(session, ticket.id, Moved(-remedy.amount, method, why, remedy_id=remedy.id), context)
    note_event(session, ticket, TicketAct.PAID, context, paid.amount.yuan_text())


def _take_in(session: Session, ticket: Ticket, remedy: ComplaintRemedy, context: Context) -> str:
    """Take the complaint's item in for repair, linked; gives the number of the order."""
    item = session.get(Item, ticket.item_id) if ticket.item_id else None
    days = store_settings(session, context.store.id).get(PROMISE_DAYS)
    request = TakeIn(
        TicketKind.REPAIR,
        ticket.member_id,
        ticket.customer_words,
        subject=ticket.subject,
        private_notes=remedy.words,
        item=ItemFacts(item.category, item.name, item_id=item.id) if item is not None else None,
        promised_on=context.today() + timedelta(days=days),
        linked_ticket_id=ticket.id,
    )
    made = take_in(session, request, context).value
    session.get_one(Ticket, made.id).link = TicketLink.RELATED
    remedy.linked_ticket_id = made.id
    note_event(session, ticket, TicketAct.LINKED, context, made.number)
    return made.number

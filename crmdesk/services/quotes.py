"""Quoting a repair and keeping the customer's answer as evidence (domain rules 1 and 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.desk_errors import AmountChangedError, NoQuoteError, QuoteExpiredError
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.ids import new_id
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.quotes import QuoteState
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import QUOTE_VALID_DAYS
from crmdesk.core.text_clean import clean_code, clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import ApprovalChannel, Payer, TicketState
from crmdesk.models.judgement import Approval, Quote
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services.signatures import Sign, add_signature
from crmdesk.services.ticket_steps import TICKETS, Step, enter_judging, load, move, note_event

_OF_TICKET: Final = select(Quote).where(Quote.ticket_id == bindparam("ticket_id")).order_by(Quote.ordinal)


@dataclass(frozen=True, slots=True)
class MakeQuote:
    """A quote: parts + labour + fee; ``valid_until`` None takes the setting.

    ``payer`` bears it; the customer agrees to the work in any case, and owes it only as the payer.
    """

    ticket_id: int
    seen_version: int
    work: str
    parts: Money = Money(0)
    labour: Money = Money(0)
    fee: Money = Money(0)
    days: int | None = None
    valid_until: date | None = None
    payer: Payer = Payer.CUSTOMER


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """The customer's answer to the open quote, as evidence; ``strokes`` when she signed on screen."""

    ticket_id: int
    seen_version: int
    agreed: bool
    channel: ApprovalChannel
    person: str
    amount: Money
    phone: str = ""
    words: str = ""
    strokes: str = ""


def quote(session: Session, request: MakeQuote, context: Context) -> Outcome[Money]:
    """Make a quote; an earlier one, open or agreed, is replaced. Gives the total.

    What the customer agreed to holds for a quote that is not higher; a higher one stops the work until she agrees.

    Raises:
        NotAllowedError: the person does not work at the desk.
        InvalidFieldError: no description of the work, a negative amount, a validity in the past.
        IllegalMoveError: the ticket cannot be quoted now.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    _check_quote(request, context)
    earlier = quotes_of(session, ticket)
    made = _quote(session, ticket, request, context)
    made.ordinal = len(earlier) + 1
    agreed = _agreed(earlier)
    _replace(earlier)
    session.add(made)
    if agreed is not None and _covers(agreed, made, ticket, context):
        _carry_over(session, agreed, made)
        note_event(session, ticket, TicketAct.QUOTED, context, made.total.yuan_text())
    else:
        _ask(session, ticket, made, context)
    return Outcome(made.total, TICKETS)


def _quote(session: Session, ticket: Ticket, request: MakeQuote, context: Context) -> Quote:
    valid = store_settings(session, context.store.id).get(QUOTE_VALID_DAYS)
    return Quote(
        store_id=context.store.id,
        ticket_id=ticket.id,
        work=clean_note(request.work),
        parts=request.parts,
        labour=request.labour,
        fee=request.fee,
        total=Money.total((request.parts, request.labour, request.fee)),
        payer=request.payer,
        days=request.days,
        valid_until=request.valid_until or context.today() + timedelta(days=valid),
        made_at=context.now(),
        staff_id=context.actor.staff_id,
    )


def _covers(agreed: Quote, made: Quote, ticket: Ticket, context: Context) -> bool:
    """Tell whether what the customer agreed to holds for the new quote: no more money, and not run out."""
    going_on = ticket.state in (TicketState.APPROVED, TicketState.IN_WORK)
    dearer = made.total > agreed.total or (made.payer is Payer.CUSTOMER and agreed.payer is not Payer.CUSTOMER)
    return going_on and not dearer and agreed.valid_until >= context.today()


def _carry_over(session: Session, agreed: Quote, made: Quote) -> None:
    """Let the evidence of the earlier agreement stand for the new quote as well; it runs out on the same day."""
    made.state, made.valid_until = QuoteState.APPROVED, agreed.valid_until
    session.flush()
    for known in session.scalars(select(Approval).where(Approval.quote_id == agreed.id, Approval.agreed)):
        facts = {column.key: getattr(known, column.key) for column in Approval.__table__.columns}
        session.add(Approval(**(facts | {"id": new_id(), "quote_id": made.id})))


def _ask(session: Session, ticket: Ticket, made: Quote, context: Context) -> None:
    """Let the ticket wait for the customer; work that had begun stops, and the time line says so."""
    worked = ticket.state is TicketState.IN_WORK
    if ticket.state is TicketState.RECEIVED:
        enter_judging(session, ticket, context)
    if ticket.state is TicketState.QUOTED:
        note_event(session, ticket, TicketAct.QUOTED, context, made.total.yuan_text())
    else:
        move(session, ticket, TicketState.QUOTED, TicketAct.QUOTED, context, made.total.yuan_text())
    if worked:
        note_event(session, ticket, TicketAct.WORK_STOPPED, context)


def _check_quote(request: MakeQuote, context: Context) -> None:
    if not clean_note(request.work):
        raise InvalidFieldError("work", "empty")
    for name in ("parts", "labour", "fee"):
        if getattr(request, name) < Money(0):
            raise InvalidFieldError(name, "negative")
    if request.valid_until is not None and request.valid_until < context.today():
        raise InvalidFieldError("valid_until", "in_the_past", request.valid_until.isoformat())


def quotes_of(session: Session, ticket: Ticket) -> list[Quote]:
    """Give the ticket's quotes, oldest first."""
    return list(session.scalars(_OF_TICKET, {"ticket_id": ticket.id}))


def agreed_quote(session: Session, ticket: Ticket) -> Quote | None:
    """Give the quote that the customer agreed to; None when nobody asked her, or she said no."""
    return _agreed(quotes_of(session, ticket))


def _agreed(quotes: Iterable[Quote]) -> Quote | None:
    return next((one for one in quotes if one.state is QuoteState.APPROVED), None)


def withdraw(session: Session, ticket: Ticket) -> None:
    """Take quotes back, open or agreed: a newer one comes, or nothing is repaired and nobody owes it."""
    _replace(quotes_of(session, ticket))


def _replace(quotes: Iterable[Quote]) -> None:
    for one in quotes:
        if one.state in (QuoteState.OPEN, QuoteState.APPROVED):
            one.state = QuoteState.REPLACED


def record_answer(session: Session, request: RecordAnswer, context: Context) -> Outcome[TicketState]:
    """Keep the customer's yes or no as evidence: who, when, how, which amount, in which words.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NoQuoteError: nothing is open to agree to.
        QuoteExpiredError: the quote ran out; quote again.
        AmountChangedError: the customer agreed to another amount.
        InvalidFieldError: no name of the person who answered.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    open_quote = next((one for one in quotes_of(session, ticket) if one.state is QuoteState.OPEN), None)
    if open_quote is None:
        raise NoQuoteError(ticket.number)
    if not clean_line(request.person):
        raise InvalidFieldError("person", "empty")
    if request.agreed:
        _check_answer(ticket, open_quote, request, context)
    open_quote.state = QuoteState.APPROVED if request.agreed else QuoteState.DECLINED
    approval = _approval(open_quote, request, context)
    if request.strokes:
        signed = Sign(SignPurpose.APPROVAL, request.person, request.strokes, ticket.id)
        approval.signature_id = add_signature(session, signed, context).id
    session.add(approval)
    if request.agreed:
        ticket.estimate_only = False
        move(session, ticket, TicketState.APPROVED, TicketAct.APPROVED, context, request.words)
    else:
        move(session, ticket, TicketState.DECLINED, TicketAct.DECLINED, context, request.words)
    return Outcome(ticket.state, TICKETS)


def _check_answer(ticket: Ticket, open_quote: Quote, request: RecordAnswer, context: Context) -> None:
    if open_quote.valid_until < context.today():
        raise QuoteExpiredError(ticket.number, open_quote.valid_until.isoformat())
    if request.amount != open_quote.total:
        raise AmountChangedError(open_quote.total, request.amount)


def _approval(open_quote: Quote, request: RecordAnswer, context: Context) -> Approval:
    return Approval(
        store_id=context.store.id,
        quote_id=open_quote.id,
        agreed=request.agreed,
        channel=request.channel,
        person=clean_line(request.person),
        phone=clean_code(request.phone),
        amount=request.amount,
        words=clean_note(request.words),
        at=context.now(),
        expires_on=open_quote.valid_until if request.agreed else None,
        staff_id=context.actor.staff_id,
    )


def expire_quote(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Let an unanswered quote run out; it can be quoted again or go back unrepaired.

    Raises:
        IllegalMoveError: the ticket is not waiting for an answer.
        InvalidFieldError: the quote is still good.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    for one in quotes_of(session, ticket):
        if one.state is QuoteState.OPEN:
            if one.valid_until >= context.today():
                raise InvalidFieldError("valid_until", "still_good", one.valid_until.isoformat())
            one.state = QuoteState.EXPIRED
    move(session, ticket, TicketState.EXPIRED, TicketAct.QUOTE_EXPIRED, context, request.note)
    return Outcome(ticket.state, TICKETS)

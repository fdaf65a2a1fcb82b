"""Handing goods back: telling the customer, money, and the whole of the goods at once (S9, L3)."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.desk_errors import GoodsMissingError, NotSignedError
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TellChannel, TicketState
from crmdesk.core.topics import Topic
from crmdesk.models.judgement import Payment
from crmdesk.models.ticket import Ticket
from crmdesk.queries.ticket_money import ticket_money
from crmdesk.services import payments
from crmdesk.services.collecting import plan_aftercare, refuse_while_lent
from crmdesk.services.hand_overs import HandOverGoods, hand_over
from crmdesk.services.loan_fees import PayForTicket, pay_for_ticket
from crmdesk.services.payments import Moved
from crmdesk.services.ticket_steps import TICKETS, Step, load, move, note_event

__all__ = [
    "HandBack",
    "Pay",
    "check_goods",
    "hand_back",
    "open_amount",
    "pay",
    "plan_aftercare",
    "refuse_while_lent",
    "tell",
]


@dataclass(frozen=True, slots=True)
class Pay:
    """Money from the customer (negative: back to the customer)."""

    ticket_id: int
    seen_version: int
    amount: Money
    method: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandBack:
    """The customer takes the goods; ``accessories`` are the keys of those handed back."""

    ticket_id: int
    seen_version: int
    person: str
    item_back: bool
    signed: bool
    accessories: frozenset[int] = frozenset()
    note: str = ""


def tell(session: Session, request: Step, context: Context, *, channel: TellChannel) -> Outcome[TicketState]:
    """Note that the customer was told that the goods are ready; may be repeated, the first time counts."""
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    words = f"{channel.value}: {request.note}".rstrip(": ")
    if ticket.state is TicketState.NOTIFIED:
        note_event(session, ticket, TicketAct.CUSTOMER_TOLD, context, words)
    else:
        move(session, ticket, TicketState.NOTIFIED, TicketAct.CUSTOMER_TOLD, context, words)
    return Outcome(ticket.state, TICKETS)


def pay(session: Session, request: Pay, context: Context) -> Outcome[Money]:
    """Take money on a ticket and give what is still open; what is beyond the ticket's own is for its loans' fees.

    Raises:
        InvalidFieldError: nothing, more than is open, or more back than was paid too much.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    money = ticket_money(session, ticket.id)
    within = min(money.open, Money(0)) <= request.amount <= max(money.open, Money(0))
    if not request.amount or not within:
        raise InvalidFieldError("amount", "more_than_open", request.amount.yuan_text())
    own = request.amount if money.own_open < Money(0) else min(request.amount, money.own_open)
    fees = request.amount - own
    if own:
        _add_payment(session, request, own, context)
    if fees:
        pay_for_ticket(session, PayForTicket(ticket.id, fees, request.method, request.note), context)
    note_event(session, ticket, TicketAct.PAID, context, request.amount.yuan_text())
    left = replace(money, paid=money.paid + own, loan_fees=money.loan_fees - fees)
    return Outcome(left.open, TICKETS | {Topic.LOANERS} if fees else TICKETS)


def _add_payment(session: Session, request: Pay, amount: Money, context: Context) -> None:
    """Add the payment; money that goes back has a receipt."""
    if amount < Money(0):
        payments.add(session, request.ticket_id, Moved(amount, request.method, request.note), context)
        return
    session.add(
        Payment(
            store_id=context.store.id,
            ticket_id=request.ticket_id,
            amount=amount,
            method=clean_line(request.method),
            at=context.now(),
            staff_id=context.actor.staff_id,
            note=clean_line(request.note),
        )
    )


def open_amount(session: Session, ticket: Ticket) -> Money:
    """Give what the customer still owes: agreed quote, charges and fees of loans, less what was paid."""
    return ticket_money(session, ticket.id).open


def hand_back(session: Session, request: HandBack, context: Context) -> Outcome[TicketState]:
    """Give everything that is left to the customer, signed on paper, and close the ticket.

    Raises:
        IllegalMoveError: the goods are not ready.
        LoanerOutError: the loaner is not back; the hard stop (L3).
        MoneyOpenError: money is open.
        GoodsMissingError: item or accessories are not ticked.
        InvalidFieldError: no name of the person who takes them.
        NotSignedError: no signature.
    """
    goods = HandOverGoods(
        request.ticket_id,
        request.seen_version,
        request.person,
        item_back=request.item_back,
        accessories=request.accessories,
        on_paper=request.signed,
        note=request.note,
    )
    made = hand_over(session, goods, context, whole_only=True)
    return Outcome(made.value.state, made.changed)


def check_goods(ticket: Ticket, request: HandBack) -> None:
    """Refuse a hand-over of everything of which something is missing.

    Raises:
        GoodsMissingError: item or accessories are not ticked.
        InvalidFieldError: no name of the person who takes them.
        NotSignedError: no signature.
    """
    missing = tuple(one.name for one in ticket.accessories if one.id not in request.accessories)
    if not request.item_back or missing:
        raise GoodsMissingError((() if request.item_back else (ticket.subject or ticket.number,)) + missing)
    if not clean_line(request.person):
        raise InvalidFieldError("person", "empty")
    if not request.signed:
        raise NotSignedError

"""Handing goods back: telling the customer, money, and the checks before anything leaves the shop (S9, L3)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import GoodsMissingError, LoanerOutError, NotSignedError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError
from crmdesk.core.loaners import LoanState
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_care import REPAIR_CALL_DAYS
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, TellChannel, TicketKind, TicketState
from crmdesk.core.topics import Topic
from crmdesk.models.judgement import Payment
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.queries.ticket_money import ticket_money
from crmdesk.services.callback_plan import PlanCallback, in_days, plan
from crmdesk.services.charges import refuse_unsettled
from crmdesk.services.ticket_steps import TICKETS, Step, load, move, note_event


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
    """Note that the customer was told that the goods are ready; may be repeated."""
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    words = f"{channel.value}: {request.note}".rstrip(": ")
    if ticket.state is TicketState.NOTIFIED:
        ticket.notified_at = context.now()
        note_event(session, ticket, TicketAct.CUSTOMER_TOLD, context, words)
    else:
        move(session, ticket, TicketState.NOTIFIED, TicketAct.CUSTOMER_TOLD, context, words)
    return Outcome(ticket.state, TICKETS)


def pay(session: Session, request: Pay, context: Context) -> Outcome[Money]:
    """Take money on a ticket and give what is still open.

    Raises:
        InvalidFieldError: nothing, or more than is open.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    still_open = open_amount(session, ticket)
    if not request.amount or request.amount > still_open:
        raise InvalidFieldError("amount", "more_than_open", request.amount.yuan_text())
    session.add(
        Payment(
            store_id=context.store.id,
            ticket_id=ticket.id,
            amount=request.amount,
            method=clean_line(request.method),
            at=context.now(),
            staff_id=context.actor.staff_id,
            note=clean_line(request.note),
        )
    )
    note_event(session, ticket, TicketAct.PAID, context, request.amount.yuan_text())
    return Outcome(still_open - request.amount, TICKETS)


def open_amount(session: Session, ticket: Ticket) -> Money:
    """Give what the customer still owes: the agreed quote and charges that are not waived, less what was paid."""
    return ticket_money(session, ticket.id).open


def hand_back(session: Session, request: HandBack, context: Context) -> Outcome[TicketState]:
    """Give the goods to the customer and close the ticket.

    Raises:
        IllegalMoveError: the goods are not ready.
        LoanerOutError: the loaner is not back; the hard stop (L3).
        MoneyOpenError: money is open.
        MoneyToReturnError: more was paid than is owed.
        GoodsMissingError: item or accessories are not ticked.
        InvalidFieldError: no name of the person who takes them.
        NotSignedError: no signature.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if not ticket.may_move(TicketState.COLLECTED):
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, TicketState.COLLECTED)
    refuse_while_lent(session, ticket)
    refuse_unsettled(session, ticket)
    check_goods(ticket, request)
    ticket.collected_by = clean_line(request.person)
    ticket.goods_place = GoodsPlace.CUSTOMER
    ticket.shelf = ""
    for accessory in ticket.accessories:
        accessory.handed_back = True
    move(session, ticket, TicketState.COLLECTED, TicketAct.COLLECTED, context, request.note)
    move(session, ticket, TicketState.CLOSED, TicketAct.CLOSED, context)
    plan_aftercare(session, ticket, context)
    return Outcome(ticket.state, TICKETS | {Topic.CALLBACKS})


def refuse_while_lent(session: Session, ticket: Ticket) -> None:
    """Stop while the ticket's loaner is out and no manager took the loan over.

    Raises:
        LoanerOutError: with loaner and loan.
    """
    out = session.execute(
        select(Loan.id, Loan.number, Loaner.code)
        .join(Loaner, Loan.loaner_id == Loaner.id)
        .where(Loan.ticket_id == ticket.id, Loan.state == LoanState.OUT, Loan.taken_over_by_id.is_(None))
        .limit(1)
    ).one_or_none()
    if out is not None:
        raise LoanerOutError(out.code, out.number, out.id)


def check_goods(ticket: Ticket, request: HandBack) -> None:
    """Refuse a hand-over of which something is missing.

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


def plan_aftercare(session: Session, ticket: Ticket, context: Context) -> None:
    """Plan the call that asks how the repair holds."""
    if ticket.kind is not TicketKind.REPAIR:
        return
    due_from, due_until = in_days(context, store_settings(session, context.store.id).get(REPAIR_CALL_DAYS))
    plan(
        session,
        PlanCallback(
            member_id=ticket.member_id,
            reason=CallbackReason.AFTER_REPAIR,
            due_from=due_from,
            due_until=due_until,
            owner_id=ticket.owner_id,
            ticket_id=ticket.id,
            subject=ticket.subject,
        ),
        context,
    )

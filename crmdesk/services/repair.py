"""Repair steps around the work itself: sending away, working, checking, making ready (domain rule 1, Repair)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.charges import ChargeKind
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import QuoteExpiredError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.repair_errors import RemedyOwedError
from crmdesk.core.repair_rules import INSTEAD
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, Remedy, TicketState
from crmdesk.models.judgement import Judgement
from crmdesk.models.ticket import Ticket
from crmdesk.services.batches import send_one
from crmdesk.services.batches_return import GoodsBack, take_back
from crmdesk.services.batches_steps import line_under_way, require_here
from crmdesk.services.charges import MakeCharge, add_charge
from crmdesk.services.collecting import refuse_while_lent
from crmdesk.services.quotes import agreed_quote, withdraw
from crmdesk.services.return_execution import refuse_partly_done
from crmdesk.services.ticket_steps import TICKETS, Step, load, move, note_event


def start_work(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Begin the repair; an approval that ran out before the work began stops it.

    Raises:
        QuoteExpiredError: the approval ran out.
        IllegalMoveError: nothing was approved.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    require_here(ticket)
    agreed = agreed_quote(session, ticket)
    if agreed is not None and agreed.valid_until < context.today():
        raise QuoteExpiredError(ticket.number, agreed.valid_until.isoformat())
    move(session, ticket, TicketState.IN_WORK, TicketAct.WORK_STARTED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def finish_work(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Hand the repaired goods to the quality check."""
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    move(session, ticket, TicketState.QUALITY_CHECK, TicketAct.WORK_DONE, context, request.note)
    return Outcome(ticket.state, TICKETS)


def check_quality(
    session: Session, request: Step, context: Context, *, passed: bool, shelf: str = ""
) -> Outcome[TicketState]:
    """Pass the repaired goods (they go to ``shelf``) or send them back to work; a failure needs a note.

    Raises:
        ReasonMissingError: failed without saying why.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if not passed and not clean_note(request.note):
        raise ReasonMissingError("quality_check.fail")
    if passed:
        move(session, ticket, TicketState.READY, TicketAct.CHECK_PASSED, context, request.note)
        _to_shelf(ticket, shelf)
    else:
        move(session, ticket, TicketState.IN_WORK, TicketAct.CHECK_FAILED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def make_ready(
    session: Session, request: Step, context: Context, *, shelf: str = "", examination: Money = Money(0)
) -> Outcome[TicketState]:
    """Make goods ready that go back unrepaired (declined, expired, not repairable), perhaps with an examination fee.

    An agreed quote is taken back: what was not repaired is not paid.

    Raises:
        IllegalMoveError: the goods cannot go back now; repaired ones pass the quality check.
        GoodsAwayError: they are not here.
        RemedyOwedError: the judgement in force gives the customer something else.
        InvalidFieldError: a negative fee.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if ticket.state is TicketState.QUALITY_CHECK or not ticket.may_move(TicketState.READY):
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, TicketState.READY)
    require_here(ticket)
    remedy = remedy_in_force(session, ticket)
    if ticket.state is TicketState.JUDGING and remedy in INSTEAD:
        raise RemedyOwedError(ticket.number, remedy.value)
    withdraw(session, ticket)
    if examination:
        fee = MakeCharge(ticket.id, ticket.version, ChargeKind.EXAMINATION, examination, request.note)
        add_charge(session, ticket, fee, context)
    move(session, ticket, TicketState.READY, TicketAct.MADE_READY, context, request.note)
    _to_shelf(ticket, shelf)
    return Outcome(ticket.state, TICKETS)


def remedy_in_force(session: Session, ticket: Ticket) -> Remedy | None:
    """Give what the newest judgement says is to be done."""
    return session.scalar(
        select(Judgement.remedy).where(Judgement.ticket_id == ticket.id).order_by(Judgement.id.desc()).limit(1)
    )


def put_on_shelf(session: Session, request: Step, context: Context, *, shelf: str) -> Outcome[str]:
    """Note where the goods lie.

    Raises:
        InvalidFieldError: no shelf.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    require_here(ticket)
    if not clean_code(shelf):
        raise InvalidFieldError("shelf", "empty")
    _to_shelf(ticket, shelf)
    note_event(session, ticket, TicketAct.SHELVED, context, ticket.shelf)
    return Outcome(ticket.shelf, TICKETS)


def _to_shelf(ticket: Ticket, shelf: str) -> None:
    if clean_code(shelf):
        ticket.shelf = clean_code(shelf)
        ticket.goods_place = GoodsPlace.SHELF


def send_away(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Send the goods of one ticket to head office, as a batch of one; ``note`` is the courier's number.

    Raises:
        NotPackableError: the goods are not here, packed already, or the ticket cannot be sent now.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    send_one(session, ticket, request.note, context)
    return Outcome(ticket.state, TICKETS)


def receive_back(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Take the goods in again from where their batch went; ``note`` is in what condition.

    Raises:
        IllegalMoveError: they are not away.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    line = line_under_way(session, ticket.id)
    if line is not None:
        return take_back(session, GoodsBack(line.id, condition=request.note), context)
    move(session, ticket, TicketState.RECEIVED_BACK, TicketAct.CAME_BACK, context, request.note)
    ticket.goods_place = GoodsPlace.COUNTER
    return Outcome(ticket.state, TICKETS)


def change_estimate(session: Session, request: Step, context: Context, *, estimated_on: date) -> Outcome[date]:
    """Change the expected date; the promise to the customer stays as it was given.

    Raises:
        InvalidFieldError: a date in the past.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if estimated_on < context.today():
        raise InvalidFieldError("estimated_on", "in_the_past", estimated_on.isoformat())
    ticket.estimated_on = estimated_on
    note_event(session, ticket, TicketAct.ESTIMATE_CHANGED, context, f"{estimated_on.isoformat()} {request.note}")
    return Outcome(estimated_on, TICKETS)


def cancel(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Cancel an open ticket; the reason is kept, an agreed quote is taken back.

    Where the goods are is another matter: those that are here keep a step that hands them back, and a loaner that is
    out, or money, stops that step. Without goods there is no later step, so a loaner that is out stops this one.

    Raises:
        ReasonMissingError: no reason.
        IllegalMoveError: it is already finished.
        LoanerOutError: nothing was handed in, and the loaner is not back.
        PartlyDoneError: lines of a return were carried out already.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if not clean_note(request.note):
        raise ReasonMissingError("ticket.cancel")
    refuse_partly_done(session, ticket)
    if ticket.goods_place is GoodsPlace.NONE:
        refuse_while_lent(session, ticket)
    withdraw(session, ticket)
    move(session, ticket, TicketState.CANCELLED, TicketAct.CANCELLED, context, request.note)
    return Outcome(ticket.state, TICKETS)

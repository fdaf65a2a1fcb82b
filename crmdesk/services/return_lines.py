"""The lines of a return or exchange: what comes back, from which receipt or without one (domain rule 1)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from crmdesk.core.case_errors import LinesFixedError
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.return_errors import AlreadyReturnedError, LineSettledError
from crmdesk.core.return_money import lot_price
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import ReturnReason, TicketKind, TicketState
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.queries.returned_pieces import Held, held
from crmdesk.queries.staff_rights import rights_of
from crmdesk.services import audit
from crmdesk.services.ticket_steps import TICKETS, load, note_event

_UNDECIDED = frozenset({TicketState.RECEIVED, TicketState.CHECKED})


@dataclass(frozen=True, slots=True)
class AddLine:
    """A piece or lot that comes back; with a purchase line its name and price are taken from there.

    Attributes:
        ticket_id: the return.
        seen_version: of the ticket.
        reason: why it comes back.
        purchase_line_id: the receipt's line; None without a receipt.
        name: what it is, without a receipt.
        quantity: pieces.
        price_paid: without a receipt, for all pieces.
        no_receipt_reason: why it is taken without one.
        approved_by_id: who approved that with her PIN (`services.approvals`), where the person at the desk may not.
        distance_sale: it was sold by phone or internet.
        arrived_on: when it arrived at the customer then; the day of the receipt when None.
    """

    ticket_id: int
    seen_version: int
    reason: ReturnReason
    purchase_line_id: int | None = None
    name: str = ""
    quantity: int = 1
    price_paid: Money = Money(0)
    no_receipt_reason: str = ""
    approved_by_id: int | None = None
    distance_sale: bool = False
    arrived_on: date | None = None


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """A line that does not come back after all."""

    ticket_id: int
    seen_version: int
    line_id: int


def add_line(session: Session, request: AddLine, context: Context) -> Outcome[int]:
    """Put a line on a return that is not decided yet; gives its key.

    Raises:
        LinesFixedError: it is decided already, or no return.
        InvalidFieldError: no pieces, no name, a negative price, an arrival that cannot be.
        NotFoundError: no such purchase line.
        AlreadyReturnedError: more than was bought.
        NotAllowedError: without a receipt, and nobody who may override approved it.
        ReasonMissingError: without a receipt and without a reason.
    """
    context.require(Right.SERVE)
    ticket = _undecided(session, request.ticket_id, request.seen_version)
    if request.quantity < 1:
        raise InvalidFieldError("quantity", "not_positive", str(request.quantity))
    line = _bought(session, request) if request.purchase_line_id else _without_receipt(session, request, context)
    _take_arrival(session, line, request, context)
    line.store_id, line.ticket_id = context.store.id, ticket.id
    line.ordinal = max((known.ordinal for known in lines_of(session, ticket.id)), default=-1) + 1
    line.quantity, line.reason = request.quantity, request.reason
    session.add(line)
    touch(ticket)
    note_event(session, ticket, TicketAct.EDITED, context, line.name)
    if line.no_receipt_by_id is not None:
        session.flush()
        facts: dict[str, str | int | bool | None] = {
            "number": ticket.number,
            "approved_by": line.no_receipt_by_id,
            "price_fen": line.price_paid.fen,
        }
        audit.record(session, context, "return.no_receipt", (EntityKind.TICKET, ticket.id), facts)
    return Outcome(line.id, TICKETS)


def _undecided(session: Session, ticket_id: int, seen_version: int) -> Ticket:
    ticket = load(session, ticket_id, seen_version)
    if ticket.kind is not TicketKind.RETURN or ticket.state not in _UNDECIDED:
        raise LinesFixedError(ticket.number)
    return ticket


def _bought(session: Session, request: AddLine) -> ReturnLine:
    bought = session.get(PurchaseLine, request.purchase_line_id)
    if bought is None:
        raise NotFoundError(EntityKind.PURCHASE, str(request.purchase_line_id))
    session.flush()
    gone = held(session, [bought.id]).get(bought.id, Held())
    if gone.pieces + request.quantity > bought.quantity:
        raise AlreadyReturnedError(bought.name, bought.quantity, gone.pieces)
    price = lot_price(bought.amount, bought.quantity, gone.pieces, gone.price, request.quantity)
    return ReturnLine(purchase_line_id=bought.id, name=bought.name, price_paid=price)


def _without_receipt(session: Session, request: AddLine, context: Context) -> ReturnLine:
    approver = _approver(session, request, context)
    if not clean_line(request.no_receipt_reason):
        raise ReasonMissingError("return.no_receipt")
    if not clean_line(request.name):
        raise InvalidFieldError("name", "empty", request.name)
    if request.price_paid < Money(0):
        raise InvalidFieldError("price_paid", "negative", request.price_paid.yuan_text())
    return ReturnLine(
        name=clean_line(request.name),
        price_paid=request.price_paid,
        no_receipt_reason=clean_line(request.no_receipt_reason),
        no_receipt_by_id=approver,
    )


def _approver(session: Session, request: AddLine, context: Context) -> int:
    if context.may(Right.OVERRIDE):
        return context.actor.staff_id
    staff = session.get(Staff, request.approved_by_id) if request.approved_by_id else None
    if staff is None or not staff.active or Right.OVERRIDE not in rights_of(staff):
        raise NotAllowedError(Right.OVERRIDE, context.actor.role)
    return staff.id


def _take_arrival(session: Session, line: ReturnLine, request: AddLine, context: Context) -> None:
    line.distance_sale = request.distance_sale
    if not request.distance_sale or request.arrived_on is None:
        return
    if request.arrived_on > context.today():
        raise InvalidFieldError("arrived_on", "in_the_future", request.arrived_on.isoformat())
    bought = bought_on(session, line)
    if bought is not None and request.arrived_on < bought:
        raise InvalidFieldError("arrived_on", "before_purchase", request.arrived_on.isoformat())
    line.arrived_on = request.arrived_on


def bought_on(session: Session, line: ReturnLine) -> date | None:
    """Give the day the line's goods were bought; None without a receipt."""
    return session.scalar(
        select(Purchase.day)
        .join(PurchaseLine, PurchaseLine.purchase_id == Purchase.id)
        .where(PurchaseLine.id == line.purchase_line_id)
    )


def touch(ticket: Ticket) -> None:
    """Let the ticket count as changed, also when only a line was: whoever saw it before sees it again first."""
    flag_modified(ticket, "last_event_at")


def remove_line(session: Session, request: RemoveLine, context: Context) -> Outcome[str]:
    """Take a line off a return that is not decided yet; gives its name.

    Raises:
        LinesFixedError: it is decided already, or no return.
        NotFoundError: no such line on it.
        LineSettledError: it was carried out already.
    """
    context.require(Right.SERVE)
    ticket = _undecided(session, request.ticket_id, request.seen_version)
    line = line_among({line.id: line for line in lines_of(session, ticket.id)}, request.line_id)
    if line.executed_at is not None:
        raise LineSettledError(line.name)
    name = line.name
    session.delete(line)
    touch(ticket)
    note_event(session, ticket, TicketAct.EDITED, context, f"− {name}")
    return Outcome(name, TICKETS)


def lines_of(session: Session, ticket_id: int) -> list[ReturnLine]:
    """Give the lines of a return, in order."""
    return list(
        session.scalars(select(ReturnLine).where(ReturnLine.ticket_id == ticket_id).order_by(ReturnLine.ordinal))
    )


def line_among(lines: dict[int, ReturnLine], line_id: int) -> ReturnLine:
    """Give one of the lines.

    Raises:
        NotFoundError: it is none of them.
    """
    if line_id not in lines:
        raise NotFoundError(EntityKind.TICKET, str(line_id))
    return lines[line_id]

"""Return and exchange, line by line: check, decide, carry out (domain rule 1, Return/exchange)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.case_errors import LinesFixedError
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import AboveLimitError, RefundTooHighError
from crmdesk.core.errors import InvalidFieldError, NotFoundError, ReasonMissingError, RefusedError
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_store import POINTS_PER_YUAN
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import (
    GoodsCondition,
    GoodsPlace,
    ReturnDecision,
    ReturnReason,
    TicketKind,
    TicketState,
)
from crmdesk.core.topics import Topic
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services import ledger
from crmdesk.services.ledger import Post
from crmdesk.services.ticket_steps import TICKETS, Step, load, move, note_event

_UNDECIDED = frozenset({TicketState.RECEIVED, TicketState.CHECKED})


class AlreadyReturnedError(RefusedError):
    """More pieces of a purchase line would come back than were bought."""

    def __init__(self, name: str, bought: int, returned: int) -> None:
        """Keep the line's name, pieces bought, and pieces already on returns."""
        super().__init__(f"{bought} {returned}")
        self.name = name
        self.bought = bought
        self.returned = returned


class LinesOpenError(RefusedError):
    """Some lines are not checked or decided yet; ``names`` says which."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names of the open lines."""
        super().__init__(str(len(names)))
        self.names = names


@dataclass(frozen=True, slots=True)
class AddLine:
    """A piece or lot that comes back; with a purchase line its name and price are taken from there."""

    ticket_id: int
    seen_version: int
    reason: ReturnReason
    purchase_line_id: int | None = None
    name: str = ""
    quantity: int = 1
    price_paid: Money = Money(0)
    no_receipt_reason: str = ""


@dataclass(frozen=True, slots=True)
class LineCheck:
    """Condition of one line's goods."""

    line_id: int
    condition: GoodsCondition


@dataclass(frozen=True, slots=True)
class LineDecision:
    """What is done with one line."""

    line_id: int
    decision: ReturnDecision
    refund: Money = Money(0)
    exchanged_for: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckLines:
    """The goods were looked at."""

    ticket_id: int
    seen_version: int
    lines: tuple[LineCheck, ...] = field(default_factory=tuple)
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecideLines:
    """Every line's decision."""

    ticket_id: int
    seen_version: int
    lines: tuple[LineDecision, ...]


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """A line that does not come back after all."""

    ticket_id: int
    seen_version: int
    line_id: int


@dataclass(frozen=True, slots=True)
class CarryOut(Step):
    """The decisions are carried out; ``method`` is a key of how the money was paid back."""

    method: str = ""


def add_line(session: Session, request: AddLine, context: Context) -> Outcome[int]:
    """Put a line on a return that is not decided yet; gives its key.

    Raises:
        LinesFixedError: it is decided already, or no return.
        InvalidFieldError: no pieces, no name, a negative price.
        NotFoundError: no such purchase line.
        AlreadyReturnedError: more than was bought.
        NotAllowedError: without a receipt and without the right to override.
        ReasonMissingError: without a receipt and without a reason.
    """
    context.require(Right.SERVE)
    ticket = _undecided(session, request.ticket_id, request.seen_version)
    if request.quantity < 1:
        raise InvalidFieldError("quantity", "not_positive", str(request.quantity))
    line = _bought(session, request) if request.purchase_line_id else _without_receipt(request, context)
    line.store_id, line.ticket_id = context.store.id, ticket.id
    line.ordinal = max((known.ordinal for known in lines_of(session, ticket.id)), default=-1) + 1
    line.quantity, line.reason = request.quantity, request.reason
    session.add(line)
    note_event(session, ticket, TicketAct.EDITED, context, line.name)
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
    returned = pieces_returned(session, bought.id)
    together = returned + request.quantity
    if together > bought.quantity:
        raise AlreadyReturnedError(bought.name, bought.quantity, returned)
    # Lots that come back one after the other make exactly what was paid for the whole line.
    price = Money(bought.amount.fen * together // bought.quantity - bought.amount.fen * returned // bought.quantity)
    return ReturnLine(purchase_line_id=bought.id, name=bought.name, price_paid=price)


def pieces_returned(session: Session, purchase_line_id: int) -> int:
    """Count the pieces of a purchase line on returns that are neither cancelled nor rejected."""
    session.flush()
    found = session.execute(
        select(ReturnLine.quantity, ReturnLine.decision)
        .join(Ticket, ReturnLine.ticket_id == Ticket.id)
        .where(ReturnLine.purchase_line_id == purchase_line_id, Ticket.state != TicketState.CANCELLED)
    )
    return sum(quantity for quantity, decision in found if decision is not ReturnDecision.REJECT)


def remove_line(session: Session, request: RemoveLine, context: Context) -> Outcome[str]:
    """Take a line off a return that is not decided yet; gives its name.

    Raises:
        LinesFixedError: it is decided already, or no return.
        NotFoundError: no such line on it.
    """
    context.require(Right.SERVE)
    ticket = _undecided(session, request.ticket_id, request.seen_version)
    line = _line({line.id: line for line in lines_of(session, ticket.id)}, request.line_id)
    name = line.name
    session.delete(line)
    note_event(session, ticket, TicketAct.EDITED, context, f"− {name}")
    return Outcome(name, TICKETS)


def _without_receipt(request: AddLine, context: Context) -> ReturnLine:
    context.require(Right.OVERRIDE)
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
    )


def lines_of(session: Session, ticket_id: int) -> list[ReturnLine]:
    """Give the lines of a return, in order."""
    return list(
        session.scalars(select(ReturnLine).where(ReturnLine.ticket_id == ticket_id).order_by(ReturnLine.ordinal))
    )


def check(session: Session, request: CheckLines, context: Context) -> Outcome[TicketState]:
    """Note the condition of every line's goods; may be repeated, also to decide once more.

    Raises:
        LinesOpenError: a line was not looked at, or there is no line.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    lines = {line.id: line for line in lines_of(session, ticket.id)}
    for one in request.lines:
        _line(lines, one.line_id).condition = one.condition
    for line in lines.values():
        line.decision, line.refund = None, Money(0)
    _refuse_open(lines, lambda line: line.condition is None)
    if ticket.state is TicketState.CHECKED:
        note_event(session, ticket, TicketAct.CHECKED, context, request.note)
    else:
        move(session, ticket, TicketState.CHECKED, TicketAct.CHECKED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def _line(lines: dict[int, ReturnLine], line_id: int) -> ReturnLine:
    if line_id not in lines:
        raise NotFoundError(EntityKind.TICKET, str(line_id))
    return lines[line_id]


def _refuse_open(lines: dict[int, ReturnLine], is_open: Callable[[ReturnLine], bool]) -> None:
    names = tuple(line.name for line in lines.values() if is_open(line))
    if names or not lines:
        raise LinesOpenError(names)


def decide(session: Session, request: DecideLines, context: Context) -> Outcome[Money]:
    """Decide every line; gives the sum of the refunds.

    Raises:
        NotAllowedError: the person does not decide.
        RefundTooHighError: a refund above the price paid.
        AboveLimitError: the refunds are above the person's limit.
        ReasonMissingError: a rejection without reason, an exchange without goods.
        LinesOpenError: a line is missing or was not looked at.
    """
    context.require(Right.JUDGE)
    ticket = load(session, request.ticket_id, request.seen_version)
    lines = {line.id: line for line in lines_of(session, ticket.id)}
    for one in request.lines:
        _decide_line(_line(lines, one.line_id), one)
    _refuse_open(lines, lambda line: line.decision is None or line.condition is None)
    total = Money.total(line.refund for line in lines.values())
    if not context.may_approve(total):
        raise AboveLimitError(total, context.actor.approve_limit or Money(0))
    move(session, ticket, TicketState.DECIDED, TicketAct.DECIDED, context, total.yuan_text())
    return Outcome(total, TICKETS)


def _decide_line(line: ReturnLine, request: LineDecision) -> None:
    refunding = request.decision is ReturnDecision.REFUND
    if refunding and request.refund > line.price_paid:
        raise RefundTooHighError(request.refund, line.price_paid)
    if refunding and request.refund <= Money(0):
        raise InvalidFieldError("refund", "not_positive", request.refund.yuan_text())
    if request.decision is ReturnDecision.REJECT and not clean_line(request.note):
        raise ReasonMissingError("return.reject")
    if request.decision is ReturnDecision.EXCHANGE and not clean_line(request.exchanged_for):
        raise InvalidFieldError("exchanged_for", "empty")
    line.decision = request.decision
    line.refund = request.refund if refunding else Money(0)
    line.exchanged_for = clean_line(request.exchanged_for)
    line.decision_note = clean_line(request.note)


def carry_out(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Refund, exchange, hand back; points earned by refunded lines are taken back, then the ticket closes.

    A plain `Step` will do; `CarryOut` also keeps how the money was paid back.

    Raises:
        IllegalMoveError: it is not decided, or was carried out already.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    move(session, ticket, TicketState.EXECUTED, TicketAct.EXECUTED, context, clean_note(request.note))
    method = clean_line(request.method) if isinstance(request, CarryOut) else ""
    for line in lines_of(session, ticket.id):
        line.executed_at = context.now()
        if line.refund:
            line.refund_method = method
            _take_points_back(session, ticket, line, context)
    ticket.goods_place = GoodsPlace.NONE
    move(session, ticket, TicketState.CLOSED, TicketAct.CLOSED, context)
    return Outcome(ticket.state, TICKETS | {Topic.MEMBERS, Topic.PURCHASES})


def _take_points_back(session: Session, ticket: Ticket, line: ReturnLine, context: Context) -> None:
    per_yuan = store_settings(session, context.store.id).get(POINTS_PER_YUAN)
    earned = line.refund.fen // 100 * per_yuan
    if earned:
        buyer = _buyer(session, line) or ticket.member_id
        claim = Post(buyer, LedgerKind.POINTS, LedgerReason.RETURN, earned, ticket.number)
        line.points_back, line.points_owed = ledger.claw_back(session, claim, context)


def _buyer(session: Session, line: ReturnLine) -> int | None:
    """Give the member who bought it and earned the points; the customer at the desk may be somebody else."""
    return session.scalar(
        select(Purchase.member_id)
        .join(PurchaseLine, PurchaseLine.purchase_id == Purchase.id)
        .where(PurchaseLine.id == line.purchase_line_id)
    )


def bought_on(session: Session, line: ReturnLine) -> date | None:
    """Give the day the line's goods were bought; None without a receipt."""
    return session.scalar(
        select(Purchase.day)
        .join(PurchaseLine, PurchaseLine.purchase_id == Purchase.id)
        .where(PurchaseLine.id == line.purchase_line_id)
    )

"""A return's goods are looked at and every line is decided: refund, exchange, repair, reject (domain rule 1)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.desk_errors import AboveLimitError, RefundTooHighError
from crmdesk.core.errors import InvalidFieldError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.return_errors import AlreadyReturnedError, GiveBackTooHighError, LineSettledError, LinesOpenError
from crmdesk.core.return_money import most_refund
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, TicketState
from crmdesk.models.purchase import PurchaseLine
from crmdesk.models.return_line import ReturnLine
from crmdesk.queries.returned_pieces import Held, held
from crmdesk.queries.sale_points import paid_with, sale_of
from crmdesk.services.return_lines import line_among, lines_of, touch
from crmdesk.services.ticket_steps import TICKETS, load, move, note_event

_KEEPS = frozenset({ReturnDecision.REFUND, ReturnDecision.EXCHANGE})


@dataclass(frozen=True, slots=True)
class LineCheck:
    """Condition of one line's goods; a gift that came along is back or is worth ``gift_value``."""

    line_id: int
    condition: GoodsCondition
    gift: str = ""
    gift_back: bool | None = None
    gift_value: Money = Money(0)


@dataclass(frozen=True, slots=True)
class CheckLines:
    """The goods were looked at."""

    ticket_id: int
    seen_version: int
    lines: tuple[LineCheck, ...] = field(default_factory=tuple)
    note: str = ""


@dataclass(frozen=True, slots=True)
class LineDecision:
    """What is done with one line.

    Attributes:
        line_id: the line.
        decision: refund, exchange, repair or reject.
        refund: all the customer gets back, ``stored_given_back`` of it as stored value.
        exchanged_for: the goods given instead.
        note: why; a rejection needs it.
        exchange_price: what they cost; as much as was paid when None.
        points_given_back: points that paid for the goods.
        stored_given_back: stored value that paid for them, a part of ``refund``.
    """

    line_id: int
    decision: ReturnDecision
    refund: Money = Money(0)
    exchanged_for: str = ""
    note: str = ""
    exchange_price: Money | None = None
    points_given_back: int = 0
    stored_given_back: Money = Money(0)


@dataclass(frozen=True, slots=True)
class DecideLines:
    """Every line's decision."""

    ticket_id: int
    seen_version: int
    lines: tuple[LineDecision, ...]


def check(session: Session, request: CheckLines, context: Context) -> Outcome[TicketState]:
    """Note the condition of every line's goods; may be repeated, also to decide once more what is not carried out.

    Raises:
        LinesOpenError: a line was not looked at, or there is no line.
        LineSettledError: a line was carried out already.
        InvalidFieldError: a gift is worth less than nothing, or has no name.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    lines = {line.id: line for line in lines_of(session, ticket.id)}
    for one in request.lines:
        _look(line_among(lines, one.line_id), one)
    for line in lines.values():
        if line.executed_at is None:
            _undo(line)
    _refuse_open(lines, lambda line: line.condition is None)
    if ticket.state is TicketState.CHECKED:
        touch(ticket)
        note_event(session, ticket, TicketAct.CHECKED, context, request.note)
    else:
        move(session, ticket, TicketState.CHECKED, TicketAct.CHECKED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def _look(line: ReturnLine, seen: LineCheck) -> None:
    if line.executed_at is not None:
        if seen.condition is line.condition:
            return
        raise LineSettledError(line.name)
    gift = clean_line(seen.gift)
    if not gift and (seen.gift_back is not None or seen.gift_value):
        raise InvalidFieldError("gift", "empty")
    if seen.gift_value < Money(0):
        raise InvalidFieldError("gift_value", "negative", seen.gift_value.yuan_text())
    if gift and seen.gift_back is None:
        raise InvalidFieldError("gift_back", "empty", gift)
    line.condition = seen.condition
    line.gift, line.gift_back, line.gift_value = gift, seen.gift_back if gift else None, seen.gift_value


def _undo(line: ReturnLine) -> None:
    line.decision, line.refund, line.exchange_price, line.exchanged_for = None, Money(0), None, ""
    line.points_given_back, line.stored_given_back = 0, Money(0)


def _refuse_open(lines: dict[int, ReturnLine], is_open: Callable[[ReturnLine], bool]) -> None:
    names = tuple(line.name for line in lines.values() if is_open(line))
    if names or not lines:
        raise LinesOpenError(names)


def decide(session: Session, request: DecideLines, context: Context) -> Outcome[Money]:
    """Decide every line that is not carried out; gives the sum that goes back to the customer for these.

    Raises:
        NotAllowedError: the person does not decide.
        RefundTooHighError: a refund above the price paid, less a gift that is not back.
        GiveBackTooHighError: more points or stored value than paid for the goods.
        AlreadyReturnedError: another return took the pieces meanwhile.
        AboveLimitError: the money is above the person's limit.
        ReasonMissingError: a rejection without reason.
        InvalidFieldError: an exchange without goods, a refund of nothing, a negative price.
        LinesOpenError: a line is missing or was not looked at.
        LineSettledError: a line was carried out already.
    """
    context.require(Right.JUDGE)
    ticket = load(session, request.ticket_id, request.seen_version)
    lines = {line.id: line for line in lines_of(session, ticket.id)}
    for one in request.lines:
        line = line_among(lines, one.line_id)
        if line.executed_at is not None:
            raise LineSettledError(line.name)
        _decide_line(session, line, one)
        session.flush()  # what this line holds counts for the next one of the same receipt
    _refuse_open(lines, lambda line: line.decision is None or line.condition is None)
    total = Money.total(line.money_back for line in lines.values() if line.executed_at is None)
    if not context.may_approve(total):
        raise AboveLimitError(total, context.actor.approve_limit or Money(0))
    move(session, ticket, TicketState.DECIDED, TicketAct.DECIDED, context, total.yuan_text())
    return Outcome(total, TICKETS)


def _decide_line(session: Session, line: ReturnLine, request: LineDecision) -> None:
    if request.decision is ReturnDecision.REJECT and not clean_line(request.note):
        raise ReasonMissingError("return.reject")
    most = _most(session, line) if request.decision in _KEEPS else Money(0)
    line.decision = request.decision
    line.exchanged_for = clean_line(request.exchanged_for)
    line.decision_note = clean_line(request.note)
    line.refund, line.exchange_price = Money(0), None
    line.points_given_back, line.stored_given_back = 0, Money(0)
    if request.decision is ReturnDecision.REFUND:
        _refund(session, line, request, most)
    elif request.decision is ReturnDecision.EXCHANGE:
        _exchange(line, request)


def _most(session: Session, line: ReturnLine) -> Money:
    """Give the highest refund of a line whose pieces are not on another return meanwhile."""
    most = most_refund(line.price_paid, line.gift_value, gift_back=line.gift_back)
    bought = session.get(PurchaseLine, line.purchase_line_id) if line.purchase_line_id else None
    if bought is None:
        return most
    others = held(session, [bought.id], beside=line.id).get(bought.id, Held())
    if others.pieces + line.quantity > bought.quantity:
        raise AlreadyReturnedError(bought.name, bought.quantity, others.pieces)
    return Money(max(0, min(most.fen, bought.amount.fen - others.price.fen)))


def _refund(session: Session, line: ReturnLine, request: LineDecision, most: Money) -> None:
    if request.refund > most:
        raise RefundTooHighError(request.refund, most)
    if request.refund <= Money(0):
        raise InvalidFieldError("refund", "not_positive", request.refund.yuan_text())
    line.refund = request.refund
    if request.points_given_back < 0 or request.stored_given_back < Money(0):
        raise InvalidFieldError("points_given_back", "negative")
    if not request.points_given_back and not request.stored_given_back:
        return
    sale = sale_of(session, line.purchase_line_id)
    if sale is None:
        raise GiveBackTooHighError(0, Money(0))
    paid = paid_with(session, sale, beside=line.id)
    stored = min(paid.stored, line.refund, key=lambda amount: amount.fen)
    if request.points_given_back > paid.points or request.stored_given_back > stored:
        raise GiveBackTooHighError(paid.points, stored)
    line.points_given_back, line.stored_given_back = request.points_given_back, request.stored_given_back


def _exchange(line: ReturnLine, request: LineDecision) -> None:
    if not line.exchanged_for:
        raise InvalidFieldError("exchanged_for", "empty")
    if request.exchange_price is not None and request.exchange_price < Money(0):
        raise InvalidFieldError("exchange_price", "negative", request.exchange_price.yuan_text())
    line.exchange_price = request.exchange_price

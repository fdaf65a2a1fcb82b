"""Decided lines of a return are carried out: money, points, exchange, repair order, goods handed back (S7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.return_errors import LineSettledError, PartlyDoneError
from crmdesk.core.return_money import points_due
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import PROMISE_DAYS
from crmdesk.core.settings_store import POINTS_YEARS
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, ItemCategory, ReturnDecision, TicketKind, TicketState
from crmdesk.core.topics import Topic
from crmdesk.models.item import Item
from crmdesk.models.purchase import PurchaseLine
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.ticket import Ticket
from crmdesk.queries.sale_points import earned, paid_with, sale_of
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit, ledger, payments
from crmdesk.services.ledger import Post
from crmdesk.services.payments import Moved
from crmdesk.services.return_lines import line_among, lines_of, touch
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from crmdesk.services.ticket_steps import TICKETS, Step, load, move, note_event

_CHANGED = TICKETS | {Topic.MEMBERS, Topic.PURCHASES}


@dataclass(frozen=True, slots=True)
class CarryOut(Step):
    """Decisions are carried out.

    Attributes:
        method: a key of how money was paid back or paid.
        lines: which lines; all that are open when None.
    """

    method: str = ""
    lines: frozenset[int] | None = None


def carry_out(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Carry out lines; with the last one the ticket closes. A plain `Step` carries out all.

    Raises:
        IllegalMoveError: it is not decided, or was carried out already.
        LineSettledError: one of the lines was carried out already.
        NotFoundError: no such line on it.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if not ticket.may_move(TicketState.EXECUTED):
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, TicketState.EXECUTED)
    lines = lines_of(session, ticket.id)
    chosen = _chosen(lines, request)
    method = clean_line(request.method) if isinstance(request, CarryOut) else ""
    for line in chosen:
        _carry_out_line(session, ticket, line, method, context)
    note = "; ".join(part for part in (clean_note(request.note), _names(chosen, lines)) if part)
    _finish(session, ticket, lines, note, context)
    return Outcome(ticket.state, _CHANGED)


def _chosen(lines: Sequence[ReturnLine], request: Step) -> list[ReturnLine]:
    wanted = request.lines if isinstance(request, CarryOut) else None
    if wanted is None:
        return [line for line in lines if line.executed_at is None]
    known = {line.id: line for line in lines}
    chosen = [line_among(known, key) for key in sorted(wanted)]
    for line in chosen:
        if line.executed_at is not None:
            raise LineSettledError(line.name)
    return chosen


def _names(chosen: Sequence[ReturnLine], lines: Sequence[ReturnLine]) -> str:
    return ", ".join(line.name for line in chosen) if len(chosen) < len(lines) else ""


def _finish(session: Session, ticket: Ticket, lines: Sequence[ReturnLine], note: str, context: Context) -> None:
    if any(line.executed_at is None for line in lines):
        touch(ticket)
        note_event(session, ticket, TicketAct.EXECUTED, context, note)
        facts = {"number": ticket.number, "lines": note}
        audit.record(session, context, "return.carry_out_part", (EntityKind.TICKET, ticket.id), facts)
        return
    move(session, ticket, TicketState.EXECUTED, TicketAct.EXECUTED, context, note)
    rejected = all(line.decision is ReturnDecision.REJECT for line in lines)
    ticket.goods_place = GoodsPlace.CUSTOMER if rejected else GoodsPlace.NONE
    ticket.shelf = ""
    move(session, ticket, TicketState.CLOSED, TicketAct.CLOSED, context)


def _carry_out_line(session: Session, ticket: Ticket, line: ReturnLine, method: str, context: Context) -> None:
    """Do what was decided; the points are counted before the line counts as carried out."""
    if line.money_back:
        _take_points_back(session, ticket, line, context)
    if line.decision is ReturnDecision.REFUND:
        _give_back(session, ticket, line, context)
        _pay(session, ticket, line.stored_given_back - line.refund, line, method, context)
    elif line.decision is ReturnDecision.EXCHANGE:
        _pay(session, ticket, line.difference, line, method, context)
    elif line.decision is ReturnDecision.REPAIR:
        line.repair_ticket_id = _take_in_for_repair(session, ticket, line, context)
    line.executed_at = context.now()
    session.flush()


def _pay(session: Session, ticket: Ticket, amount: Money, line: ReturnLine, method: str, context: Context) -> None:
    """Note money from the customer with a receipt; negative went back."""
    if not amount:
        return
    line.refund_method = method
    why = " · ".join(part for part in (line.name, line.decision_note) if part)
    payments.add(session, ticket.id, Moved(amount, method, why), context)
    note_event(session, ticket, TicketAct.PAID, context, amount.yuan_text())


def _take_points_back(session: Session, ticket: Ticket, line: ReturnLine, context: Context) -> None:
    """Take from whoever bought it and earned the points; the customer at the desk may be somebody else."""
    sale = sale_of(session, line.purchase_line_id)
    if sale is None or sale.member_id is None:
        return
    due = points_due(earned(session, sale, with_line=line), Money(0))
    if due:
        claim = Post(sale.member_id, LedgerKind.POINTS, LedgerReason.RETURN, due, ticket.number, purchase_id=sale.id)
        line.points_back, line.points_owed = ledger.claw_back(session, claim, context)


def _give_back(session: Session, ticket: Ticket, line: ReturnLine, context: Context) -> None:
    sale = sale_of(session, line.purchase_line_id)
    if sale is None or sale.member_id is None:
        return
    principal, bonus = paid_with(session, sale, beside=line.id).split(line.stored_given_back)
    years = store_settings(session, context.store.id).get(POINTS_YEARS)
    expires = date(context.today().year + years, 12, 31)
    for kind, amount, until in (
        (LedgerKind.POINTS, line.points_given_back, expires),
        (LedgerKind.PRINCIPAL, principal.fen, None),
        (LedgerKind.BONUS, bonus.fen, None),
    ):
        if amount:
            entry = Post(sale.member_id, kind, LedgerReason.REFUND, amount, ticket.number, line.name, until)
            ledger.post(session, entry, context)


def _take_in_for_repair(session: Session, ticket: Ticket, line: ReturnLine, context: Context) -> int:
    """Make the repair order of a line's goods, linked with the return."""
    days = store_settings(session, context.store.id).get(PROMISE_DAYS)
    request = TakeIn(
        TicketKind.REPAIR,
        ticket.member_id,
        ticket.customer_words,
        subject=line.name,
        private_notes=line.decision_note,
        item=_item(session, ticket, line),
        promised_on=context.today() + timedelta(days=days),
        linked_ticket_id=ticket.id,
    )
    made = take_in(session, request, context).value
    session.get_one(Ticket, made.id).link = TicketLink.RELATED
    note_event(session, ticket, TicketAct.LINKED, context, made.number)
    return made.id


def _item(session: Session, ticket: Ticket, line: ReturnLine) -> ItemFacts:
    item = session.get(Item, ticket.item_id) if ticket.item_id else None
    if item is not None and item.member_id == ticket.member_id and item.purchase_line_id == line.purchase_line_id:
        return ItemFacts(item.category, item.name, item_id=item.id)
    bought = session.get(PurchaseLine, line.purchase_line_id) if line.purchase_line_id else None
    if bought is None:
        return ItemFacts(ItemCategory.OTHER, line.name)
    sold = bought.purchase.day
    return ItemFacts(
        bought.category,
        bought.name,
        purchase_line_id=bought.id,
        model=bought.style,
        colour=bought.colour,
        size=bought.size,
        purchased_on=sold,
        price=Money(bought.amount.fen // bought.quantity) if bought.quantity > 0 else None,
    )


def refuse_partly_done(session: Session, ticket: Ticket) -> None:
    """Stop a return from being cancelled when money or goods of it moved already.

    Raises:
        PartlyDoneError: a line was carried out.
    """
    if ticket.kind is TicketKind.RETURN and any(line.executed_at is not None for line in lines_of(session, ticket.id)):
        raise PartlyDoneError(ticket.number)

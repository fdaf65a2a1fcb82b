"""What a sale earned and was paid with, by receipt: points and stored value, and what returns moved already."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.return_money import Earned, PaidWith
from crmdesk.core.settings_store import POINTS_PER_YUAN
from crmdesk.core.tickets import TicketState
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A receipt: who bought, where, under which number, for how much."""

    id: int
    store_id: int
    number: str
    member_id: int | None
    net: Money


def sale_of(session: Session, purchase_line_id: int | None) -> SaleRow | None:
    """Give the receipt of one of its lines; None without a receipt."""
    row = session.execute(
        select(Purchase.id, Purchase.store_id, Purchase.number, Purchase.member_id, Purchase.net)
        .join(PurchaseLine, PurchaseLine.purchase_id == Purchase.id)
        .where(PurchaseLine.id == purchase_line_id)
    ).one_or_none()
    return SaleRow(*row) if row is not None else None


def earned(session: Session, sale: SaleRow, *, with_line: ReturnLine | None = None) -> Earned:
    """Give the points a receipt earned, and what carried out returns took back of them.

    ``with_line`` counts as carried out already, without points taken for it yet.
    A receipt that came by an import has no line in the ledger: its points are counted by the store's rule.
    """
    noted = _moved(session, sale, LedgerReason.PURCHASE).get(LedgerKind.POINTS, 0)
    per_yuan = store_settings(session, sale.store_id).get(POINTS_PER_YUAN)
    points = noted or max(0, sale.net.fen) // 100 * per_yuan
    done = [line for line in _lines(session, sale) if line.executed_at is not None or line is with_line]
    by_ticket: Counter[int] = Counter()
    for line in done:
        by_ticket[line.purchase_line_id or 0] += line.money_back.fen
    by_till = _till_money(session, sale)
    # The till books the same goods that a return ticket paid for: each piece counts once.
    refunded = sum(max(by_ticket[key], by_till[key]) for key in by_ticket.keys() | by_till.keys())
    taken = sum(line.points_back + line.points_owed for line in done if line is not with_line) + _till_taken(
        session, sale
    )
    return Earned(points, sale.net, Money(refunded), taken)


def _till_lines(sale: SaleRow) -> tuple[ColumnElement[bool], ...]:
    sold = select(PurchaseLine.id).where(PurchaseLine.purchase_id == sale.id)
    return (PurchaseLine.returns_line_id.in_(sold), PurchaseLine.amount < Money(0))


def _till_money(session: Session, sale: SaleRow) -> Counter[int]:
    """Give what receipts of the till gave back, by the line that was sold; new goods on the same receipt count off."""
    receipts = select(PurchaseLine.purchase_id).where(*_till_lines(sale))
    lines = session.execute(
        select(PurchaseLine.purchase_id, PurchaseLine.returns_line_id, PurchaseLine.amount)
        .where(PurchaseLine.purchase_id.in_(receipts))
        .order_by(PurchaseLine.id)
    ).all()
    back: Counter[int] = Counter()
    new: Counter[int] = Counter()
    for line in lines:
        (back if line.amount < Money(0) else new)[line.purchase_id] += abs(line.amount.fen)
    found: Counter[int] = Counter()
    for line in lines:
        if line.returns_line_id is not None and line.amount < Money(0):
            given = max(0, back[line.purchase_id] - new[line.purchase_id])
            found[line.returns_line_id] += -line.amount.fen * given // back[line.purchase_id]
    return found


def _till_taken(session: Session, sale: SaleRow) -> int:
    """Give the points that receipts of the till took back or noted as owed."""
    receipts = (
        select(Purchase.number).join(PurchaseLine, PurchaseLine.purchase_id == Purchase.id).where(*_till_lines(sale))
    )
    found = session.execute(
        select(func.sum(LedgerEntry.owed - LedgerEntry.amount)).where(
            LedgerEntry.member_id == sale.member_id,
            LedgerEntry.kind == LedgerKind.POINTS,
            LedgerEntry.reason == LedgerReason.RETURN,
            LedgerEntry.purchase_id == sale.id,
            LedgerEntry.paper_number.in_(receipts),
        )
    ).scalar()
    return int(found or 0)


def paid_with(session: Session, sale: SaleRow, *, beside: int | None = None) -> PaidWith:
    """Give what of a receipt was paid with points and stored value and is not given back or promised, ``beside``
    one line of a return.
    """  # noqa: D205 - one sentence
    spent = _moved(session, sale, LedgerReason.SPENT)
    whole = PaidWith(
        -spent.get(LedgerKind.POINTS, 0),
        Money(-spent.get(LedgerKind.PRINCIPAL, 0)),
        Money(-spent.get(LedgerKind.BONUS, 0)),
    )
    others = [line for line in _lines(session, sale) if line.id != beside]
    stored = Money.total(line.stored_given_back for line in others)
    return whole.less(sum(line.points_given_back for line in others), stored)


def _moved(session: Session, sale: SaleRow, reason: LedgerReason) -> dict[LedgerKind, int]:
    if sale.member_id is None:
        return {}
    found = session.execute(
        select(LedgerEntry.kind, func.sum(LedgerEntry.amount))
        .where(
            LedgerEntry.member_id == sale.member_id,
            LedgerEntry.reason == reason,
            LedgerEntry.store_id == sale.store_id,
            LedgerEntry.paper_number == sale.number,
        )
        .group_by(LedgerEntry.kind)
    )
    return {kind: int(amount) for kind, amount in found}


def _lines(session: Session, sale: SaleRow) -> list[ReturnLine]:
    return list(
        session.scalars(
            select(ReturnLine)
            .join(PurchaseLine, ReturnLine.purchase_line_id == PurchaseLine.id)
            .join(Ticket, ReturnLine.ticket_id == Ticket.id)
            .where(
                PurchaseLine.purchase_id == sale.id,
                or_(ReturnLine.executed_at.is_not(None), Ticket.state != TicketState.CANCELLED),
            )
        )
    )

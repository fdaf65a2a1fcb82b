"""Goods that came back at the till: the piece that was sold is found, and what it earned is taken back once."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.context import Context
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.return_money import points_due
from crmdesk.core.settings_store import POINTS_PER_YUAN
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.queries.sale_points import SaleRow, earned, sale_of
from crmdesk.queries.settings import store_settings
from crmdesk.services import ledger
from crmdesk.services.ledger import Post

_FEN_A_YUAN = 100
_SOLD = aliased(PurchaseLine)


def take_points_back(session: Session, purchase: Purchase, context: Context) -> int:
    """Take back the points of the goods on a receipt of the till that came back; gives how many were taken.

    Goods whose sale is known count by what that sale earned, less what a return ticket took back already; others by
    the store's rule. New goods on the same receipt count against it.
    """
    if purchase.member_id is None:
        return 0
    rate = store_settings(session, context.store.id).get(POINTS_PER_YUAN)
    sales, loose = _find_sales(session, purchase)
    dues = [(sale.id, points_due(earned(session, sale), Money(0))) for sale in sales]
    dues.append((purchase.id, _share(purchase, loose).fen // _FEN_A_YUAN * rate))
    taken = 0
    for sale_id, due in dues:
        claim = Post(
            purchase.member_id, LedgerKind.POINTS, LedgerReason.RETURN, due, purchase.number, purchase_id=sale_id
        )
        taken += ledger.claw_back(session, claim, context)[0]
    return taken


def _share(purchase: Purchase, loose: Money) -> Money:
    """Give what of an amount that came back was paid out: new goods on the same receipt count off."""
    back = -sum(line.amount.fen for line in purchase.lines if line.amount < Money(0))
    return Money(loose.fen * max(0, -purchase.net.fen) // back) if back else Money(0)


def _find_sales(session: Session, purchase: Purchase) -> tuple[list[SaleRow], Money]:
    """Give the receipts whose goods came back, and the amount of goods whose sale is not known."""
    sales: dict[int, SaleRow] = {}
    loose = Money(0)
    for line in purchase.lines:
        if line.amount >= Money(0):
            continue
        if line.returns_line_id is None:
            line.returns_line_id = _sold_line(session, purchase, line)
            session.flush()
        sale = sale_of(session, line.returns_line_id)
        if sale is None or sale.member_id != purchase.member_id:
            loose -= line.amount
        else:
            sales[sale.id] = sale
    return list(sales.values()), loose


def _sold_line(session: Session, purchase: Purchase, line: PurchaseLine) -> int | None:
    """Give the line that the member bought and now brought back: the same goods, for the same price before others."""
    back = (
        select(func.coalesce(func.sum(PurchaseLine.quantity), 0))
        .where(PurchaseLine.returns_line_id == _SOLD.id)
        .scalar_subquery()
    )
    same = _SOLD.style == line.style if line.style else _SOLD.name == line.name
    wanted = (
        select(_SOLD.id, _SOLD.quantity, _SOLD.amount)
        .join(Purchase, Purchase.id == _SOLD.purchase_id)
        .where(Purchase.member_id == purchase.member_id, Purchase.day <= purchase.day, same)
        .where(_SOLD.amount > Money(0), _SOLD.quantity + back >= -line.quantity, _SOLD.quantity > 0)
        .order_by(Purchase.day.desc(), _SOLD.id.desc())
    )
    if purchase.corrects_id is not None:
        wanted = wanted.where(Purchase.id == purchase.corrects_id)
    rows = session.execute(wanted).all()
    price = line.amount.fen // line.quantity if line.quantity else -line.amount.fen
    equal = [row.id for row in rows if row.amount.fen // row.quantity == price]
    return next(iter([*equal, *(row.id for row in rows)]), None)

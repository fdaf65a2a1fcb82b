"""What of a receipt's lines came back on later receipts, and what may still come back."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.money import Money
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.queries.returned_pieces import Held


def booked_back(session: Session, line_ids: Collection[int]) -> dict[int, Held]:
    """Give pieces and amount that receipts took back of each line that any of them took back.

    What a return ticket holds is not among them: the receipt books the same pieces.
    """
    rows = session.execute(
        select(PurchaseLine.returns_line_id, func.sum(-PurchaseLine.quantity), func.sum(PurchaseLine.amount))
        .where(PurchaseLine.returns_line_id.in_(line_ids), PurchaseLine.quantity < 0)
        .group_by(PurchaseLine.returns_line_id)
    )
    return {key: Held(int(pieces), -(amount or Money(0))) for key, pieces, amount in rows if key is not None}


def was_put_right(session: Session, purchase_id: int) -> bool:
    """Tell whether a receipt was put right: another sale says that it stands for it."""
    found = select(Purchase.id).where(Purchase.corrects_id == purchase_id, Purchase.pieces > 0)
    return session.scalar(found.limit(1)) is not None

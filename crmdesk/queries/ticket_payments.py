"""The payments of a ticket, one by one: what was paid, what went back, what took a wrong one back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crmdesk.core.money import Money
from crmdesk.models.judgement import Payment

# A deposit that was set off against the bill; it is settled with its loan.
DEPOSIT_METHOD: Final = "deposit"


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """Money of a ticket; a ``fixed`` one is not taken back any more."""

    id: int
    amount: Money
    method: str
    at: datetime
    receipt: str
    note: str
    fixed: bool


def payments_of(session: Session, ticket_id: int) -> tuple[PaymentRow, ...]:
    """Give the payments of a ticket, oldest first, with the counter entries."""
    countered = select(Payment.counters_id).where(Payment.ticket_id == ticket_id, Payment.counters_id.is_not(None))
    fixed = or_(Payment.counters_id.is_not(None), Payment.id.in_(countered), Payment.method == DEPOSIT_METHOD)
    found = session.execute(
        select(Payment.id, Payment.amount, Payment.method, Payment.at, Payment.receipt, Payment.note, fixed)
        .where(Payment.ticket_id == ticket_id)
        .order_by(Payment.id)
    )
    return tuple(PaymentRow(*row) for row in found)

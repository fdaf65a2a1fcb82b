"""What a customer owes on a ticket and what was paid: the one sum that papers, pages and hand-back go by."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from crmdesk.core.charges import ChargeKind
from crmdesk.core.money import Money
from crmdesk.core.quotes import QuoteState
from crmdesk.core.tickets import Payer
from crmdesk.models.charge import Charge
from crmdesk.models.judgement import Payment, Quote
from crmdesk.models.return_line import ReturnLine
from crmdesk.queries.loan_fees import open_of_ticket

_TICKET: Final[BindParameter[int]] = bindparam("ticket_id")
_CARRIED_OUT: Final = select(ReturnLine).where(ReturnLine.ticket_id == _TICKET, ReturnLine.executed_at.is_not(None))
_SUMS: Final = select(
    select(func.sum(Quote.total))
    .where(Quote.ticket_id == _TICKET, Quote.state == QuoteState.APPROVED, Quote.payer == Payer.CUSTOMER)
    .scalar_subquery()
    .label("agreed"),
    select(func.sum(Charge.amount))
    .where(Charge.ticket_id == _TICKET, Charge.waived_at.is_(None))
    .scalar_subquery()
    .label("charged"),
    select(func.sum(Payment.amount)).where(Payment.ticket_id == _TICKET).scalar_subquery().label("paid"),
    select(func.sum(Payment.amount))
    .where(Payment.ticket_id == _TICKET, Payment.remedy_id.is_not(None))
    .scalar_subquery()
    .label("remedied"),
    _CARRIED_OUT.with_only_columns(ReturnLine.id).exists().label("returned"),
)


@dataclass(frozen=True, slots=True)
class TicketMoney:
    """Agreed quote that the customer bears, charges that are not waived, payments less what went back.

    ``returned`` is what carried out lines of a return come to, or what settled a complaint: below zero was given
    back, and nothing is owed for it. ``loan_fees`` is what is open of the fees of the ticket's loans; they have
    charges and payments of their own.
    """

    agreed: Money = Money(0)
    charged: Money = Money(0)
    paid: Money = Money(0)
    returned: Money = Money(0)
    loan_fees: Money = Money(0)

    @property
    def owed(self) -> Money:
        """Give what the customer owes in all, but for fees of loans."""
        return self.agreed + self.charged + self.returned

    @property
    def own_open(self) -> Money:
        """Give what is still to be paid of the ticket itself; below zero is to be paid back."""
        return self.owed - self.paid

    @property
    def open(self) -> Money:
        """Give what is still to be paid; below zero is to be paid back.

        What was paid too much goes back before fees of loans are asked for, so that each payment says what it was for.
        """
        return self.own_open if self.own_open < Money(0) else self.own_open + self.loan_fees


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One charge of a ticket; a waived one costs nothing."""

    id: int
    version: int
    kind: ChargeKind
    amount: Money
    note: str
    waive_reason: str
    waived: bool


def ticket_money(session: Session, ticket_id: int) -> TicketMoney:
    """Give the sums of a ticket; work that was never agreed to, or that somebody else bears, costs nothing."""
    asked = {"ticket_id": ticket_id}
    sums = session.execute(_SUMS, asked).one()
    back = session.scalars(_CARRIED_OUT, asked) if sums.returned else ()
    returned = Money.total(line.difference - (line.refund - line.stored_given_back) for line in back)
    returned += sums.remedied or Money(0)
    fees = open_of_ticket(session, ticket_id)
    return TicketMoney(sums.agreed or Money(0), sums.charged or Money(0), sums.paid or Money(0), returned, fees)


def charges_of(session: Session, ticket_id: int) -> tuple[ChargeRow, ...]:
    """Give the charges of a ticket, oldest first, the waived ones too."""
    found = session.execute(
        select(
            Charge.id,
            Charge.version,
            Charge.kind,
            Charge.amount,
            Charge.note,
            Charge.waive_reason,
            Charge.waived_at.is_not(None),
        )
        .where(Charge.ticket_id == ticket_id)
        .order_by(Charge.id)
    )
    return tuple(ChargeRow(*row) for row in found)


def still_charged(charges: Iterable[ChargeRow]) -> tuple[ChargeRow, ...]:
    """Give the charges that are not waived."""
    return tuple(one for one in charges if not one.waived)

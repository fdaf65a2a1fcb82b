"""What is owed of a loan besides its deposit: fees, payments, and what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from crmdesk.core.charges import ChargeKind
from crmdesk.core.money import Money
from crmdesk.models.charge import Charge
from crmdesk.models.judgement import Payment
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.staff import Staff

_COUNTERED: Final = select(Payment.counters_id).where(Payment.counters_id.is_not(None))


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One fee; a waived one carries who waived it and why."""

    id: int
    version: int
    loan_id: int
    loan_number: str
    kind: ChargeKind
    amount: Money
    at: datetime
    waived_at: datetime | None
    waived_by: str
    waive_reason: str


@dataclass(frozen=True, slots=True)
class FeePayment:
    """One payment with its receipt; a ``fixed`` one was taken back, or takes another one back."""

    id: int
    loan_id: int
    loan_number: str
    receipt: str
    amount: Money
    method: str
    at: datetime
    person: str
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class LoanFees:
    """Fees and payments of a loaner's loans, oldest first."""

    fees: tuple[FeeRow, ...] = ()
    payments: tuple[FeePayment, ...] = ()

    def asked(self, loan_id: int) -> Money:
        """Add up the fees of a loan that were not waived."""
        return Money.total(one.amount for one in self.fees if one.loan_id == loan_id and one.waived_at is None)

    def paid(self, loan_id: int) -> Money:
        """Add up what was paid on a loan."""
        return Money.total(one.amount for one in self.payments if one.loan_id == loan_id)

    def open_of(self, loan_id: int) -> Money:
        """Give what is open of a loan."""
        return self.asked(loan_id) - self.paid(loan_id)

    def to_take_back(self) -> tuple[FeePayment, ...]:
        """Give the payments that may still be taken back, newest first."""
        return tuple(one for one in reversed(self.payments) if not one.fixed)

    def open_loan(self) -> FeeRow | None:
        """Give the first fee of the oldest loan of which something is open."""
        open_fees = (one for one in self.fees if one.waived_at is None and self.open_of(one.loan_id) > Money(0))
        return next(open_fees, None)


def fees_of_loaner(session: Session, loaner_id: int) -> LoanFees:
    """Give fees and payments of all loans of a loaner."""
    return _fees(session, Loan.loaner_id == loaner_id)


def fees_of_loan(session: Session, loan_id: int) -> LoanFees:
    """Give fees and payments of one loan."""
    return _fees(session, Loan.id == loan_id)


def fees_of_ticket(session: Session, ticket_id: int) -> LoanFees:
    """Give fees and payments of the loans that belong to a ticket."""
    return _fees(session, Loan.ticket_id == ticket_id)


def open_of_tickets(session: Session, keys: Sequence[int]) -> dict[int, Money]:
    """Give what is open of the loans of these tickets; tickets without fees are left out."""
    asked = select(Loan.ticket_id, Charge.amount).join(Charge, Charge.loan_id == Loan.id)
    paid = select(Loan.ticket_id, -Payment.amount).join(Payment, Payment.loan_id == Loan.id)
    moved = union_all(
        asked.where(Loan.ticket_id.in_(keys), Charge.waived_at.is_(None)), paid.where(Loan.ticket_id.in_(keys))
    ).subquery()
    ticket, amount = moved.c
    found = session.execute(select(ticket, func.sum(amount)).group_by(ticket))
    return {key: open_part for key, open_part in found if open_part}


def open_of_ticket(session: Session, ticket_id: int) -> Money:
    """Give what is open of the loans of one ticket."""
    return open_of_tickets(session, (ticket_id,)).get(ticket_id, Money(0))


def owes() -> ColumnElement[bool]:
    """Give the condition that something is open of a loan of the loaner."""
    asked = (
        select(func.coalesce(func.sum(Charge.amount), 0))
        .where(Charge.loan_id == Loan.id, Charge.waived_at.is_(None))
        .correlate(Loan)
        .scalar_subquery()
    )
    paid = (
        select(func.coalesce(func.sum(Payment.amount), 0))
        .where(Payment.loan_id == Loan.id)
        .correlate(Loan)
        .scalar_subquery()
    )
    charged = select(Charge.loan_id).where(Charge.loan_id.is_not(None), Charge.waived_at.is_(None))
    return Loaner.id.in_(select(Loan.loaner_id).where(Loan.id.in_(charged), asked > paid))


def _fees(session: Session, of_loans: ColumnElement[bool]) -> LoanFees:
    waiver = aliased(Staff)
    fees = session.execute(
        select(
            Charge.id,
            Charge.version,
            Charge.loan_id,
            Loan.number.label("loan_number"),
            Charge.kind,
            Charge.amount,
            Charge.at,
            Charge.waived_at,
            func.coalesce(waiver.name, "").label("waived_by"),
            Charge.waive_reason,
        )
        .join(Loan, Loan.id == Charge.loan_id)
        .outerjoin(waiver, waiver.id == Charge.waived_by_id)
        .where(of_loans)
        .order_by(Charge.at, Charge.id)
    ).mappings()
    payments = session.execute(
        select(
            Payment.id,
            Payment.loan_id,
            Loan.number.label("loan_number"),
            Payment.receipt,
            Payment.amount,
            Payment.method,
            Payment.at,
            Staff.name.label("person"),
            or_(Payment.counters_id.is_not(None), Payment.id.in_(_COUNTERED)).label("fixed"),
        )
        .join(Loan, Loan.id == Payment.loan_id)
        .join(Staff, Staff.id == Payment.staff_id)
        .where(of_loans)
        .order_by(Payment.id)
    ).mappings()
    return LoanFees(tuple(FeeRow(**one) for one in fees), tuple(FeePayment(**one) for one in payments))

"""Deposit money (押金) of a loan: asked by rule, taken, settled to the fen, never changed afterwards."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.desk_errors import DepositUnbalancedError
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.loan_rules import DepositRule, Settlement, deposit_due
from crmdesk.core.loaners import DepositMove
from crmdesk.core.money import Money
from crmdesk.core.roles import Right
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_service import LOANER_DEPOSIT_PERCENT
from crmdesk.core.text_clean import clean_line
from crmdesk.db.rows import append
from crmdesk.models.loan import DepositEntry, Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.queries.ticket_money import ticket_money
from crmdesk.queries.ticket_payments import DEPOSIT_METHOD
from crmdesk.services import pickup
from crmdesk.services.numbers import next_running_number
from crmdesk.services.ticket_steps import load as load_ticket

SET_OFF_METHOD = DEPOSIT_METHOD


def rule(values: SettingValues) -> DepositRule:
    """Give the store's deposit rule."""
    return DepositRule({tier: values.get(share) for tier, share in LOANER_DEPOSIT_PERCENT.items()})


def agreed(asked: Money | None, loaner: Loaner, member: Member, values: SettingValues, context: Context) -> Money:
    """Give the deposit of a new loan: ``asked``, or by the rule when None.

    Raises:
        InvalidFieldError: below zero.
        NotAllowedError: less than the rule asks, and the person may not pass over it.
    """
    due = deposit_due(loaner.value, loaner.deposit, member.tier, rule(values))
    if asked is None:
        return due
    if asked < Money(0):
        raise InvalidFieldError("deposit", "too_small", asked.yuan_text())
    if asked < due:
        context.require(Right.OVERRIDE)
    return asked


def take(session: Session, loan: Loan, context: Context, method: str = "") -> None:
    """Note that the loan's deposit was paid; it gets a receipt number."""
    if loan.deposit:
        receipt = next_running_number(session, context, "D")
        _add(session, loan, (DepositMove.TAKEN, loan.deposit), context, receipt=receipt, note=method)


def settle(session: Session, loan: Loan, parts: Settlement, fees: Money, context: Context) -> None:
    """Split the loan's deposit into what is kept, given back and set off against the ticket's bill.

    Raises:
        InvalidFieldError: a part below zero, more kept than the fees, nothing to set off against.
        DepositUnbalancedError: the parts do not add up to the deposit.
    """
    if parts.has_negative():
        raise InvalidFieldError("returned", "too_small")
    if parts.total() != loan.deposit:
        raise DepositUnbalancedError(loan.deposit, parts.total())
    if parts.kept > fees:
        raise InvalidFieldError("kept", "too_large", parts.kept.yuan_text())
    if parts.set_off:
        _set_off(session, loan, parts.set_off, context)
    moves = (
        (DepositMove.KEPT, parts.kept),
        (DepositMove.SET_OFF, parts.set_off),
        (DepositMove.RETURNED, parts.returned),
    )
    for move, amount in moves:
        if amount:
            _add(session, loan, (move, amount), context)


def entries(session: Session, loan_id: int) -> list[DepositEntry]:
    """Give the movements of a loan's deposit in their order."""
    session.flush()
    found = session.execute(select(DepositEntry).where(DepositEntry.loan_id == loan_id).order_by(DepositEntry.id))
    return list(found.scalars())


def _set_off(session: Session, loan: Loan, amount: Money, context: Context) -> None:
    if loan.ticket_id is None:
        raise InvalidFieldError("set_off", "too_large", amount.yuan_text())
    ticket = load_ticket(session, loan.ticket_id)
    if amount > ticket_money(session, ticket.id).own_open:
        raise InvalidFieldError("set_off", "too_large", amount.yuan_text())
    pickup.pay(session, pickup.Pay(ticket.id, ticket.version, amount, SET_OFF_METHOD, loan.number), context)


def _add(session: Session, loan: Loan, moved: tuple[DepositMove, Money], context: Context, **words: str) -> None:
    move, amount = moved
    entry = {
        "store_id": context.store.id,
        "loan_id": loan.id,
        "move": move,
        "amount": amount,
        "at": context.now(),
        "staff_id": context.actor.staff_id,
        "receipt": words.get("receipt", ""),
        "note": clean_line(words.get("note", "")),
    }
    append(session, DepositEntry, entry)

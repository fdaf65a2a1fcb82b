"""Which free loaners fit a customer's goods, best first (L2)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.loan_rules import DepositRule, deposit_due, size_steps
from crmdesk.core.loaners import LoanerState, LoanState, SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.settings_service import LOANER_DEPOSIT_PERCENT
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.queries.settings import store_settings

_MOST = 5
_LONG_AGO = date.min


@dataclass(frozen=True, slots=True)
class LoanWish:
    """What a customer needs: the kind and size of her own goods, from when until when (both included)."""

    category: ItemCategory
    size_class: SizeClass
    from_day: date
    until: date
    member_id: int | None = None
    most: int = _MOST


@dataclass(frozen=True, slots=True)
class LoanProposal:
    """A loaner that is free in the wanted period.

    Attributes:
        size_step: 0 same size class, 1 one size up, -1 one size down.
        looks: tenths of new.
        deposit: what this member pays by the store's rule.
    """

    loaner_id: int
    code: str
    name: str
    brand: str
    colour: str
    size: str
    size_class: SizeClass
    size_step: int
    looks: int
    cleaned_on: date | None
    shelf: str
    value: Money
    deposit: Money
    state: LoanerState


def propose(session: Session, wish: LoanWish, context: Context) -> tuple[LoanProposal, ...]:
    """Give what fits, best first: same size, then a size up before a size down, looks, last cleaned, code."""
    tier = session.scalar(select(Member.tier).where(Member.id == wish.member_id)) if wish.member_id else None
    rule = _rule(session, context)
    found = [_proposal(loaner, wish, tier or CardTier.ORDINARY, rule) for loaner in _free(session, wish, context)]
    found.sort(key=_rank)
    return tuple(found[: wish.most])


def deposit_for(session: Session, loaner_id: int, member_id: int, context: Context) -> Money:
    """Give the deposit that the store's rule asks of a member for a loaner."""
    loaner = session.get_one(Loaner, loaner_id)
    tier = session.get_one(Member, member_id).tier
    return deposit_due(loaner.value, loaner.deposit, tier, _rule(session, context))


def _rule(session: Session, context: Context) -> DepositRule:
    values = store_settings(session, context.store.id)
    return DepositRule({tier: values.get(share) for tier, share in LOANER_DEPOSIT_PERCENT.items()})


def _free(session: Session, wish: LoanWish, context: Context) -> list[Loaner]:
    in_the_way = exists().where(
        Loan.loaner_id == Loaner.id,
        Loan.state.in_((LoanState.RESERVED, LoanState.OUT)),
        Loan.from_day <= wish.until,
        Loan.due_on >= wish.from_day,
        # What is kept for this very person is not in her way.
        or_(Loan.state == LoanState.OUT, Loan.member_id != (wish.member_id or 0)),
    )
    states = {LoanerState.ON_SHELF, LoanerState.RESERVED}
    if wish.from_day > context.today():
        states |= {LoanerState.LENT, LoanerState.RETURNED, LoanerState.TO_INSPECT, LoanerState.TO_CLEAN}
    found = session.scalars(
        select(Loaner).where(
            Loaner.store_id == context.store.id,
            Loaner.category == wish.category,
            Loaner.state.in_(sorted(states)),
            ~in_the_way,
        )
    )
    return list(found)


def _proposal(loaner: Loaner, wish: LoanWish, tier: CardTier, rule: DepositRule) -> LoanProposal:
    return LoanProposal(
        loaner_id=loaner.id,
        code=loaner.code,
        name=loaner.name,
        brand=loaner.brand,
        colour=loaner.colour,
        size=loaner.size,
        size_class=loaner.size_class,
        size_step=size_steps(wish.size_class, loaner.size_class),
        looks=loaner.looks,
        cleaned_on=loaner.cleaned_on,
        shelf=loaner.shelf,
        value=loaner.value,
        deposit=deposit_due(loaner.value, loaner.deposit, tier, rule),
        state=loaner.state,
    )


def _rank(one: LoanProposal) -> tuple[int, bool, int, int, str]:
    cleaned = one.cleaned_on or _LONG_AGO
    return abs(one.size_step), one.size_step < 0, -one.looks, -cleaned.toordinal(), one.code

"""Loaners, members and repairs of a test store, made through the services."""

from dataclasses import replace
from datetime import date, timedelta

from crmdesk.core.loaners import SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.services.loaners import LoanerFacts, LoanerMade, register
from crmdesk.services.loans import LendLoaner, LoanMade, lend
from crmdesk.services.members import MemberFacts
from crmdesk.services.members import register as register_member
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, TicketMade, take_in
from tests.builders.shop import Shop

SUITCASE = LoanerFacts(
    code="L-007",
    name="20寸拉杆箱",
    category=ItemCategory.SUITCASE,
    value=Money.yuan(999),
    size_class=SizeClass.SMALL,
    brand="途远",
    colour="银色",
    size="20寸",
    accessories="密码锁、防尘套",
    shelf="B2",
    looks=9,
    cleaned_on=date(2026, 11, 19),
)


def add_loaner(shop: Shop, code: str = "L-007", facts: LoanerFacts = SUITCASE) -> LoanerMade:
    """Register a loaner."""
    return shop.do(register, replace(facts, code=code), shop.context())


def add_member(shop: Shop, name: str = "周建国", phone: str = "13805715678", tier: CardTier = CardTier.ORDINARY) -> int:
    """Register a member and give the key."""
    facts = MemberFacts(name=name, phones=(normalise(phone),), tier=tier)
    return shop.do(register_member, facts, shop.context(Role.MANAGER)).id


def add_repair(shop: Shop, member_id: int, promised_in: int = 10) -> TicketMade:
    """Take in a suitcase for repair."""
    request = TakeIn(
        kind=TicketKind.REPAIR,
        member_id=member_id,
        customer_words="机场托运后左前轮断裂，无法拖行",
        subject="轮子断",
        item=ItemFacts(ItemCategory.SUITCASE, "拉杆箱 20寸 银色", size_class=SizeClass.SMALL),
        promised_on=shop.context().today() + timedelta(days=promised_in),
    )
    return shop.do(take_in, request, shop.context())


def lend_to(shop: Shop, loaner_id: int, member_id: int, ticket_id: int | None = None, **changes: object) -> LoanMade:
    """Lend a loaner as the desk does."""
    request = replace(LendLoaner(loaner_id, ticket_id, member_id), **changes)  # type: ignore[arg-type]
    return shop.do(lend, request, shop.context())


def wait(shop: Shop, days: int) -> None:
    """Let days pass."""
    shop.clock.advance(timedelta(days=days))

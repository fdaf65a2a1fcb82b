"""Goods that come back: at the desk by a ticket, at the till by a negative receipt; points are taken once."""

from datetime import date

import pytest

from crmdesk.core.members import LedgerKind
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ReturnDecision
from crmdesk.models.purchase import PurchaseLine
from crmdesk.services import ledger, return_decisions, return_execution
from crmdesk.services.ledger_desk import Spend, spend
from crmdesk.services.purchases import LineFacts, PurchaseFacts, record
from crmdesk.services.return_decisions import DecideLines, LineDecision
from crmdesk.services.return_execution import CarryOut
from tests.builders.cases import add_line, add_purchase, add_return, check_all, version
from tests.builders.shop import Shop

COAT = LineFacts("羊毛大衣", Money.yuan(400), style="C1")
SOCKS = LineFacts("棉袜", Money.yuan(90), 3, style="S1")
SOLD = date(2026, 11, 18)


def points(shop: Shop, member: int) -> tuple[int, int]:
    with shop.reading() as session:
        found = ledger.standing(session, member, LedgerKind.POINTS)
    return found.amount, found.owed


def at_the_till(shop: Shop, member: int, *lines: LineFacts, number: str = "T-1") -> int:
    return shop.do(record, PurchaseFacts(number, date(2026, 11, 20), lines, member), shop.context()).points


def by_ticket(shop: Shop, member: int, line: int, yuan: int = 400) -> None:
    ticket = add_return(shop, member)
    returned = add_line(shop, ticket, line)
    check_all(shop, ticket)
    decided = LineDecision(returned, ReturnDecision.REFUND, Money.yuan(yuan))
    request = DecideLines(ticket, version(shop, ticket), (decided,))
    shop.do(return_decisions.decide, request, shop.context(Role.OWNER))
    shop.do(return_execution.carry_out, CarryOut(ticket, version(shop, ticket), method="cash"), shop.context())


BACK = LineFacts("羊毛大衣", Money.yuan(-400), -1, style="C1")


@pytest.mark.parametrize("ticket_first", [True, False])
def test_the_same_goods_are_counted_once(shop: Shop, member: int, ticket_first: bool) -> None:  # noqa: FBT001
    coat, _socks = add_purchase(shop, member, COAT, SOCKS, day=SOLD)
    assert points(shop, member) == (490, 0)
    if ticket_first:
        by_ticket(shop, member, coat)
        assert at_the_till(shop, member, BACK) == 0
    else:
        assert at_the_till(shop, member, BACK) == -400
        by_ticket(shop, member, coat)
    assert points(shop, member) == (90, 0)
    with shop.reading() as session:
        back = session.query(PurchaseLine).filter(PurchaseLine.amount < Money(0)).one()
        assert back.returns_line_id == coat


def test_other_goods_of_the_sale_are_counted_too(shop: Shop, member: int) -> None:
    coat, _socks = add_purchase(shop, member, COAT, SOCKS, day=SOLD)
    by_ticket(shop, member, coat)
    assert at_the_till(shop, member, LineFacts("棉袜", Money.yuan(-30), -1, style="S1")) == -30
    assert at_the_till(shop, member, LineFacts("棉袜", Money.yuan(-60), -2, style="S1"), number="T-2") == -60
    assert points(shop, member) == (0, 0)


def test_goods_nobody_knows_count_by_the_rule(shop: Shop, member: int) -> None:
    add_purchase(shop, member, COAT, day=SOLD)
    assert at_the_till(shop, member, LineFacts("别处买的", Money.yuan(-100), -1)) == -100
    assert points(shop, member) == (300, 0)


def test_an_exchange_at_the_till_takes_the_difference(shop: Shop, member: int) -> None:
    add_purchase(shop, member, COAT, day=SOLD)
    cheaper = LineFacts("毛衣", Money.yuan(150), style="P1")
    assert at_the_till(shop, member, BACK, cheaper) == -250
    assert points(shop, member) == (150, 0)


def test_what_was_spent_is_owed_and_comes_off_what_is_earned_next(shop: Shop, member: int) -> None:
    (coat,) = add_purchase(shop, member, COAT, day=SOLD)
    shop.do(spend, Spend(member, points=350), shop.context())
    by_ticket(shop, member, coat)
    assert points(shop, member) == (0, 350)
    add_purchase(shop, member, LineFacts("帽子", Money.yuan(100)), number="S-2")
    assert points(shop, member) == (0, 250)
    add_purchase(shop, member, COAT, number="S-3")
    assert points(shop, member) == (150, 0)


def test_a_return_that_comes_twice_takes_nothing_more_than_was_earned(shop: Shop, member: int) -> None:
    add_purchase(shop, member, COAT, day=SOLD)
    assert at_the_till(shop, member, BACK) == -400
    # The second one finds no piece that is still out: it counts by the rule, and is owed.
    assert at_the_till(shop, member, BACK, number="T-2") == 0
    assert points(shop, member) == (0, 400)

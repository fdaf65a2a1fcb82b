"""Top up, use, give, refund, take back: what is written, what is refused, who must approve."""

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, ReasonMissingError
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.models.ledger import LedgerEntry
from crmdesk.queries import ledger_papers, member_ledger
from crmdesk.queries.ledger_papers import Period
from crmdesk.queries.member_ledger import LedgerFilter, LedgerRow
from crmdesk.services.ledger import BalanceTooLowError
from crmdesk.services.ledger_corrections import TakeBack, TakenBackError, take_back
from crmdesk.services.ledger_desk import GivePoints, Moved, Refund, Spend, TopUp, give_points, refund, spend, top_up
from tests.builders.shop import Shop, staff_id


def top(shop: Shop, member: int, principal: int = 1000, bonus: int = 100) -> Moved:
    return shop.do(top_up, TopUp(member, Money.yuan(principal), Money.yuan(bonus), "现金"), shop.context())


def rows(shop: Shop, member: int) -> list[LedgerRow]:
    with shop.reading() as session:
        return member_ledger.lines(session, LedgerFilter(member), shop.context())


def test_what_was_paid_in_goes_first(shop: Shop, member: int) -> None:
    top(shop, member)
    top(shop, member)
    now = shop.do(spend, Spend(member, Money.yuan(2050), receipt="A-7"), shop.context())
    assert (now.principal, now.bonus, now.number) == (Money(0), Money.yuan(150), "A-7")
    newest = rows(shop, member)[:2]
    assert {(row.kind, row.amount) for row in newest} == {
        (LedgerKind.PRINCIPAL, -200_000),
        (LedgerKind.BONUS, -5_000),
    }
    assert all(row.who == "陈可" and row.paper_number == "A-7" for row in newest)


def test_more_than_there_is_is_refused_whole(shop: Shop, member: int) -> None:
    top(shop, member)
    shop.do(give_points, GivePoints(member, 50, "生日"), shop.context())
    with pytest.raises(BalanceTooLowError):
        shop.do(spend, Spend(member, Money.yuan(100), points=51), shop.context())
    assert len(rows(shop, member)) == 3


@pytest.mark.parametrize(
    ("service", "request_"),
    [
        (top_up, TopUp(0, Money(0))),
        (top_up, TopUp(0, Money(100), Money(-1))),
        (spend, Spend(0)),
        (spend, Spend(0, Money(-100))),
        (spend, Spend(0, points=-1)),
        (give_points, GivePoints(0, 0, "x")),
        (refund, Refund(0, Money(0), "x")),
    ],
)
def test_nothing_and_less_are_refused(shop: Shop, member: int, service: object, request_: object) -> None:
    with pytest.raises(InvalidFieldError):
        shop.do(service, replace(request_, member_id=member), shop.context())  # type: ignore[arg-type,type-var]


def test_only_what_was_paid_in_is_paid_out(shop: Shop, member: int) -> None:
    top(shop, member, 300, 60)
    manager = shop.context(Role.MANAGER)
    with pytest.raises(BalanceTooLowError):
        shop.do(refund, Refund(member, Money.yuan(301), "搬家"), manager)
    assert shop.do(refund, Refund(member, Money.yuan(300), "搬家"), manager).bonus == Money.yuan(60)


def test_a_refund_needs_a_reason_and_somebody_who_may(shop: Shop, member: int) -> None:
    top(shop, member)
    with pytest.raises(ReasonMissingError):
        shop.do(refund, Refund(member, Money.yuan(1), " "), shop.context(Role.MANAGER))
    with pytest.raises(NotAllowedError):
        shop.do(refund, Refund(member, Money.yuan(1), "搬家"), shop.context())
    approved_by_clerk = Refund(member, Money.yuan(1), "搬家", staff_id(Role.CLERK))
    with pytest.raises(NotAllowedError):
        shop.do(refund, approved_by_clerk, shop.context(Role.GUIDE))
    with pytest.raises(AboveLimitError):
        shop.do(refund, Refund(member, Money.yuan(501), "搬家", staff_id(Role.MANAGER)), shop.context())
    with pytest.raises(AboveLimitError):
        shop.do(refund, Refund(member, Money.yuan(501), "搬家"), shop.context(Role.MANAGER))
    shop.do(refund, Refund(member, Money.yuan(501), "搬家", staff_id(Role.OWNER)), shop.context())
    assert rows(shop, member)[0].approver == "何老板"


def test_many_points_and_a_large_bonus_need_approval(shop: Shop, member: int) -> None:
    with pytest.raises(NotAllowedError):
        shop.do(give_points, GivePoints(member, 201, "活动"), shop.context())
    with pytest.raises(NotAllowedError):
        shop.do(top_up, TopUp(member, Money.yuan(100), Money.yuan(21)), shop.context())
    shop.do(give_points, GivePoints(member, 201, "活动", staff_id(Role.MANAGER)), shop.context())
    assert rows(shop, member)[0].expires_on == date(2027, 12, 31)


def test_a_movement_is_taken_back_whole_and_once(shop: Shop, member: int) -> None:
    top(shop, member)
    line = rows(shop, member)[0]
    manager = shop.context(Role.MANAGER)
    with pytest.raises(NotAllowedError):
        shop.do(take_back, TakeBack(line.id, "错"), shop.context())
    with pytest.raises(ReasonMissingError):
        shop.do(take_back, TakeBack(line.id, ""), shop.context())
    now = shop.do(take_back, TakeBack(line.id, "录错人", staff_id(Role.OWNER)), shop.context())
    assert (now.principal, now.bonus) == (Money(0), Money(0))
    shown = rows(shop, member)
    assert [(row.amount, row.taken_back, row.counter) for row in shown] == [
        (-10_000, False, True),
        (-100_000, False, True),
        (10_000, True, False),
        (100_000, True, False),
    ]
    for row in shown:
        with pytest.raises(TakenBackError):
            shop.do(take_back, TakeBack(row.id, "再来"), manager)


def test_what_was_spent_meanwhile_is_not_taken_back(shop: Shop, member: int) -> None:
    top(shop, member, 100, 0)
    line = rows(shop, member)[0]
    shop.do(spend, Spend(member, Money.yuan(40)), shop.context())
    with pytest.raises(BalanceTooLowError):
        shop.do(take_back, TakeBack(line.id, "错"), shop.context(Role.MANAGER))


def test_a_payment_taken_back_gives_points_with_their_own_end(shop: Shop, member: int) -> None:
    shop.do(give_points, GivePoints(member, 100, "生日"), shop.context())
    shop.do(spend, Spend(member, points=80), shop.context())
    shop.do(take_back, TakeBack(rows(shop, member)[0].id, "错"), shop.context(Role.MANAGER))
    with shop.reading() as session:
        assert member_ledger.standing(session, member, shop.context()).expiries == ((date(2027, 12, 31), 100),)


def test_the_list_says_balance_kind_and_reason(shop: Shop, member: int) -> None:
    top(shop, member)
    shop.do(spend, Spend(member, Money.yuan(1040)), shop.context())
    with shop.reading() as session:
        wanted = LedgerFilter(member, (LedgerKind.BONUS,), (LedgerReason.SPENT,))
        (only,) = member_ledger.lines(session, wanted, shop.context())
        assert (only.amount, only.running) == (-4_000, 6_000)
        yesterday = LedgerFilter(member, until=date(2026, 11, 20))
        assert member_ledger.lines(session, yesterday, shop.context()) == []
        assert len(member_ledger.lines(session, LedgerFilter(member, since=date(2026, 11, 21)), shop.context())) == 4


def test_who_may_not_see_money_sees_points_only(shop: Shop, member: int) -> None:
    top(shop, member)
    shop.do(give_points, GivePoints(member, 5, "生日"), shop.context())
    blind = shop.context()
    blind = replace(blind, actor=replace(blind.actor, rights=frozenset()))
    with shop.reading() as session:
        assert member_ledger.standing(session, member, blind).principal is None
        assert {row.kind for row in member_ledger.lines(session, LedgerFilter(member), blind)} <= {LedgerKind.POINTS}


def test_statement_adds_up(shop: Shop, member: int) -> None:
    top(shop, member)
    shop.clock.moment = shop.clock.moment.replace(day=25)
    shop.do(spend, Spend(member, Money.yuan(30)), shop.context())
    with shop.reading() as session:
        period = Period(date(2026, 11, 22), date(2026, 12, 31))
        facts = ledger_papers.statement(session, member, period, shop.context(), "en")
    assert facts.until == date(2026, 11, 25)
    first = facts.parts[0]
    assert (first.opening, first.closing) == ("¥1,000.00", "¥970.00")
    assert [(line.amount, line.balance) for line in first.lines] == [("-¥30.00", "¥970.00")]
    assert facts.parts[1].lines == ()


def test_the_receipt_says_what_was_there_then(shop: Shop, member: int) -> None:
    first = top(shop, member)
    top(shop, member, 50, 0)
    with shop.reading() as session:
        facts = ledger_papers.value_receipt(session, member, first.number, shop.context(), "zh_CN")
        assert ledger_papers.value_receipt(session, member, "nothing", shop.context(), "en") is None
    assert facts is not None
    assert (facts.principal, facts.bonus, facts.refund) == (Money.yuan(1000), Money.yuan(100), False)
    assert facts.balance_principal == Money.yuan(1000)


def test_every_line_has_reason_person_and_number(shop: Shop, member: int) -> None:
    top(shop, member)
    shop.do(give_points, GivePoints(member, 5, "生日"), shop.context())
    shop.do(spend, Spend(member, Money.yuan(1), points=1), shop.context())
    with shop.reading() as session:
        for line in session.query(LedgerEntry):
            assert line.reason
            assert line.staff_id
            assert line.paper_number

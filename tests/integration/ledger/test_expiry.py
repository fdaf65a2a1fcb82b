"""Points end on their day: the day's work takes them out, nobody spends them before, the time line says it."""

from datetime import UTC, date, datetime

import pytest

from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Role
from crmdesk.queries.account_events import MovementDone
from crmdesk.queries.member_history import HistoryKind, member_history
from crmdesk.queries.member_ledger import standing
from crmdesk.services import ledger
from crmdesk.services.ledger import BalanceTooLowError, Post
from crmdesk.services.ledger_day import AT_ONCE, expire_points
from crmdesk.services.ledger_desk import Spend, spend
from crmdesk.services.members import MemberFacts, register
from tests.builders.shop import Shop

ENDS = date(2026, 12, 31)


def earn(shop: Shop, member: int, points: int, ends: date | None = ENDS) -> None:
    entry = Post(member, LedgerKind.POINTS, LedgerReason.PURCHASE, points, "A-1", expires_on=ends)
    shop.do(lambda session, context: Outcome(ledger.post(session, entry, context)), shop.context())


def new_year(shop: Shop) -> None:
    shop.clock.moment = datetime(2027, 1, 1, 2, 0, tzinfo=UTC)


def test_the_day_takes_out_what_has_ended_once(shop: Shop, member: int) -> None:
    earn(shop, member, 100)
    earn(shop, member, 30, date(2027, 12, 31))
    assert shop.do(expire_points, shop.context()) == 0
    new_year(shop)
    assert shop.do(expire_points, shop.context()) == 1
    assert shop.do(expire_points, shop.context()) == 0
    with shop.reading() as session:
        assert ledger.standing(session, member, LedgerKind.POINTS).amount == 30
        found = member_history(session, member, shop.context(), HistoryKind.ACCOUNT)
    (told,) = found.rows
    assert isinstance(told.facts, MovementDone)
    assert (told.facts.reason, told.facts.amount, told.who) == (LedgerReason.EXPIRED, -100, "")


def test_nobody_spends_what_has_ended_before_the_day_was_begun(shop: Shop, member: int) -> None:
    earn(shop, member, 100)
    new_year(shop)
    with pytest.raises(BalanceTooLowError) as refused:
        shop.do(spend, Spend(member, points=1), shop.context())
    assert refused.value.balance == 0


def test_the_last_day_can_be_spent(shop: Shop, member: int) -> None:
    earn(shop, member, 100)
    shop.clock.moment = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
    assert shop.do(spend, Spend(member, points=100), shop.context()).points == 0


def test_what_ends_is_pointed_out(shop: Shop, member: int) -> None:
    earn(shop, member, 100)
    earn(shop, member, 30, date(2027, 12, 31))
    with shop.reading() as session:
        found = standing(session, member, shop.context())
    assert (found.next_expiry, found.next_points, found.expiring) == (ENDS, 100, 100)
    assert found.expiries == ((ENDS, 100), (date(2027, 12, 31), 30))


def test_a_day_named_too_early_is_put_right(shop: Shop, member: int) -> None:
    earn(shop, member, 100, date(2027, 12, 31))
    with shop.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE ledger_balance SET next_expiry = '2026-01-01'")
    assert shop.do(expire_points, shop.context()) == 1
    assert shop.do(expire_points, shop.context()) == 0
    with shop.reading() as session:
        assert ledger.standing(session, member, LedgerKind.POINTS).next_expiry == date(2027, 12, 31)


def test_many_members_go_in_parts(shop: Shop, member: int) -> None:
    others = [register_one(shop, number) for number in range(AT_ONCE)]
    for one in (member, *others):
        earn(shop, one, 5)
    new_year(shop)
    assert shop.do(expire_points, shop.context()) == AT_ONCE
    assert shop.do(expire_points, shop.context()) == 1
    assert shop.do(expire_points, shop.context()) == 0


def register_one(shop: Shop, number: int) -> int:
    return shop.do(register, MemberFacts(f"会员{number}"), shop.context(Role.MANAGER)).id

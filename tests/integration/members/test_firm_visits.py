"""Visits to distributors and franchisees: notes with amounts, and which firms are due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crmdesk.core.errors import InvalidFieldError, NotAllowedError, StaleError
from crmdesk.core.household_errors import NotIntermediateError, VisitOrderError
from crmdesk.core.members import MemberKind
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.queries import firm_visits
from crmdesk.queries.board import board
from crmdesk.queries.firm_visits import FirmView
from crmdesk.queries.member_history import HistoryKind, VisitDone, member_history
from crmdesk.services.firm_visits import VisitFacts, save_visit
from crmdesk.services.members import MemberFacts, register
from tests.builders.shop import Shop


@pytest.fixture
def firm(shop: Shop) -> int:
    return shop.do(register, MemberFacts("华东皮具行", kind=MemberKind.INTERMEDIATE), shop.context()).id


def named(shop: Shop, view: FirmView) -> list[str]:
    with shop.reading() as session:
        context = shop.context(Role.MANAGER)
        keys = list(firm_visits.ids(session, view, context, None))
        assert firm_visits.counts(session, context)[view] == len(keys)
        shown = firm_visits.first(session, view, context, None, 10)
        assert [one.id for one in shown] == keys
        assert sorted(one.id for one in firm_visits.rows(session, keys, context)) == sorted(keys)
    return [one.name for one in shown]


def test_a_firm_is_due_until_the_next_visit_is_noted(shop: Shop, firm: int) -> None:
    today = shop.context().today()
    assert (named(shop, FirmView.ALL), named(shop, FirmView.DUE)) == (["华东皮具行"], [])
    old = VisitFacts(
        firm, today - timedelta(days=30), "箱 20 只", Money.yuan(8000), "卖得慢", Money.yuan(2000), "", today
    )
    visit = shop.do(save_visit, old, shop.context())
    assert (named(shop, FirmView.DUE), named(shop, FirmView.PLANNED)) == (["华东皮具行"], ["华东皮具行"])
    with shop.reading() as session:
        assert board(session, shop.context()).firms_due == 1
        (line,) = member_history(session, firm, shop.context(Role.MANAGER), HistoryKind.VISIT).rows
        assert isinstance(line.facts, VisitDone)
        assert (line.facts.stock_value, line.facts.next_on) == (Money.yuan(8000), today)
    shop.do(save_visit, VisitFacts(firm, today, note="补货"), shop.context())
    assert (named(shop, FirmView.DUE), named(shop, FirmView.PLANNED)) == ([], [])
    with shop.reading() as session:
        shown = firm_visits.visits(session, firm, shop.context())
        assert [one.id for one in shown][1] == visit
    changed = replace(old, visit_id=visit, seen_version=shown[1].version, note="更正")
    shop.do(save_visit, changed, shop.context())
    with pytest.raises(StaleError):
        shop.do(save_visit, changed, shop.context())


def test_what_is_refused(shop: Shop, firm: int) -> None:
    today = shop.context().today()
    customer = shop.do(register, MemberFacts("周敏"), shop.context()).id
    with pytest.raises(NotIntermediateError):
        shop.do(save_visit, VisitFacts(customer, today, note="x"), shop.context())
    with pytest.raises(InvalidFieldError, match="in_future"):
        shop.do(save_visit, VisitFacts(firm, today + timedelta(days=1), note="x"), shop.context())
    with pytest.raises(InvalidFieldError, match="empty"):
        shop.do(save_visit, VisitFacts(firm, today), shop.context())
    with pytest.raises(InvalidFieldError, match="too_small"):
        shop.do(save_visit, VisitFacts(firm, today, stock_value=Money(-1)), shop.context())
    with pytest.raises(VisitOrderError):
        shop.do(save_visit, VisitFacts(firm, today, note="x", next_on=today), shop.context())
    with pytest.raises(NotAllowedError):
        shop.do(save_visit, VisitFacts(firm, today, note="x"), shop.context(Role.HEAD_OFFICE))

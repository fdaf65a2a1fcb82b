"""Clocks on the ticket and in the list: what is late, what stands still, what repeated repairs have made due."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from crmdesk.core.hand_over import TicketLink
from crmdesk.core.i18n import set_language
from crmdesk.core.roles import Role
from crmdesk.models.ticket import Ticket
from crmdesk.queries.ticket_filter import TicketView
from crmdesk.services import clock_rules
from crmdesk.services.clock_rules import ChooseRegion, ClockChoice
from tests.builders.repairs import quoted, ready, taken_in
from tests.gui.service.conftest import Counter

DAY = timedelta(days=1)


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


def _heard(counter: Counter) -> list[str]:
    counter.settle()
    return counter.screen.panel.clocks.heard()


def test_every_clock_is_said_with_its_rule(counter: Counter, language: str) -> None:
    ticket = taken_in(counter.shop)
    counter.shop.clock.advance(4 * DAY)
    counter.open(ticket)
    said = _heard(counter)
    assert len(said) == 5
    law = next(one for one in said if one.endswith(("art. 26", "第26条")))
    if language == "en":
        assert law == "Repair or lend a same-kind item: 1 day left · Thu 26 Nov. Zhejiang consumer regulation, art. 26"
    else:
        assert law == "修不好应借给同类备用品：还剩 1 天 · 11月26日 周四。浙江省实施消保法办法 第26条"
    assert said[0].split(":" if language == "en" else "：")[0] in counter.said(counter.screen.panel.banner)


def test_while_the_customer_has_to_answer_it_stands_still(counter: Counter, language: str) -> None:
    ticket = quoted(counter.shop)
    counter.shop.clock.advance(3 * DAY)
    counter.open(ticket)
    still = "stands still: the customer has to answer" if language == "en" else "暂停：等客户答复"
    assert sum(still in one for one in _heard(counter)) == 1
    assert counter.screen.panel.clocks._still.isVisible()


def test_a_ready_ticket_shows_what_is_left(counter: Counter) -> None:
    counter.open(ready(counter.shop))
    assert not counter.screen.panel.clocks._still.isVisible()
    assert all("Waiting to be collected" in one or "Nothing happened" in one for one in _heard(counter))


def test_the_clocks_follow_the_settings_at_once(counter: Counter) -> None:
    counter.open(taken_in(counter.shop))
    owner = counter.shop.context(Role.OWNER)
    choice = ClockChoice("repair_or_lend", 0)
    before = len(_heard(counter))
    counter.desk.jobs.write(counter.screen, lambda s, _c: clock_rules.switch(s, choice, owner), lambda _runs: None)
    assert len(_heard(counter)) == before - 1
    region = ChooseRegion("shandong", 75)
    counter.desk.jobs.write(counter.screen, lambda s, _c: clock_rules.choose_region(s, region, owner), lambda _r: None)
    assert any("Shandong" in one for one in _heard(counter))


def test_after_two_failed_repairs_the_ticket_says_so(counter: Counter, language: str) -> None:
    first, second, third = (ready(counter.shop), ready(counter.shop), taken_in(counter.shop))
    with counter.shop.database.transaction() as session:
        for key in (second, third):
            ticket = session.get_one(Ticket, key)
            ticket.linked_ticket_id, ticket.link = first, TicketLink.COME_BACK
    counter.open(third)
    said = counter.screen.panel.clocks.due.accessibleName()
    if language == "en":
        assert said.startswith("Exchange or return is due: repaired 2 times in vain Source: Zhejiang")
    else:
        assert said.startswith("应予退换：已修 2 次仍未修好 来源：浙江省")
    counter.open(first)
    assert counter.screen.panel.clocks.due.isHidden()


def test_the_lists_by_clock_open_from_the_board(counter: Counter) -> None:
    late = taken_in(counter.shop)
    counter.shop.clock.advance(9 * DAY)
    fresh = taken_in(counter.shop, name="林婉清")
    for view, wanted in ((TicketView.RED, [late]), (TicketView.STILL, [late]), (TicketView.OPEN, [late, fresh])):
        counter.desk.navigator.run("service.show", view=view.value)
        counter.settle()
        table = counter.screen.table
        assert [table.id_at(place) for place in range(table.rowCount())] == wanted
        assert counter.screen.chips.current == view.value

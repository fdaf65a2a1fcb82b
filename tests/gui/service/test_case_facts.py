"""The facts beside a ticket: the day is named as its kind names it, and only what is late is red."""

from datetime import timedelta

import pytest

from crmdesk.core.tickets import ItemCategory
from crmdesk.core.tones import Tone
from crmdesk.services.ticket_intake import ItemFacts
from crmdesk.views.service.common_facts import common_facts
from crmdesk.views.service.judge_dialog import bought_words
from crmdesk.views.support.widgets.facts_table import Fact
from tests.builders.cases import add_complaint, add_return
from tests.builders.loaners import add_loaner, add_member, lend_to, wait
from tests.builders.repairs import seen, taken_in
from tests.builders.shop import Shop
from tests.gui.service.conftest import Counter


def facts(counter: Counter, ticket_id: int) -> dict[str, Fact]:
    counter.open(ticket_id)
    case = counter.screen.panel.case
    assert case is not None
    return {fact.label: fact for fact in common_facts(case, [])}


def test_a_complaint_is_answered_and_a_return_settled(counter: Counter) -> None:
    complaint = facts(counter, add_complaint(counter.shop))
    assert "Answer by" in complaint
    assert "Promised for" not in complaint
    assert "Settle by" in facts(counter, add_return(counter.shop, add_member(counter.shop)))
    assert "Promised for" in facts(counter, taken_in(counter.shop, name="王芳"))


def _lent(shop: Shop) -> int:
    ticket_id = taken_in(shop)
    lend_to(shop, add_loaner(shop).id, seen(shop, ticket_id).member_id, ticket_id)
    return ticket_id


@pytest.mark.parametrize(("days", "tone"), [(0, None), (1, Tone.LATE)])
def test_a_loaner_is_red_when_it_is_late(counter: Counter, days: int, tone: Tone | None) -> None:
    ticket_id = _lent(counter.shop)
    due = seen(counter.shop, ticket_id).loans[0].due_on
    wait(counter.shop, (due - counter.shop.context().today()).days + days)
    assert facts(counter, ticket_id)["Loaner"].tone is tone


@pytest.mark.parametrize(("days", "ago"), [(6, "less than a month ago"), (70, "2 months ago")])
def test_what_was_bought_last_week_is_not_nought_months_old(counter: Counter, days: int, ago: str) -> None:
    bought = counter.shop.context().today() - timedelta(days=days)
    counter.open(taken_in(counter.shop, item=ItemFacts(ItemCategory.BAG, "手提包", purchased_on=bought)))
    case = counter.screen.panel.case
    assert case is not None
    assert ago in bought_words(case)

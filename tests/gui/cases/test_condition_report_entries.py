"""The condition report in the menus of complaints and returns: where there is a thing to look at, and only there."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction

from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from tests.builders.cases import add_complaint, add_return
from tests.builders.loaners import add_member
from tests.builders.shop import Shop
from tests.gui.service.conftest import Counter

REPORT = "Condition report"


def _return_of_a_thing(shop: Shop) -> int:
    goods = ItemFacts(ItemCategory.SHOE, "短靴 黑色 37")
    request = TakeIn(TicketKind.RETURN, add_member(shop), "鞋跟松动，想退。", subject="鞋跟松动", item=goods)
    return shop.do(take_in, request, shop.context()).id


def _entries(counter: Counter) -> list[QAction]:
    menu = counter.screen.panel.menu()
    assert menu is not None
    return [one for one in menu.actions() if REPORT in one.text()]


@pytest.mark.parametrize("take", [add_complaint, _return_of_a_thing])
def test_the_report_is_printed_from_the_menu(counter: Counter, take: Callable[[Shop], int]) -> None:
    counter.open(take(counter.shop))
    [action] = _entries(counter)
    assert action.isEnabled()
    action.trigger()
    counter.settle()
    assert counter.papers.made["condition_report"].startswith(b"%PDF")


def test_a_return_of_lines_has_no_report(counter: Counter) -> None:
    counter.open(add_return(counter.shop, add_member(counter.shop)))
    assert _entries(counter) == []

"""Tab goes through the account's page as it is read, and the forms fit a small screen in both languages."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.core.i18n import set_language
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.services.ledger_desk import TopUp, top_up
from crmdesk.views.members.account_screen import PAGE, AccountScreen
from crmdesk.views.members.account_steps import AccountAct
from tests.builders.clipping import clipped
from tests.builders.look import dressed
from tests.gui.members.conftest import Counter

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@pytest.fixture(params=["zh_CN", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("zh_CN")


def account(counter: Counter) -> AccountScreen:
    counter.shop.do(top_up, TopUp(counter.known["周建国"], Money.yuan(300)), counter.shop.context())
    counter.desk.navigator.go(PAGE, EntityRef(EntityKind.MEMBER, counter.known["周建国"]))
    return counter.shown(AccountScreen)


def test_tab_goes_as_one_reads(counter: Counter) -> None:
    screen = account(counter)
    first = screen.buttons[AccountAct.TOP_UP]
    first.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget() or screen, Qt.Key.Key_Tab)
    able = [button for button in screen.buttons.values() if button.isEnabled()]
    assert seen == able[:4]


def test_nothing_is_cut_on_a_small_screen(counter: Counter, qapp: QApplication, language: str) -> None:
    with dressed(qapp):
        counter.window.resize(911, 512)
        screen = account(counter)
        counter.settle()
        assert not clipped(screen), language

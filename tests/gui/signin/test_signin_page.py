"""The sign-in page by keys: cards, PIN, waiting in words."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crmdesk.core.clock import FixedClock
from crmdesk.core.i18n import set_language
from crmdesk.core.roles import Role
from crmdesk.queries.staff import SignInRow
from crmdesk.services.signin import RefusalReason, Refused
from crmdesk.views.signin.person_card import sign_of
from crmdesk.views.signin.signin_page import SignInPage

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
BIG = 4_611_686_018_427_387_904 + 5


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def page(clock: FixedClock, qtbot: QtBot) -> SignInPage:
    people = [
        SignInRow(1, "周敏", Role.MANAGER, True, None, NOW),
        SignInRow(BIG, "陈可", Role.CLERK, True, None, None),
        SignInRow(3, "林婉", Role.GUIDE, True, NOW + timedelta(seconds=25), None),
        SignInRow(4, "何老板", Role.OWNER, False, None, None),
    ]
    made = SignInPage("文三路店", people, clock, chosen=BIG)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.take_focus()
    return made


def test_who_was_here_last_types_her_pin_at_once(page: SignInPage, qtbot: QtBot) -> None:
    assert page.person == BIG
    with qtbot.waitSignal(page.signin_asked) as asked:
        QTest.keyClicks(page._pin, "2580")
        QTest.keyClick(page._pin, Qt.Key.Key_Return)
    assert asked.args == [BIG, "2580"]
    assert not page._enter.isEnabled(), "asked once, not twice"


def test_the_button_says_at_once_that_it_works(page: SignInPage) -> None:
    painted: list[str] = []
    page.signin_asked.connect(lambda *_asked: painted.append(page._enter.text()))
    for end in (page.fail, lambda: page.refuse(Refused(RefusalReason.WRONG_PIN, 2))):
        QTest.keyClicks(page._pin, "2580")
        QTest.keyClick(page._pin, Qt.Key.Key_Return)
        assert not page._enter.isEnabled()
        end()
        assert page._enter.isEnabled()
        assert page._enter.text() == "Sign in"
    assert painted == ["Signing in …"] * 2


def test_arrows_choose_a_card_and_typing_on_it_begins_the_pin(page: SignInPage) -> None:
    page._cards[BIG].setFocus()
    QTest.keyClick(page._cards[BIG], Qt.Key.Key_Left)
    assert page.person == 1
    QTest.keyClick(page._cards[1], Qt.Key.Key_7)
    assert page._pin.text() == "7"


def test_up_and_down_at_the_pin_choose_a_card(page: SignInPage) -> None:
    QTest.keyClick(page._pin, Qt.Key.Key_Up)
    assert page.person == 1
    QTest.keyClick(page._pin, Qt.Key.Key_Down)
    assert page.person == BIG
    assert page._pin.hasFocus()


def test_enter_without_a_pin_asks_nothing(page: SignInPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.signin_asked):
        QTest.keyClick(page._pin, Qt.Key.Key_Return)


def test_a_wrong_pin_is_said_at_the_field(page: SignInPage) -> None:
    page._pin.setText("1111")
    page._ask()
    page.refuse(Refused(RefusalReason.WRONG_PIN, 2))
    assert page._problem.text() == "Wrong PIN. 2 more tries before you have to wait."
    assert page._pin.text() == ""
    assert page._pin.hasFocus()
    QTest.keyClick(page._pin, Qt.Key.Key_3)
    assert page._problem.isHidden()


def test_waiting_counts_down_and_then_lets_type_again(page: SignInPage, clock: FixedClock) -> None:
    page.refuse(Refused(RefusalReason.WRONG_PIN, 0, NOW + timedelta(seconds=90)))
    assert "90 seconds" in page._problem.text()
    assert not page._pin.isEnabled()
    clock.advance(timedelta(seconds=89))
    page._tell_wait()
    assert "1 second," in page._problem.text()
    clock.advance(timedelta(seconds=1))
    page._tell_wait()
    assert page._pin.isEnabled()
    assert page._problem.isHidden()


def test_somebody_who_waits_does_not_keep_others_waiting(page: SignInPage) -> None:
    page._cards[3].click()
    assert not page._pin.isEnabled()
    page._cards[1].click()
    assert page._pin.isEnabled()
    assert page._problem.isHidden()


def test_long_waits_are_said_in_minutes_and_in_chinese(page: SignInPage) -> None:
    set_language("zh_CN")
    page.refuse(Refused(RefusalReason.WAITING, 0, NOW + timedelta(minutes=30)))
    assert page._problem.text() == "密码输错太多次，请过 30 分钟 再试，或请加盟商重设密码。"


def test_without_a_pin_enter_is_enough(page: SignInPage, qtbot: QtBot) -> None:
    page._cards[4].click()
    assert page._pin.isHidden()
    with qtbot.waitSignal(page.signin_asked) as asked:
        QTest.keyClick(page._cards[4], Qt.Key.Key_Return)
    assert asked.args == [4, ""]


@pytest.mark.parametrize(
    ("name", "sign"),
    [("周敏", "周"), ("总部·吴工", "吴"), ("Anna Maria Schmidt", "AM"), ("𠮷田", "𠮷"), ("", "?"), ("  ", "?")],
)
def test_the_sign_in_the_circle(name: str, sign: str) -> None:
    assert sign_of(name) == sign

"""The clerk is faster than the look-up: what she presses after the phone is kept, and done when the answer is there."""

from collections.abc import Callable
from time import sleep

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.queries import intake
from tests.builders.intake import PHONE
from tests.gui.intake.conftest import Counter

Key = Qt.Key
SLOW = 0.25


@pytest.fixture(autouse=True)
def slow_lookup(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the look-up take a quarter of a second, as a busy file does."""
    for name in ("who", "person"):
        quick = getattr(intake, name)

        def slow(*given: object, _quick: Callable[..., object] = quick) -> object:
            sleep(SLOW)
            return _quick(*given)

        monkeypatch.setattr(intake, name, slow)


def press(counter: Counter, *keys: Key) -> None:
    """Press keys without waiting for any answer."""
    for key in keys:
        QTest.keyClick(counter.focused(), key)


def type_phone(counter: Counter, phone: str = PHONE) -> None:
    QTest.keyClicks(counter.focused(), phone)


def test_tab_waits_for_the_name_and_leads_to_the_goods(counter: Counter) -> None:
    type_phone(counter)
    press(counter, Key.Key_Tab)
    assert counter.focused() is counter.form.person.phone.line
    counter.settle()
    assert counter.form.person.known is not None
    assert counter.focused() is counter.form.item.goods.editor


def test_what_follows_tab_is_done_in_its_order(counter: Counter) -> None:
    type_phone(counter)
    press(counter, Key.Key_Tab, Key.Key_Down, Key.Key_Tab, Key.Key_Tab, Key.Key_2)
    counter.settle()
    item = counter.form.item
    assert counter.form.person.phone.typed().replace(" ", "") == PHONE
    chosen = item.goods.value()
    assert chosen is not None
    assert chosen.name == "拉杆箱"
    assert item.faults.value() == ("wheel_broken",)


def test_somebody_new_is_led_to_the_name(counter: Counter) -> None:
    type_phone(counter, "13700001111")
    press(counter, Key.Key_Tab)
    QTest.keyClicks(counter.focused(), "Anna")
    counter.settle()
    assert counter.focused() is counter.form.person.name.line
    assert counter.form.person.name.typed() == "Anna"


def test_nobody_found_is_told(counter: Counter) -> None:
    type_phone(counter, "1370000")
    press(counter, Key.Key_Tab)
    counter.settle()
    assert counter.form.person.phone.problem_text()
    assert counter.focused() is counter.form.person.name.line


def test_another_field_forgets_what_was_kept(counter: Counter) -> None:
    type_phone(counter)
    press(counter, Key.Key_Tab)
    counter.form.said.words.setFocus()
    counter.settle()
    assert counter.form.person.known is not None
    assert counter.form.said.isAncestorOf(counter.focused())


def test_esc_takes_tab_back(counter: Counter) -> None:
    type_phone(counter)
    press(counter, Key.Key_Tab, Key.Key_Escape)
    assert not counter.form.person.early.holding


def test_saving_before_the_name_is_there_waits_for_it(counter: Counter) -> None:
    type_phone(counter)
    QTest.qWait(int(SLOW * 1500))  # the phone is answered, the person is still read
    counter.page.submit(None)
    assert not counter.form.person.name.problem_text()
    counter.settle()
    assert counter.form.person.known is not None

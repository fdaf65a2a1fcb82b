"""The first start's page: everything may stay empty, what is wrong is said at its field."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crmdesk.core.errors import InvalidFieldError
from crmdesk.views.signin.first_start_page import FirstStart, FirstStartPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> FirstStartPage:
    made = FirstStartPage(tmp_path, ["EPSON", "Deli"])
    qtbot.addWidget(made)
    made.show()
    return made


def test_all_empty_begins_with_what_stands_there(page: FirstStartPage, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.begin_asked) as asked:
        QTest.keyClick(page._store.line, Qt.Key.Key_Return, CTRL)
    assert asked.args == [FirstStart("en", "My store", "01", "Shop owner", "", tmp_path, "EPSON")]


def test_skipping_chooses_no_printer(page: FirstStartPage, tmp_path: Path, qtbot: QtBot) -> None:
    page._store.set_value("typed and then skipped")
    with qtbot.waitSignal(page.begin_asked) as asked:
        page._skip()
    assert asked.args == [FirstStart("en", "My store", "01", "Shop owner", "", tmp_path, "")]


def test_what_is_typed_is_taken(page: FirstStartPage, qtbot: QtBot) -> None:
    page._store.set_value(" 文三路店 ")
    page._code.set_value("w3")
    page._owner.set_value("何老板")
    page._pin.line.setText("２５８０")
    page._where.set_value(Path("/srv/shop"))
    page._printer.set_value("Deli")
    with qtbot.waitSignal(page.begin_asked) as asked:
        page._begin.click()
    assert asked.args == [FirstStart("en", "文三路店", "w3", "何老板", "2580", Path("/srv/shop"), "Deli")]


@pytest.mark.parametrize(("pin", "words"), [("12", "Too short"), ("1234", "Too easy"), ("7777", "Too easy")])
def test_a_weak_pin_is_refused_at_its_field(page: FirstStartPage, qtbot: QtBot, pin: str, words: str) -> None:
    page._pin.line.setText(pin)
    with qtbot.assertNotEmitted(page.begin_asked):
        page._begin.click()
    assert words in page._pin.problem_text()


def test_a_code_that_cannot_stand_in_numbers_is_refused(page: FirstStartPage, qtbot: QtBot) -> None:
    page._code.set_value("文三")
    with qtbot.assertNotEmitted(page.begin_asked):
        page._begin.click()
    assert page._code.problem_text()


def test_a_half_path_is_refused(page: FirstStartPage, qtbot: QtBot) -> None:
    page._where.line.setText("shop")
    with qtbot.assertNotEmitted(page.begin_asked):
        page._begin.click()
    assert page._where.problem_text()


def test_a_refusal_of_the_service_comes_back_to_its_field(page: FirstStartPage) -> None:
    page.set_busy(busy=True)
    page.failed(InvalidFieldError("name", "too_long", "x"))
    assert page.panel.isEnabled()
    assert page._store.problem_text() == "Too long; please shorten it."


def test_another_language_is_asked_for_and_typing_survives(page: FirstStartPage, tmp_path: Path, qtbot: QtBot) -> None:
    page._store.set_value("文三路店")
    page._pin.line.setText("2580")
    with qtbot.waitSignal(page.language_chosen) as asked:
        page._language.choose("zh_CN")
        page._language.chosen.emit("zh_CN")
    assert asked.args == ["zh_CN"]
    again = FirstStartPage(tmp_path, [])
    qtbot.addWidget(again)
    again.restore(page.draft())
    assert again._store.typed() == "文三路店"
    assert not again._pin.typed(), "a PIN is kept nowhere"

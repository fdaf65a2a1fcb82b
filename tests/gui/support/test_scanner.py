"""A scan goes to the search box; what a person types goes where she types it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from crmdesk.views.support.scanner import Scanner


class Listener(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.keys = ""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys += event.text().replace("\r", "⏎")


@pytest.fixture
def scanner(qapp: QApplication) -> Iterator[Scanner]:
    scanner = Scanner(qapp)
    yield scanner
    qapp.removeEventFilter(scanner)
    scanner.deleteLater()


@pytest.fixture
def page(qtbot: QtBot) -> Listener:
    page = Listener()
    qtbot.addWidget(page)
    page.show()
    page.setFocus()
    return page


def burst(widget: QWidget, text: str) -> None:
    for letter in text:
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
        QCoreApplication.sendEvent(widget, event)


def test_a_scan_is_heard_and_reaches_no_widget(scanner: Scanner, page: Listener, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scanner.scanned) as heard:
        burst(page, "R-01-261114-003\r")
    assert heard.args == ["R-01-261114-003"]
    qtbot.wait(80)
    assert page.keys == ""


@pytest.mark.usefixtures("scanner")
def test_single_keys_arrive_a_moment_later(page: Listener, qtbot: QtBot) -> None:
    burst(page, "3")
    qtbot.waitUntil(lambda: page.keys == "3", timeout=1000)
    burst(page, "4\r")  # too short for a code: both keys are hers
    assert page.keys == "34⏎"


def test_text_fields_are_left_alone(scanner: Scanner, page: Listener) -> None:
    heard: list[str] = []
    scanner.scanned.connect(heard.append)
    line = QLineEdit(page)
    line.show()
    burst(line, "6901234567892\r")
    assert line.text() == "6901234567892"
    assert not heard
    line.setReadOnly(True)
    burst(line, "6901234567892\r")
    assert heard == ["6901234567892"]


@pytest.mark.usefixtures("scanner")
def test_shortcuts_are_not_delayed(page: Listener, qtbot: QtBot) -> None:
    ran: list[int] = []
    shortcut = QShortcut(QKeySequence("Ctrl+K"), page)
    shortcut.activated.connect(lambda: ran.append(1))
    with qtbot.waitActive(page):
        page.activateWindow()
    QTest.keyClick(page, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert ran == [1]


def test_keys_of_a_page_that_went_away_are_dropped(scanner: Scanner, qtbot: QtBot) -> None:
    import shiboken6

    page = Listener()
    page.show()
    burst(page, "12")
    shiboken6.delete(page)
    qtbot.wait(80)
    assert not scanner._held

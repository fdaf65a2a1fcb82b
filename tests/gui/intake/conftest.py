"""The counter of a store: the intake page in a window, everything behind it real."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.roles import Role
from crmdesk.core.tickets import TicketKind
from crmdesk.queries import ticket_detail
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.queries.ticket_filter import TicketFilter
from crmdesk.queries.ticket_rows import first
from crmdesk.views.service.intake_feature import PAGE, install_intake
from crmdesk.views.service.intake_form import IntakeForm
from crmdesk.views.service.intake_page import IntakePage
from crmdesk.views.support.desk import Desk
from tests.builders.desk import Papers, Toasts, close_dialogs, open_room
from tests.builders.intake import add_zhou
from tests.builders.shop import Shop

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Counter:
    """The page with everything around it, worked by keys."""

    shop: Shop
    desk: Desk
    window: QWidget
    page: IntakePage
    zhou: int
    toasts: Toasts
    papers: Papers
    qtbot: QtBot
    keys_pressed: int = 0

    @property
    def form(self) -> IntakeForm:
        """The form of the page."""
        return self.page.form

    def settle(self) -> None:
        """Wait until nothing is under way: an answer may ask for the next thing."""
        for _again in range(5):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self.desk.jobs.is_idle, timeout=20_000)

    def type(self, text: str) -> None:
        """Type where the focus is, Chinese through the input method; counts nothing."""
        if text.isascii():
            QTest.keyClicks(self._focused(), text)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(text)
            QApplication.sendEvent(self._focused(), committed)
        self.settle()

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys where the focus is, and count them."""
        for key in keys:
            self.keys_pressed += 1
            QTest.keyClick(self._focused(), key, held)
            self.settle()

    def _focused(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def focused(self) -> QWidget:
        """Give what has the focus."""
        return self._focused()

    def tickets(self) -> list[TicketDetail]:
        """Give all tickets, newest first."""
        context = self.shop.context()
        with self.shop.reading() as session:
            rows = first(session, TicketFilter(), context, None, 50)
            return [ticket_detail.detail(session, row.id, context) for row in rows]

    def dialog(self) -> QDialog:
        """Give the question that is open."""
        self.settle()
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        assert len(shown) == 1, shown
        return shown[0]

    def asks(self) -> bool:
        """Tell whether a question is open."""
        self.settle()
        return any(isinstance(one, QDialog) and one.isVisible() for one in QApplication.topLevelWidgets())


@pytest.fixture
def desk(shop: Shop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:  # noqa: ARG001 - the application must be there
    with open_room(shop, tmp_path, Role.CLERK) as room:
        yield room.desk


def open_page(desk: Desk, shop: Shop, zhou: int, qtbot: QtBot) -> Counter:
    """Show a fresh page in a window of its own."""
    window = QWidget()
    qtbot.addWidget(window)
    desk.navigator.install(window)
    page = desk.navigator.screen(PAGE)
    assert isinstance(page, IntakePage)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    window.resize(1198, 694)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    qtbot.waitUntil(window.isActiveWindow)
    assert isinstance(desk.toasts, Toasts)
    assert isinstance(desk.papers, Papers)
    made = Counter(shop, desk, window, page, zhou, desk.toasts, desk.papers, qtbot)
    made.settle()
    return made


@pytest.fixture
def counter(desk: Desk, shop: Shop, qtbot: QtBot) -> Iterator[Counter]:
    zhou = add_zhou(shop)
    install_intake(desk)
    desk.navigator.go(PAGE)
    made = open_page(desk, shop, zhou, qtbot)
    made.page.begin(TicketKind.REPAIR)
    made.settle()
    yield made
    close_dialogs()

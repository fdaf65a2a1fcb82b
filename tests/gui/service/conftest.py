"""The service screen in the real window, over a real store, driven by keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.views.main_window import FrameParts, MainWindow
from crmdesk.views.service.feature import install
from crmdesk.views.service.screen import ServiceScreen
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.form_dialog import FormDialog
from tests.builders.desk import Papers, Person, Toasts, open_room
from tests.builders.shop import Shop

_PRESSED_MS = 150  # a button shows itself pressed for a moment before it acts on its mnemonic


@dataclass
class Counter:
    """The window with the service screen, and hands that type."""

    shop: Shop
    desk: Desk
    window: MainWindow
    person: Person
    toasts: Toasts
    papers: Papers
    qtbot: QtBot

    @property
    def screen(self) -> ServiceScreen:
        screen = self.desk.navigator.screen("service")
        assert isinstance(screen, ServiceScreen)
        return screen

    def open(self, ticket_id: int) -> None:
        """Go to a ticket as the search box does."""
        self.desk.navigator.open(EntityRef(EntityKind.TICKET, ticket_id))
        self.settle()
        assert self.screen.panel.case is not None
        assert self.screen.panel.case.ticket.id == ticket_id

    def settle(self) -> None:
        """Wait until nothing is under way: an answer may ask for the next thing."""
        for _again in range(4):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self.desk.jobs.is_idle)
        forms = [one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()]
        if QApplication.activeWindow() is None or (forms and QApplication.activeWindow() is self.window):
            # The offscreen platform gives the focus to nobody when a form closes.
            (forms[0] if forms else self.window).activateWindow()
            self.qtbot.wait(5)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the focus is."""
        target = QApplication.focusWidget() or QApplication.activeWindow()
        assert target is not None
        QTest.keyClick(target, key, modifier)
        if modifier is Qt.KeyboardModifier.AltModifier:
            self.qtbot.wait(_PRESSED_MS)
        self.settle()

    def go_on(self) -> None:
        """Ctrl+Enter: the next step, or save the form."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def type(self, *texts: str) -> None:
        """Type into the field with the focus, and on with Tab between the texts."""
        for place, text in enumerate(texts):
            if place:
                self.press(Qt.Key.Key_Tab)
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClicks(target, text)

    def form(self) -> FormDialog:
        """Give the form in front."""
        self.settle()
        front = QApplication.activeWindow()
        assert isinstance(front, FormDialog), front
        return front

    def no_form(self) -> bool:
        """Tell whether no form is open."""
        self.settle()
        return not any(isinstance(one, FormDialog) and one.isVisible() for one in QApplication.topLevelWidgets())

    def primary(self) -> str:
        """Give what the one primary button says."""
        self.settle()
        return self.screen.panel.steps.primary.text()

    def said(self, widget: QWidget) -> str:
        """Give what a banner says."""
        return widget.accessibleName()


@pytest.fixture
def counter(shop: Shop, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    with open_room(shop, tmp_path) as room:
        desk = room.desk
        window = MainWindow(FrameParts(desk.navigator, desk.settings, [install(desk)]))
        window.resize(1366, 768)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield Counter(shop, desk, window, room.person, room.toasts, room.papers, qtbot)
        for left in QApplication.topLevelWidgets():
            if isinstance(left, FormDialog):
                left.close()
    for screen in desk.navigator.built_screens():
        screen.deleteLater()

"""The desk of a store with callbacks to make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.views.care.feature import PAGE, SECTION, install
from crmdesk.views.care.run_page import CallRunPage
from crmdesk.views.care.screen import CareScreen
from crmdesk.views.support.desk import Desk
from tests.builders.desk import Person, Room, Toasts, open_room
from tests.builders.shop import Shop


@dataclass
class CareDesk:
    """List and run with everything around them."""

    shop: Shop
    desk: Desk
    window: QMainWindow
    person: Person
    toasts: Toasts
    qtbot: QtBot
    asked: list[dict[str, object]] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until nothing is under way: an answer may ask for the next thing."""
        for _again in range(4):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self.desk.jobs.is_idle)

    @property
    def list(self) -> CareScreen:
        """The list."""
        made = self.desk.navigator.screen(SECTION)
        assert isinstance(made, CareScreen)
        return made

    @property
    def run(self) -> CallRunPage:
        """The call run."""
        made = self.desk.navigator.screen(PAGE)
        assert isinstance(made, CallRunPage)
        return made

    @property
    def place(self) -> str:
        """The page that is shown."""
        here = self.desk.navigator.here
        return here.screen if here is not None else ""

    def open(self) -> None:
        """Show the list."""
        self.desk.navigator.go(SECTION)
        self.settle()

    def start(self) -> None:
        """Show the list and start the run by its key."""
        self.open()
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def focus(self) -> QWidget:
        """The part that has the focus."""
        inner = self.window.focusWidget()
        return self.window if inner is None else inner  # type: ignore[redundant-expr] # Qt gives None

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        target = self.focus()
        QTest.keyClick(target, key, modifier)
        self.settle()

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        QTest.keyClicks(self.focus(), words)
        self.settle()


@pytest.fixture
def care(shop: Shop, qtbot: QtBot, tmp_path: Path) -> Iterator[CareDesk]:
    with open_room(shop, tmp_path) as room:
        yield _made(room, shop, qtbot)
        room.desk.drafts.flush()


def _made(room: Room, shop: Shop, qtbot: QtBot) -> CareDesk:
    """Put list and run into a window."""
    desk, navigator = room.desk, room.desk.navigator
    spec = install(desk)
    navigator.register_section(spec.name, spec.factory)
    window, stack = QMainWindow(), QStackedWidget()
    window.setCentralWidget(stack)
    made = CareDesk(shop, desk, window, room.person, room.toasts, qtbot)

    def show(screen: QWidget) -> None:
        stack.addWidget(screen)
        stack.setCurrentWidget(screen)

    navigator.screen_changed.connect(show)
    navigator.register_command("service.complaint", "New complaint", "", lambda **facts: made.asked.append(facts))
    qtbot.addWidget(window)
    window.resize(1198, 694)
    window.show()
    qtbot.waitExposed(window)
    return made

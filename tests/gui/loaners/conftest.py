"""The desk of a store whose loaners are in every state."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from crmdesk.core.roles import Role
from crmdesk.views.loaners.feature import SECTION, install
from crmdesk.views.loaners.screen import LoanersScreen
from crmdesk.views.support.desk import Desk
from tests.builders.desk import Papers, Person, Toasts, close_dialogs, open_room
from tests.builders.loaner_shop import busy_shop
from tests.builders.shop import Shop


@dataclass
class Counter:
    """The screen with everything around it."""

    shop: Shop
    desk: Desk
    screen: LoanersScreen
    person: Person
    toasts: Toasts
    papers: Papers
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until nothing is under way: an answer may ask for the next thing."""
        for _again in range(3):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self.desk.jobs.is_idle)
        if QApplication.activeWindow() is None:
            self.screen.activateWindow()  # the offscreen platform gives it to nobody when a form closes
            self.qtbot.wait(5)

    def dialog(self) -> QDialog:
        """Give the form that is open."""
        self.settle()
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        assert len(shown) == 1, shown
        return shown[0]

    def is_open(self) -> bool:
        """Tell whether a form is open."""
        self.settle()
        return any(isinstance(one, QDialog) and one.isVisible() for one in QApplication.topLevelWidgets())


@pytest.fixture
def counter(shop: Shop, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    busy_shop(shop)
    with open_room(shop, tmp_path, Role.CLERK) as room:
        desk = room.desk
        desk.navigator.register_section(SECTION, install(desk).factory)
        desk.navigator.go(SECTION)
        screen = desk.navigator.screen(SECTION)
        assert isinstance(screen, LoanersScreen)
        qtbot.addWidget(screen)
        desk.navigator.install(screen)
        screen.resize(1198, 694)
        screen.show()
        qtbot.waitExposed(screen)
        made = Counter(shop, desk, screen, room.person, room.toasts, room.papers, qtbot)
        made.settle()
        yield made
        close_dialogs()

"""The page of batches in the real window, driven by keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.views.main_window import FrameParts, MainWindow
from crmdesk.views.service.batch_screen import BatchScreen
from crmdesk.views.service.feature import install
from crmdesk.views.support.form_dialog import FormDialog
from tests.builders.desk import open_room
from tests.builders.shop import Shop
from tests.gui.service.conftest import Counter


@dataclass
class Bench(Counter):
    """The window with the page of batches."""

    @property
    def page(self) -> BatchScreen:
        screen = self.desk.navigator.screen("service.batches")
        assert isinstance(screen, BatchScreen)
        return screen

    def go(self) -> None:
        """Go to the page as the command does."""
        self.desk.navigator.run("service.batches")
        self.settle()
        self.page.lists.view.setFocus()
        self.settle()


@pytest.fixture
def bench(shop: Shop, qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    with open_room(shop, tmp_path) as room:
        desk = room.desk
        window = MainWindow(FrameParts(desk.navigator, desk.settings, [install(desk)]))
        window.resize(1366, 768)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield Bench(shop, desk, window, room.person, room.toasts, room.papers, qtbot)
        for left in QApplication.topLevelWidgets():
            if isinstance(left, FormDialog):
                left.close()
    for screen in desk.navigator.built_screens():
        screen.deleteLater()

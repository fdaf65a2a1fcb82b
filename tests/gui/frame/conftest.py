"""A window over plain screens: no store behind it, as the frame knows none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from crmdesk.db.desk_file import DeskFile
from crmdesk.views.main_window import FrameParts, MainWindow
from crmdesk.views.support.frame.section import SectionSpec
from crmdesk.views.support.navigator import Navigator


class Page(QWidget):
    """A screen that remembers the keys it got."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.typed = ""
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.typed += event.text()
        super().keyPressEvent(event)


@pytest.fixture
def started() -> list[str]:
    """What the commands did."""
    return []


@pytest.fixture
def navigator(started: list[str]) -> Navigator:
    made = Navigator()
    made.register_command("service.new", "New ticket", "", lambda: started.append("service.new"))
    return made


@pytest.fixture
def settings(tmp_path: Path) -> DeskFile:
    return DeskFile(tmp_path / "desk.json")


@pytest.fixture
def window(navigator: Navigator, settings: DeskFile, qtbot: QtBot) -> Iterator[MainWindow]:
    sections = [
        SectionSpec("today", "Today", "sun", lambda: Page("today"), "Ctrl+1"),
        SectionSpec("members", "Members", "users", lambda: Page("members"), "Ctrl+2", pages=("member",)),
    ]
    made = MainWindow(FrameParts(navigator, settings, sections))
    made.resize(1366, 768)
    qtbot.addWidget(made)
    navigator.register_section("member", lambda: Page("member"))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.go("today")
    yield made
    made.toasts.dismiss()

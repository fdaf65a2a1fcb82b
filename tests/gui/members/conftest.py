"""The member screens of a small store with everything around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.views.members.feature import install
from crmdesk.views.members.member_screen import MemberScreen
from crmdesk.views.members.screen import MembersScreen
from crmdesk.views.support import screen_keys
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.screen import Screen
from tests.builders.desk import Papers, Person, Toasts, open_room
from tests.builders.member_shop import people
from tests.builders.shop import Shop

D = TypeVar("D", bound=QDialog)
S = TypeVar("S", bound=QWidget)


@dataclass
class Counter:
    """The window of one clerk; `ran` are commands of other features that were asked for."""

    shop: Shop
    desk: Desk
    window: QStackedWidget
    person: Person
    toasts: Toasts
    papers: Papers
    known: dict[str, int]
    qtbot: QtBot
    ran: list[tuple[str, object]]

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.wait(1)
        self.qtbot.waitUntil(self.desk.jobs.is_idle)
        self.qtbot.wait(1)

    def dialog(self, kind: type[D]) -> D:
        """Give the form that is on top."""
        self.settle()
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def any_dialog(self) -> bool:
        """Tell whether a form is open."""
        self.settle()
        return any(isinstance(one, QDialog) and one.isVisible() for one in QApplication.topLevelWidgets())

    def press(self, key: Qt.Key) -> None:
        """Press Ctrl and a key over the window, as after a form was closed."""
        self.settle()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        QTest.keyClick(self.window, key, Qt.KeyboardModifier.ControlModifier)

    def choose_file(self, path: Path) -> None:
        """Choose a file in the dialog that is open."""
        dialog = self.dialog(QDialog)
        dialog.fileSelected.emit(str(path))  # type: ignore[attr-defined] # only support knows the class
        dialog.close()

    def shown(self, kind: type[S]) -> S:
        """Give the screen that is shown."""
        self.settle()
        screen = self.window.currentWidget()
        assert isinstance(screen, kind), screen
        return screen

    def list(self) -> MembersScreen:
        """Show the list."""
        self.desk.navigator.go("members")
        return self.shown(MembersScreen)

    def page(self, name: str) -> MemberScreen:
        """Show the page of a member."""
        self.desk.navigator.open(EntityRef(EntityKind.MEMBER, self.known[name]))
        return self.shown(MemberScreen)

    def sign_in(self, role: Role) -> None:
        """Let somebody else work; screens are built anew."""
        self.person.role = role
        for screen in self.desk.navigator.forget_screens():
            self.window.removeWidget(screen)
            screen.deleteLater()


def _current(window: QStackedWidget) -> Screen | None:
    screen = window.currentWidget()
    return screen if isinstance(screen, Screen) else None


def _show(window: QStackedWidget, screen: QWidget) -> None:
    if window.indexOf(screen) < 0:
        window.addWidget(screen)
    window.setCurrentWidget(screen)


@pytest.fixture
def counter(shop: Shop, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    known = people(shop)
    with open_room(shop, tmp_path) as room:
        desk, navigator = room.desk, room.desk.navigator
        ran: list[tuple[str, object]] = []
        for name in ("service.repair", "service.complaint"):
            navigator.register_command(name, name, "", lambda name=name, **given: ran.append((name, given)))
        spec = install(desk)
        navigator.register_section(spec.name, spec.factory)
        window = QStackedWidget()
        qtbot.addWidget(window)
        window.resize(1198, 694)
        navigator.screen_changed.connect(lambda screen: _show(window, screen))
        navigator.install(window)
        screen_keys.install(window, lambda: _current(window))
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        made = Counter(shop, desk, window, room.person, room.toasts, room.papers, known, qtbot, ran)
        yield made
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog):
                one.close()
        made.settle()
        desk.drafts.flush()

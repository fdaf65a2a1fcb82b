"""The desk of a store with callbacks to make."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.context import Context
from crmdesk.core.roles import Role
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.care.feature import PAGE, SECTION, install
from crmdesk.views.care.run_page import CallRunPage
from crmdesk.views.care.screen import CareScreen
from crmdesk.views.support import errors
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.desk import Desk, Note, ToastAction
from crmdesk.views.support.drafts import Drafts
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.navigator import Navigator
from tests.builders.shop import Shop


@dataclass
class Person:
    """Who is signed in."""

    shop: Shop
    role: Role = Role.MANAGER

    def context(self) -> Context:
        return self.shop.context(self.role)


@dataclass
class Toasts:
    """Toasts, kept."""

    texts: list[str] = field(default_factory=list)

    def show(self, text: str, actions: Sequence[ToastAction] = ()) -> None:  # noqa: ARG002
        self.texts.append(text)


class Papers:
    """No paper is made here."""

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:
        raise AssertionError(title, make, paper_kind, note)

    print_now = preview

    def look(self, title: str, make: Callable[[], bytes]) -> None:
        raise AssertionError(title, make)


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


def _show(owner: QObject | None, error: Exception, retry: Callable[[], None] | None) -> None:
    errors.show(owner, error, retry)


@pytest.fixture
def care(shop: Shop, qtbot: QtBot, tmp_path: Path) -> Iterator[CareDesk]:
    person, toasts, bus = Person(shop), Toasts(), Bus()
    jobs = JobRunner(shop.database, person, bus, _show)
    navigator = Navigator()
    desk = Desk(
        jobs=jobs,
        bus=bus,
        navigator=navigator,
        signin=person,
        settings=DeskFile(tmp_path / "desk.json"),
        toasts=toasts,
        papers=Papers(),
        clock=shop.clock,
        drafts=Drafts(tmp_path / "drafts"),
    )
    spec = install(desk)
    navigator.register_section(spec.name, spec.factory)
    window, stack = QMainWindow(), QStackedWidget()
    window.setCentralWidget(stack)
    made = CareDesk(shop, desk, window, person, toasts, qtbot)

    def show(screen: QWidget) -> None:
        stack.addWidget(screen)
        stack.setCurrentWidget(screen)

    navigator.screen_changed.connect(show)
    navigator.register_command("service.complaint", "New complaint", "", lambda **facts: made.asked.append(facts))
    qtbot.addWidget(window)
    window.resize(1198, 694)
    window.show()
    qtbot.waitExposed(window)
    yield made
    desk.drafts.flush()
    jobs.close()

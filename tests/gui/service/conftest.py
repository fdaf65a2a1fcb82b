"""The service screen in the real window, over a real store, driven by keys."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.context import Context
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.photo_store import PhotoStore
from crmdesk.views.main_window import FrameParts, MainWindow
from crmdesk.views.service.feature import install
from crmdesk.views.service.screen import ServiceScreen
from crmdesk.views.support import errors
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.desk import Desk, ToastAction
from crmdesk.views.support.drafts import Drafts
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.navigator import Navigator
from tests.builders.shop import Shop

_PRESSED_MS = 150  # a button shows itself pressed for a moment before it acts on its mnemonic


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

    def show(self, text: str, actions: Sequence[ToastAction] = ()) -> None:
        del actions
        self.texts.append(text)


@dataclass
class Papers:
    """Papers, rendered and kept by kind."""

    made: dict[str, bytes] = field(default_factory=dict)

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str) -> None:
        del title
        self.made[paper_kind] = make()

    def print_now(self, title: str, make: Callable[[], bytes], paper_kind: str) -> None:
        self.preview(title, make, paper_kind)


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


def _show(owner: QObject | None, error: Exception, retry: Callable[[], None] | None) -> None:
    errors.show(owner, error, retry)


@pytest.fixture
def counter(shop: Shop, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    person, toasts, papers, bus, navigator = Person(shop), Toasts(), Papers(), Bus(), Navigator()
    jobs = JobRunner(shop.database, person, bus, _show)
    settings = DeskFile(tmp_path / "desk.json")
    desk = Desk(
        jobs=jobs,
        bus=bus,
        navigator=navigator,
        signin=person,
        settings=settings,
        toasts=toasts,
        papers=papers,
        clock=shop.clock,
        drafts=Drafts(tmp_path / "drafts"),
        photos=PhotoStore(tmp_path / "photos"),
    )
    window = MainWindow(FrameParts(navigator, settings, [install(desk)]))
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Counter(shop, desk, window, person, toasts, papers, qtbot)
    for left in QApplication.topLevelWidgets():
        if isinstance(left, FormDialog):
            left.close()
    jobs.close()
    for screen in navigator.built_screens():
        screen.deleteLater()

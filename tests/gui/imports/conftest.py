"""The import page of a store with everything around it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from crmdesk.core.context import Context
from crmdesk.core.roles import Role
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.members.import_feature import PAGE, install_import
from crmdesk.views.members.import_screen import ImportScreen
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
    """No papers here."""

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:
        raise NotImplementedError

    def print_now(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:
        raise NotImplementedError

    def look(self, title: str, make: Callable[[], bytes]) -> None:
        raise NotImplementedError


@dataclass
class Counter:
    """The page with everything around it."""

    shop: Shop
    desk: Desk
    screen: ImportScreen
    person: Person
    toasts: Toasts
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until nothing is under way: an answer may ask for the next thing."""
        for _again in range(3):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self.desk.jobs.is_idle, timeout=20_000)
        if QApplication.activeWindow() is None:
            self.screen.activateWindow()
            self.qtbot.wait(5)

    def dialog(self) -> QDialog:
        """Give the question that is open."""
        self.settle()
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        assert len(shown) == 1, shown
        return shown[0]

    def members(self) -> int:
        """Give how many members the store has."""
        with self.shop.reading() as session:
            return int(session.connection().exec_driver_sql("SELECT count(*) FROM member").scalar_one())


def _show(owner: QObject | None, error: Exception, retry: Callable[[], None] | None) -> None:
    errors.show(owner, error, retry)


@pytest.fixture
def counter(shop: Shop, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    toasts, bus, person = Toasts(), Bus(), Person(shop)
    jobs = JobRunner(shop.database, person, bus, _show)
    desk = Desk(
        jobs=jobs,
        bus=bus,
        navigator=Navigator(),
        signin=person,
        settings=DeskFile(tmp_path / "desk.json"),
        toasts=toasts,
        papers=Papers(),
        clock=shop.clock,
        drafts=Drafts(tmp_path / "drafts"),
    )
    install_import(desk)
    desk.navigator.go(PAGE)
    screen = desk.navigator.screen(PAGE)
    assert isinstance(screen, ImportScreen)
    qtbot.addWidget(screen)
    desk.navigator.install(screen)
    screen.resize(1198, 694)
    screen.show()
    qtbot.waitExposed(screen)
    made = Counter(shop, desk, screen, person, toasts, qtbot)
    made.settle()
    yield made
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.reject()
    jobs.close()

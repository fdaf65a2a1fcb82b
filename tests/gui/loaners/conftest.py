"""The desk of a store whose loaners are in every state."""

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
from crmdesk.views.loaners.feature import SECTION, install
from crmdesk.views.loaners.screen import LoanersScreen
from crmdesk.views.support import errors
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.desk import Desk, ToastAction
from crmdesk.views.support.drafts import Drafts
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.navigator import Navigator
from tests.builders.loaner_shop import busy_shop
from tests.builders.shop import Shop


@dataclass
class Person:
    """Who is signed in."""

    shop: Shop
    role: Role = Role.CLERK

    def context(self) -> Context:
        return self.shop.context(self.role)


@dataclass
class Toasts:
    """Toasts, kept."""

    texts: list[str] = field(default_factory=list)

    def show(self, text: str, actions: Sequence[ToastAction] = ()) -> None:  # noqa: ARG002
        self.texts.append(text)


@dataclass
class Papers:
    """Papers, rendered and kept by kind."""

    made: dict[str, bytes] = field(default_factory=dict)

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str) -> None:  # noqa: ARG002
        self.made[paper_kind] = make()

    def print_now(self, title: str, make: Callable[[], bytes], paper_kind: str) -> None:
        self.preview(title, make, paper_kind)


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


def _show(owner: QObject | None, error: Exception, retry: Callable[[], None] | None) -> None:
    errors.show(owner, error, retry)


@pytest.fixture
def counter(shop: Shop, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    busy_shop(shop)
    person, toasts, papers, bus = Person(shop), Toasts(), Papers(), Bus()
    jobs = JobRunner(shop.database, person, bus, _show)
    desk = Desk(
        jobs=jobs,
        bus=bus,
        navigator=Navigator(),
        signin=person,
        settings=DeskFile(tmp_path / "desk.json"),
        toasts=toasts,
        papers=papers,
        clock=shop.clock,
        drafts=Drafts(tmp_path / "drafts"),
    )
    desk.navigator.register_section(SECTION, install(desk).factory)
    desk.navigator.go(SECTION)
    screen = desk.navigator.screen(SECTION)
    assert isinstance(screen, LoanersScreen)
    qtbot.addWidget(screen)
    desk.navigator.install(screen)
    screen.resize(1198, 694)
    screen.show()
    qtbot.waitExposed(screen)
    made = Counter(shop, desk, screen, person, toasts, papers, qtbot)
    made.settle()
    yield made
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.reject()
    jobs.close()

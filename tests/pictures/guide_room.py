"""The whole program in one hand: opened on a copy of the demo store, with a standing clock and no display."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from crmdesk.bootstrap.foundation import Foundation
from crmdesk.bootstrap.house import House, enter
from crmdesk.bootstrap.look import Look
from crmdesk.bootstrap.workplace import Workplace
from crmdesk.core.clock import FixedClock
from crmdesk.core.settings_desk import DESK_NAME, LANGUAGE
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.demo.pictures import screen_of
from crmdesk.queries.staff import SignInRow
from crmdesk.views.main_window import MainWindow
from crmdesk.views.signin.presenter import SignInPresenter
from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.signin.start_window import StartWindow
from crmdesk.views.support.immortal import keep_singletons_alive
from crmdesk.views.support.navigator import Navigator
from tools import catalogue

if TYPE_CHECKING:
    from crmdesk.services.signin import SignedIn

T = TypeVar("T", bound=QWidget)
SIZE: Final = QSize(1366, 768)
DESK: Final = {"zh_CN": "柜台一", "en": "Counter 1"}
_STEP_MS: Final = 40
_CALM: Final = 6
_PATIENCE: Final = 250


class Room:
    """The open program; scenes drive it and take pictures."""

    def __init__(self, house: House, language: str, clock: FixedClock, application: QApplication) -> None:
        """Open everything; nobody is signed in yet."""
        if house.opened is None:
            raise LookupError(house.data.root)
        self.language = language
        self.clock = clock
        self.desk_file = DeskFile(house.data.desk_file)
        self.desk_file.put(LANGUAGE, language)
        self.desk_file.put(DESK_NAME, DESK[language])
        self.look = Look(application)
        self.look.apply(self.desk_file)
        self.foundation = Foundation(house, house.opened, self.desk_file, clock)
        self._presenter = SignInPresenter(self.foundation.jobs, self.foundation)
        self.workplace = Workplace(self.foundation, self.look, self._presenter)
        self.start = StartWindow(self.desk_file)

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self.workplace.window

    @property
    def navigator(self) -> Navigator:
        """Where the program goes."""
        return self.foundation.navigator

    def people(self) -> list[SignInRow]:
        """Give who may sign in."""
        found: list[list[SignInRow]] = []
        self._presenter.people(found.append)
        while not found:
            QTest.qWait(_STEP_MS)
        return found[0]

    def sign_in(self, name: str, pin: str) -> None:
        """Let somebody in and wait for her first page."""
        who = next(one for one in self.people() if one.name == name)
        let_in: list[SignedIn] = []
        self._presenter.sign_in(who.id, pin, let_in.append, lambda _refused: None, lambda: None)
        while not let_in:
            QTest.qWait(_STEP_MS)
        self.workplace.enter(let_in[0])
        self.window.resize(SIZE)
        self.calm()

    def calm(self) -> None:
        """Wait until nothing is under way any more."""
        quiet = 0
        for _turn in range(_PATIENCE):
            QTest.qWait(_STEP_MS)
            quiet = quiet + 1 if self.foundation.jobs.is_idle() else 0
            if quiet >= _CALM:
                return
        raise TimeoutError

    # -- driving ---------------------------------------------------------------------------

    def go(self, section: str) -> QWidget:
        """Show a section and give its screen."""
        self.close_dialogs()
        self.navigator.go(section)
        return self._settled()

    def run(self, command: str) -> QWidget:
        """Run a command and give the screen that is shown then."""
        self.close_dialogs()
        self.navigator.run(command)
        return self._settled()

    def _settled(self) -> QWidget:
        self.calm()
        shown = self.window.shown()
        if shown is None:
            raise LookupError
        return shown

    def press(self, words: str) -> None:
        """Press the button with these words."""
        for top in [*reversed(self.dialogs()), self.window]:
            for button in top.findChildren(QAbstractButton):
                if button.isVisible() and button.isEnabled() and button.text().split("(&")[0] == words:
                    button.click()
                    self.calm()
                    return
        raise LookupError(words)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keys go."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)
        self.calm()

    @staticmethod
    def dialogs() -> list[QDialog]:
        """Give the dialogs that are open."""
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]

    def close_dialogs(self) -> None:
        """Close them without saving."""
        for dialog in self.dialogs():
            dialog.close()
            dialog.deleteLater()
        self.window.toasts.dismiss()
        QTest.qWait(_STEP_MS)

    # -- pictures --------------------------------------------------------------------------

    def picture(self) -> QPixmap:
        """Give the window with what floats over it."""
        self.calm()
        picture = self.window.grab()
        for dialog in self.dialogs():
            self._lay_over(picture, dialog)
        return picture

    @staticmethod
    def _lay_over(picture: QPixmap, dialog: QDialog) -> None:
        """Paint a dialog in the middle of the window, with the shade under it."""
        part = dialog.grab()
        painter = QPainter(picture)
        shade = dialog.palette().shadow().color()
        shade.setAlpha(90)
        painter.fillRect(picture.rect(), shade)
        place = QPoint((picture.width() - part.width()) // 2, max(0, (picture.height() - part.height()) // 2))
        painter.drawPixmap(place, part)
        painter.end()

    def page(self, page: StartPage) -> QPixmap:
        """Give a page of the start window."""
        self.start.show_page(page)
        self.start.resize(SIZE)
        self.start.show()
        QTest.qWait(200)
        picture = self.start.grab()
        self.start.hide()
        return picture

    def close(self) -> None:
        """Take everything down."""
        self.close_dialogs()
        self.workplace.close()
        self.start.hide()
        self.start.deleteLater()
        self.foundation.close()


@contextmanager
def open_room(store: Path, language: str, now: datetime) -> Iterator[Room]:
    """Open the program on ``store`` (a copy that may be changed), at the aware moment ``now``."""
    catalogue.build()
    keep_singletons_alive()
    os.environ["QT_QPA_PLATFORM"] = screen_of((SIZE.width(), SIZE.height()))
    application = QApplication(["guide"])
    clock = FixedClock(now)
    room = Room(enter(DataDir(store), clock), language, clock, application)
    try:
        yield room
    finally:
        room.close()
        for widget in application.topLevelWidgets():
            widget.deleteLater()
        QTest.qWait(_STEP_MS)

"""A store in its data folder, opened as the program opens it, with its windows in this process."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from crmdesk.bootstrap.background import Background
from crmdesk.bootstrap.foundation import Foundation
from crmdesk.bootstrap.house import House, enter
from crmdesk.bootstrap.look import Look
from crmdesk.bootstrap.pages import Pages
from crmdesk.bootstrap.reception import Reception
from crmdesk.bootstrap.workplace import Workplace
from crmdesk.core.clock import SystemClock
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.main_window import MainWindow
from crmdesk.views.signin.signin_page import SignInPage
from tests.builders.begun import PIN, begun_store


@dataclass
class Front:
    """The windows of one program."""

    pages: Pages
    reception: Reception
    foundation: Foundation
    look: Look
    qtbot: QtBot

    def signin_page(self) -> SignInPage:
        """Wait for the sign-in page."""
        self.qtbot.waitUntil(lambda: isinstance(self.pages.window.page, SignInPage), timeout=20_000)
        page = self.pages.window.page
        assert isinstance(page, SignInPage)
        return page

    def sign_in(self, pin: str = PIN) -> None:
        """Type the PIN and press Enter."""
        page = self.signin_page()
        page._pin.setText(pin)
        page._ask()

    @property
    def workplace(self) -> Workplace:
        assert self.reception._workplace is not None
        return self.reception._workplace

    @property
    def window(self) -> MainWindow:
        return self.workplace.window

    def enter(self) -> MainWindow:
        """Sign in and wait for the main window."""
        self.sign_in()
        self.qtbot.waitUntil(lambda: self.reception._workplace is not None and self.window.isVisible(), timeout=20_000)
        return self.window

    def acts(self) -> list[str]:
        """Give what the audit holds."""
        with self.foundation.database.reading() as session:
            found = session.connection().exec_driver_sql("SELECT act FROM audit_entry ORDER BY ordinal")
            return list(found.scalars())


def dialogs() -> list[QDialog]:
    """Give the dialogs that are seen."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return enter(begun_store(tmp_path / "data"), SystemClock())


@pytest.fixture
def front(house: House, qapp: QApplication, qtbot: QtBot) -> Iterator[Front]:
    desk = DeskFile(house.data.desk_file)
    look = Look(qapp)
    look.apply(desk)
    pages = Pages(look, desk, store_is_there=True)
    background = Background()
    assert house.opened is not None
    foundation = Foundation(house, house.opened, desk, SystemClock())
    reception = Reception(pages, background, look, foundation)
    reception.open()
    yield Front(pages, reception, foundation, look, qtbot)
    for dialog in dialogs():
        dialog.close()
    background.close()
    reception.close()
    foundation.close()
    pages.window.hide()
    pages.window.deleteLater()
    look.deleteLater()

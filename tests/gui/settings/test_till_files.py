"""The page of files from the till: what it shows, what each button does, all of it by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from crmdesk.core.roles import Role
from crmdesk.queries.import_sources import sources
from crmdesk.services import import_sources
from crmdesk.services.import_sources import KeepSource
from crmdesk.services.imports_file import open_import
from crmdesk.views.settings.till_files_page import TillFilesPage
from tests.builders.lists import members_file
from tests.gui.imports.conftest import Counter, counter

__all__ = ["counter"]


@pytest.fixture
def page(counter: Counter, qtbot: QtBot, tmp_path: Path) -> TillFilesPage:
    file = open_import(members_file(tmp_path, "姓名,手机", "周敏,13800138000"))
    counter.shop.do(import_sources.keep, KeepSource("till A", file), counter.shop.context(Role.MANAGER))
    made = TillFilesPage(counter.desk)
    qtbot.addWidget(made)
    made.show()
    counter.settle()
    return made


def test_a_folder_is_watched_tested_and_left(counter: Counter, page: TillFilesPage, tmp_path: Path) -> None:
    assert [one.name for one in page.sources.rows()] == ["till A"]
    assert page.folder.isEnabled()
    assert not page.test.isEnabled()
    folder = tmp_path / "till"
    folder.mkdir()
    page._watch(str(folder))
    counter.settle()
    assert [(one.folder, one.active) for one in page.sources.rows()] == [(str(folder), True)]
    (folder / "x.xls").write_bytes(b"<html></html>")
    page.test.setFocus()
    QTest.keyClick(page.test, Qt.Key.Key_Space)
    counter.settle()
    (told,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    assert any("web page" in label.text() for label in told.findChildren(QLabel))
    told.reject()
    QTest.keyClick(page.stop, Qt.Key.Key_Space)
    counter.settle()
    with counter.shop.reading() as session:
        assert [one.folder for one in sources(session, counter.shop.context(Role.MANAGER))] == [""]


def test_tab_goes_through_the_buttons_in_reading_order(page: TillFilesPage) -> None:
    order = [page.folder, page.stop, page.test, page.forget]
    corners = [one.mapTo(page, one.rect().topLeft()) for one in order]
    places = [(one.y(), one.x()) for one in corners]
    assert places == sorted(places)
    page.folder.setFocus()
    seen = []
    widget = page.folder.nextInFocusChain()
    for _step in range(6):
        seen.append(widget)
        assert widget is not None
        widget = widget.nextInFocusChain()
    assert [one for one in seen if one in order] == order[1:]


def test_a_clerk_is_told_who_may(counter: Counter, page: TillFilesPage) -> None:
    counter.person.role = Role.CLERK
    page._show_buttons()
    assert not page.folder.isEnabled()
    assert "manager" in page.folder.toolTip()

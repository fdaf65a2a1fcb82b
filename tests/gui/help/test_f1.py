"""F1 in the real window leads to the chapter of the page that is shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.bootstrap.foundation import Foundation
from crmdesk.bootstrap.house import begin, enter
from crmdesk.bootstrap.look import Look
from crmdesk.bootstrap.workplace import Workplace
from crmdesk.core.clock import SystemClock
from crmdesk.core.settings_desk import LANGUAGE
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.services.signin import BeginStore, begin_store, nobody
from crmdesk.services.unit import perform
from crmdesk.views.signin.presenter import SignInPresenter
from crmdesk.views.support.help import HelpWindow


@pytest.mark.parametrize(
    ("section", "chapter"), [("today", "Today: where the day begins"), ("papers", "Papers and cards")]
)
def test_f1_opens_the_chapter_of_the_page(
    section: str, chapter: str, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    clock = SystemClock()
    house = begin(enter(DataDir(tmp_path / "store"), clock), clock)
    assert house.opened is not None
    desk = DeskFile(house.data.desk_file)
    desk.put(LANGUAGE, "en")
    foundation = Foundation(house, house.opened, desk, clock)
    wanted = BeginStore("01", "Store", "Owner", "7319")
    signed = perform(
        house.opened.database,
        nobody(clock, foundation.person.store, "desk"),
        lambda session, context: begin_store(session, wanted, context),
    ).value
    workplace = Workplace(foundation, Look(qapp), SignInPresenter(foundation.jobs, foundation))
    try:
        workplace.enter(signed)
        foundation.navigator.go(section)
        qtbot.waitUntil(foundation.jobs.is_idle)
        QTest.keyClick(workplace.window, Qt.Key.Key_F1)
        [guide] = workplace.window.findChildren(HelpWindow)
        assert guide.isVisible()
        assert guide.contents.currentItem().text() == chapter
        foundation.navigator.run("program.help")
        assert guide.contents.currentRow() == 0
    finally:
        workplace.close()
        foundation.close()

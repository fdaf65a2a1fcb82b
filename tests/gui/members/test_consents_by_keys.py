"""Consents on the member's page by keyboard: given, taken back, undone; evidence; the wordings' page."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.queries.consent_wordings import evidence, wordings
from crmdesk.views.members.consent_evidence import EvidenceDialog
from crmdesk.views.members.member_screen import MemberScreen
from crmdesk.views.settings.wordings_page import WordingDialog, WordingsPage
from crmdesk.views.support.desk import Desk
from tests.builders.desk import open_room
from tests.builders.loaners import add_member
from tests.builders.shop import Shop


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.wait(1)
    qtbot.waitUntil(desk.jobs.is_idle)
    qtbot.wait(1)


def shown(kind: type[QWidget]) -> QWidget:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def test_taken_back_with_one_key(shop: Shop, tmp_path: Path, qtbot: QtBot) -> None:
    member = add_member(shop, "Wang", "13805715678")
    with open_room(shop, tmp_path, Role.CLERK) as room:
        screen = MemberScreen(room.desk)
        qtbot.addWidget(screen)
        screen.show()
        screen.open_ref(EntityRef(EntityKind.MEMBER, member))
        settle(qtbot, room.desk)
        line = screen.side.consents.lines[ConsentPurpose.MARKETING]
        for words in ("Agrees", "Withdraw"):
            assert line.button.text().replace("&", "") == words
            QTest.keyClick(line.button, Qt.Key.Key_Space)
            settle(qtbot, room.desk)
            screen.reload()
            settle(qtbot, room.desk)
        assert not screen.side.consents.guardian.isVisible()
        screen.side.evidence_wanted.emit()
        settle(qtbot, room.desk)
        dialog = shown(EvidenceDialog)
        assert isinstance(dialog, EvidenceDialog)
        assert [one.given for one in dialog.table.rows()] == [False, True]
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        settle(qtbot, room.desk)
    with shop.reading() as session:
        kept = evidence(session, member, shop.context(Role.CLERK))
    assert [one.given for one in kept] == [False, True]


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
def test_a_new_wording(shop: Shop, tmp_path: Path, qtbot: QtBot, role: Role) -> None:
    with open_room(shop, tmp_path, role) as room:
        page = WordingsPage(room.desk)
        qtbot.addWidget(page)
        page.show()
        settle(qtbot, room.desk)
        page.add()
        if role is Role.MANAGER:
            assert not page.new.isEnabled()
            return
        settle(qtbot, room.desk)
        dialog = shown(WordingDialog)
        assert isinstance(dialog, WordingDialog)
        dialog.purpose.set_value(ConsentPurpose.MARKETING)
        QTest.keyClicks(dialog.code.line, "2026-12")
        dialog.english.set_value("We write to you about new goods.")
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, room.desk)
        page.reload()
        settle(qtbot, room.desk)
        assert [one.code for one in page.table.rows()] == ["2026-12"]
    with shop.reading() as session:
        assert len(wordings(session, shop.context(Role.OWNER))) == 1

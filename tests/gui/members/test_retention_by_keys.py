"""The list of what is kept too long, by keyboard: nothing goes before the second word."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from crmdesk.core.members import MemberState
from crmdesk.core.roles import Role
from crmdesk.models.member import Member
from crmdesk.views.members.retention_screen import RetentionScreen
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Question
from tests.builders.desk import open_room
from tests.builders.loaners import add_member
from tests.builders.shop import Shop


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.wait(1)
    qtbot.waitUntil(desk.jobs.is_idle)
    qtbot.wait(1)


def test_select_and_erase(shop: Shop, tmp_path: Path, qtbot: QtBot) -> None:
    member = add_member(shop, "Wang", "13805715678")
    with shop.database.transaction() as session:
        values = {"joined_on": date(2020, 1, 1), "state": MemberState.WALK_IN}
        session.execute(update(Member).where(Member.id == member).values(**values))
    with open_room(shop, tmp_path, Role.MANAGER) as room:
        screen = RetentionScreen(room.desk)
        qtbot.addWidget(screen)
        screen.show()
        screen.reload()
        settle(qtbot, room.desk)
        assert [one.number for one in screen.table.rows()]
        screen.view.setFocus()
        screen.view.selectAll()
        assert len(screen.chosen()) == 1
        QTest.keyClick(screen.remove, Qt.Key.Key_Space)
        settle(qtbot, room.desk)
        with shop.reading() as session:
            assert session.get_one(Member, member).state is MemberState.WALK_IN
        question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question) and one.isVisible())
        verb = next(one for one in question.findChildren(QPushButton) if "Erase or remove" in one.text())
        QTest.keyClick(verb, Qt.Key.Key_Space)
        settle(qtbot, room.desk)
        qtbot.waitUntil(lambda: not screen.table.rows())
    with shop.reading() as session:
        assert session.get_one(Member, member).state is MemberState.ERASED


def test_who_may_not_sees_the_reason(shop: Shop, tmp_path: Path, qtbot: QtBot) -> None:
    with open_room(shop, tmp_path, Role.CLERK) as room:
        screen = RetentionScreen(room.desk)
        qtbot.addWidget(screen)
        screen.show()
        screen.reload()
        settle(qtbot, room.desk)
        assert not screen.remove.isEnabled()
        assert not screen.table.rows()

"""The owner's own fields, added, ordered and switched off by keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.member_words import FieldKind
from crmdesk.core.roles import Role
from crmdesk.queries.own_fields import all_fields
from crmdesk.services.own_fields import AddOwnField, add_field
from crmdesk.views.settings.own_fields_page import OwnFieldDialog, OwnFieldsPage
from crmdesk.views.support.desk import Desk
from tests.builders.desk import open_room
from tests.builders.shop import Shop

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.wait(1)
    qtbot.waitUntil(desk.jobs.is_idle)
    qtbot.wait(1)


def named(shop: Shop) -> list[tuple[str, bool]]:
    with shop.reading() as session:
        return [(one.name, one.active) for one in all_fields(session, shop.context(Role.OWNER))]


def test_added_ordered_and_switched_off(shop: Shop, tmp_path: Path, qtbot: QtBot) -> None:
    window = QStackedWidget()
    qtbot.addWidget(window)
    with open_room(shop, tmp_path, Role.OWNER) as room:
        for name in ("Height", "Wedding"):
            shop.do(add_field, AddOwnField(name), shop.context(Role.OWNER))
        page = OwnFieldsPage(room.desk)
        window.addWidget(page)
        window.setCurrentWidget(page)
        window.show()
        settle(qtbot, room.desk)
        page.add()
        settle(qtbot, room.desk)
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, OwnFieldDialog))
        QTest.keyClicks(dialog.name.line, "Star sign")
        dialog.kind.set_value(FieldKind.CHOICE)
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
        settle(qtbot, room.desk)
        assert dialog.choices.has_problem()
        QTest.keyClicks(dialog.choices.text, "fish, ram")
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
        settle(qtbot, room.desk)
        chosen = page.chosen()
        assert chosen is not None
        assert (chosen.name, chosen.choices) == ("Star sign", ("fish", "ram"))
        window.activateWindow()
        page.view.setFocus()
        qtbot.waitUntil(page.view.hasFocus)
        QTest.keyClick(page.view, Qt.Key.Key_Up, ALT)
        settle(qtbot, room.desk)
        QTest.keyClick(page.view, Qt.Key.Key_Space)
        settle(qtbot, room.desk)
        assert named(shop) == [("Height", True), ("Star sign", False), ("Wedding", True)]

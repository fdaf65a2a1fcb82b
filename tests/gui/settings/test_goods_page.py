"""The owner adds a field to a kind of goods, and drops it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from crmdesk.core.item_templates import ItemFieldKind
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory
from crmdesk.views.settings.goods_page import FieldDialog, GoodsPage
from crmdesk.views.support.desk import Desk
from tests.builders.desk import close_dialogs, open_room
from tests.builders.shop import Shop


@pytest.fixture
def desk(shop: Shop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:  # noqa: ARG001 - the application must be there
    with open_room(shop, tmp_path, Role.OWNER) as room:
        yield room.desk
        close_dialogs()


def test_a_field_is_added_and_dropped(desk: Desk, qtbot: QtBot) -> None:
    page = GoodsPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(desk.jobs.is_idle)
    dialog = FieldDialog(page, desk)
    dialog.open()
    dialog.category.set_value(ItemCategory.SUITCASE)
    dialog.name.set_value("内衬颜色")
    dialog.kind.set_value(ItemFieldKind.CHOICE)
    dialog.fields.submit()
    assert dialog.choices.has_problem(), "a choice needs choices; what was typed stays"
    dialog.choices.set_value(("黑", "灰"))
    dialog.fields.submit()
    qtbot.waitUntil(desk.jobs.is_idle)
    page.reload()
    qtbot.waitUntil(lambda: [one.name for one in page.fields] == ["内衬颜色"])
    page._ask_drop(page.fields[0])
    button = next(
        one
        for top in QApplication.topLevelWidgets()
        for one in top.findChildren(QPushButton)
        if one.text() == "No longer ask"
    )
    button.click()
    qtbot.waitUntil(lambda: page.fields == ())

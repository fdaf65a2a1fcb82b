"""A changed rule of levels is looked at before it is saved; then the levels follow."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.core.members import CardTier
from crmdesk.core.roles import Role
from crmdesk.core.settings_store import LEVEL_GOLD, LEVEL_SILVER
from crmdesk.models.member import Member
from crmdesk.services.members import MemberFacts, register
from crmdesk.views.settings.levels_page import EffectDialog, LevelsPage
from crmdesk.views.settings.setting_field import TextSettingField
from tests.builders.desk import Counter, open_counter
from tests.builders.member_shop import buy
from tests.builders.shop import Shop


@pytest.fixture
def counter(shop: Shop, tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    with open_counter(shop, tmp_path, qtbot, Role.OWNER) as made:
        yield made


def test_who_moves_is_listed_and_the_levels_follow(counter: Counter) -> None:
    shop = counter.shop
    member = shop.do(register, MemberFacts("何芳"), shop.context(Role.MANAGER)).id
    buy(shop, member, date(2026, 11, 21), 1500, "A")
    page = LevelsPage(counter.desk, "Levels", [LEVEL_SILVER, LEVEL_GOLD])
    counter.show(page)
    counter.settle()
    silver = page.findChildren(TextSettingField)[0]
    silver.line.setText("1500")
    page.look.click()
    counter.settle()
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, EffectDialog) and one.isVisible()]
    assert [row.id for row in dialog.table.rows()] == [member]
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    counter.settle()
    counter.settle()
    with shop.reading() as session:
        assert session.get_one(Member, member).tier is CardTier.SILVER


def test_a_value_that_does_not_fit_is_not_looked_at(counter: Counter) -> None:
    page = LevelsPage(counter.desk, "Levels", [LEVEL_SILVER])
    counter.show(page)
    counter.settle()
    page.findChildren(TextSettingField)[0].line.setText("viel")
    page.look.click()
    counter.settle()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, EffectDialog) and one.isVisible()]

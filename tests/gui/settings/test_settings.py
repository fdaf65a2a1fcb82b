"""Settings by keyboard: a rule changes, a wrong value stays at its field, who may not change is told so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crmdesk.core.roles import Role
from crmdesk.core.setting import Scope
from crmdesk.core.settings import settings_of
from crmdesk.core.settings_service import PROMISE_DAYS
from crmdesk.queries.settings import store_settings
from crmdesk.queries.staff import staff_list
from crmdesk.views.settings.rules_page import RulesPage
from crmdesk.views.settings.screen import SettingsScreen
from crmdesk.views.settings.setting_field import TextSettingField
from crmdesk.views.settings.staff_dialogs import StaffDialog
from crmdesk.views.settings.store_page import StorePage
from tests.builders.desk import Counter, open_counter
from tests.builders.shop import STORE_ID, Shop


@pytest.fixture
def counter(shop: Shop, tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    with open_counter(shop, tmp_path, qtbot, Role.OWNER) as made:
        yield made


def rules(counter: Counter) -> RulesPage:
    page = RulesPage(counter.desk, "Service", [PROMISE_DAYS])
    counter.show(page)
    return page


def promised(shop: Shop) -> int:
    with shop.reading() as session:
        return store_settings(session, STORE_ID).get(PROMISE_DAYS)


def test_a_rule_is_changed_and_kept(counter: Counter) -> None:
    page = rules(counter)
    field = page.findChild(TextSettingField)
    assert isinstance(field, TextSettingField)
    field.line.setText("8")
    page._set.submit()
    counter.settle()
    assert promised(counter.shop) == 8


def test_a_value_that_does_not_fit_is_refused_at_its_field(counter: Counter) -> None:
    page = rules(counter)
    field = page.findChild(TextSettingField)
    assert isinstance(field, TextSettingField)
    field.line.setText("9999")
    page._set.submit()
    counter.settle()
    assert field.problem_text()
    assert field.line.text() == "9999", "what was typed stays"
    assert promised(counter.shop) == PROMISE_DAYS.default


def test_a_manager_sees_the_rules_and_cannot_change_them(counter: Counter) -> None:
    counter.person.role = Role.MANAGER
    page = rules(counter)
    field = page.findChild(TextSettingField)
    assert isinstance(field, TextSettingField)
    assert not field.isEnabled()


def test_every_page_opens(counter: Counter) -> None:
    screen = SettingsScreen(counter.desk)
    counter.show(screen)
    for place in range(screen._list.count()):
        screen._list.setCurrentRow(place)
        counter.settle()
    groups = {setting.group for setting in settings_of(Scope.STORE)}
    # Store, staff, computer, trust, clocks, working days, causes, shelves, about, own fields, till, wordings.
    own = 12
    assert screen._list.count() == len(groups) + own


def test_the_store_is_renamed(counter: Counter) -> None:
    page = StorePage(counter.desk)
    counter.show(page)
    page._name.set_value("文三路旗舰店")
    page._set.submit()
    counter.settle()
    assert counter.toasts.texts
    with counter.shop.reading() as session:
        from crmdesk.queries.settings import store_facts

        assert store_facts(session, STORE_ID).name == "文三路旗舰店"


def test_somebody_new_works_here(counter: Counter) -> None:
    screen = SettingsScreen(counter.desk)
    counter.show(screen)
    dialog = StaffDialog(screen, counter.desk)
    dialog.open()
    dialog._name.set_value("新来的小王")
    dialog._role.set_value(Role.CLERK)
    dialog.fields.submit()
    counter.settle()
    with counter.shop.reading() as session:
        names = [one.name for one in staff_list(session, counter.shop.context(Role.OWNER))]
    assert "新来的小王" in names

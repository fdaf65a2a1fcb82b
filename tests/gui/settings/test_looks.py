"""Who looked at whom, by keyboard: filters, the member behind a line, the file, and who may not see it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from crmdesk.core.member_words import Look
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.services.looks import note_look, note_page
from crmdesk.views.members.feature import install as install_members
from crmdesk.views.members.member_screen import MemberScreen
from crmdesk.views.members.screen import MembersScreen
from crmdesk.views.settings.feature import install as install_settings
from crmdesk.views.settings.looks_screen import LooksScreen
from crmdesk.views.settings.trust_page import TrustPage
from crmdesk.views.support import list_export
from tests.builders.desk import Counter, open_counter
from tests.builders.member_shop import people
from tests.builders.shop import Shop, staff_id

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MOST_STEPS = 60


@pytest.fixture
def known(shop: Shop) -> dict[str, int]:
    found = people(shop)
    shop.do(note_page, found["周建国"], shop.context(Role.CLERK))
    shop.do(note_look, found["单雪芹"], shop.context(Role.MANAGER))
    return found


@pytest.fixture
def counter(shop: Shop, known: dict[str, int], tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    del known
    with open_counter(shop, tmp_path, qtbot, Role.OWNER) as made:
        install_members(made.desk)
        install_settings(made.desk)
        yield made


def looks(counter: Counter) -> LooksScreen:
    screen = LooksScreen(counter.desk)
    counter.show(screen)
    return screen


def names(screen: LooksScreen) -> list[str]:
    table = screen.table
    return [row.member_name for place in range(table.rowCount()) if (row := table.row_at(place)) is not None]


def test_the_newest_look_is_first_and_filters_narrow_it(counter: Counter) -> None:
    screen = looks(counter)
    assert names(screen) == ["单雪芹", "周建国"]
    screen.person.set_value(staff_id(Role.CLERK))
    counter.settle()
    assert names(screen) == ["周建国"]
    screen.look.set_value(Look.PHONE)
    counter.settle()
    assert names(screen) == []
    screen.person.set_value(None)
    counter.settle()
    assert names(screen) == ["单雪芹"]
    screen.day.line.setText("20")
    counter.settle()
    assert names(screen) == []


def test_typing_a_member_number_narrows_it(counter: Counter, known: dict[str, int]) -> None:
    screen = looks(counter)
    [number] = [
        screen.table.row_at(place).member_number  # type: ignore[union-attr]
        for place in range(2)
        if screen.table.row_at(place).member_id == known["周建国"]  # type: ignore[union-attr]
    ]
    screen.member.line.setFocus()
    QTest.keyClicks(screen.member.line, number)
    counter.settle()
    assert names(screen) == ["周建国"]


def test_enter_opens_the_member(counter: Counter, known: dict[str, int]) -> None:
    opened: list[EntityRef] = []
    counter.desk.navigator.register_opener(EntityKind.MEMBER, opened.append)
    screen = looks(counter)
    screen.view.setFocus()
    screen.view.selectRow(1)
    QTest.keyClick(screen.view, Qt.Key.Key_Return)
    assert opened == [EntityRef(EntityKind.MEMBER, known["周建国"])]


def test_tab_goes_through_the_filters_in_reading_order(counter: Counter) -> None:
    screen = looks(counter)
    order = [screen.person.box, screen.member.line, screen.look.box, screen.day.line, screen.view]
    places = [one.mapTo(screen, one.rect().topLeft()) for one in order]
    assert [(one.y(), one.x()) for one in places] == sorted((one.y(), one.x()) for one in places)
    seen: list[object] = []
    widget: QWidget | None = order[0]
    while widget is not None and widget is not order[-1] and len(seen) < MOST_STEPS:
        widget = widget.nextInFocusChain()
        seen.append(widget)
    assert [one for one in seen if one in order] == order[1:]


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE, Role.ADMINISTRATOR])
def test_who_may_not_see_it_is_told_so(counter: Counter, role: Role) -> None:
    counter.person.role = role
    screen = looks(counter)
    words = [one.text() for one in screen.findChildren(QLabel) if one.isVisible()]
    assert "Your role does not see this list" in words
    assert not screen.view.isVisible()
    assert not screen.can_export()


def test_the_history_page_leads_there(counter: Counter) -> None:
    page = TrustPage(counter.desk)
    counter.show(page)
    assert "settings.looks" in {one.name for one in counter.desk.navigator.commands()}


def test_the_member_s_page_is_noted_once_and_shows_who_looked(counter: Counter, known: dict[str, int]) -> None:
    page = MemberScreen(counter.desk)
    page.open_ref(EntityRef(EntityKind.MEMBER, known["周建国"]))
    counter.show(page)
    counter.settle()
    texts = [one.text() for one in page.lookers.findChildren(QLabel)]
    assert "何老板" in texts
    assert "陈可" in texts
    page.reload()
    counter.settle()
    assert names(looks(counter)).count("周建国") == 2


def test_rows_that_are_copied_and_exported_are_looks_at_everybody_on_them(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = MembersScreen(counter.desk)
    counter.show(screen)
    screen.view.selectAll()
    QTest.keySequence(screen.view, "Ctrl+C")
    counter.settle()
    count = screen.table.rowCount()
    log = looks(counter)
    log.look.set_value(Look.COPIED)
    counter.settle()
    assert len(names(log)) == count
    target = tmp_path / "members.xlsx"
    monkeypatch.setattr(list_export, "save_file", lambda *given: given[-1](target))
    screen.export_list()
    counter.settle()
    counter.qtbot.waitUntil(target.exists)
    counter.settle()
    assert len(CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()) > count
    log.look.set_value(Look.EXPORTED)
    log.reload()
    counter.settle()
    assert len(names(log)) == count

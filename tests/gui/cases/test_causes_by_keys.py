"""The owner's root-cause tree in the settings, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crmdesk.core.errors import StaleError
from crmdesk.core.roles import Role
from crmdesk.core.tickets import RootCause
from crmdesk.queries.root_causes import cause_book
from crmdesk.services import root_causes
from crmdesk.services.root_causes import AddCause, EditCause, MoveCause
from crmdesk.views.settings.causes_page import CausesPage
from tests.builders.shop import STORE_ID
from tests.gui.service.conftest import Counter


@pytest.fixture
def page(counter: Counter, qtbot: QtBot) -> CausesPage:
    counter.person.role = Role.OWNER
    made = CausesPage(counter.desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitUntil(lambda: made.table.rowCount() > len(RootCause))
    return made


def choose(page: CausesPage, counter: Counter, name: str) -> None:
    """Select the line with this name."""
    counter.settle()
    line = next(one for one in page.table.rows() if one.name == name)
    assert page.view.select_id(line.id)
    counter.settle()


def test_a_cause_is_added_renamed_retired_and_brought_back(page: CausesPage, counter: Counter) -> None:
    choose(page, counter, "Process")
    assert not page.retire_button.isEnabled()
    page.add()
    counter.settle()
    counter.form()
    counter.type("Hand-over forgotten")
    counter.go_on()
    choose(page, counter, "Hand-over forgotten")
    page.change()
    counter.form().fields.fields()["name"].set_value("Shift hand-over forgotten")
    counter.go_on()
    choose(page, counter, "Shift hand-over forgotten")
    page.activateWindow()
    counter.qtbot.waitUntil(page.isActiveWindow)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Space)
    counter.settle()
    choose(page, counter, "Shift hand-over forgotten")
    assert "Bring back" in page.retire_button.text().replace("&", "")
    with counter.shop.reading() as session:
        names = [one.name() for one in cause_book(session, STORE_ID).below(RootCause.PROCESS)]
    assert "Shift hand-over forgotten" not in names
    page.turn()
    counter.settle()
    with counter.shop.reading() as session:
        names = [one.name() for one in cause_book(session, STORE_ID).below(RootCause.PROCESS)]
    assert names[-1] == "Shift hand-over forgotten"


def test_a_name_that_is_taken_is_said_at_its_field(page: CausesPage, counter: Counter) -> None:
    choose(page, counter, "Process")
    page.add()
    counter.settle()
    counter.form()
    counter.type("Repair took too long")
    counter.go_on()
    form = counter.form()
    assert "has a cause" in form.fields.fields()["name"].problem_text()
    form.close()


def test_a_cause_is_put_in_another_place_by_keys(page: CausesPage, counter: Counter) -> None:
    def names() -> list[str]:
        counter.settle()
        with counter.shop.reading() as session:
            return [one.name() for one in cause_book(session, STORE_ID).below(RootCause.PROCESS)]

    before = names()
    choose(page, counter, before[1])
    page.activateWindow()
    counter.qtbot.waitUntil(page.isActiveWindow)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names() == [before[1], before[0], *before[2:]]
    chosen = page.chosen()
    assert chosen is not None
    assert chosen.name == before[1], "it stays chosen"
    QTest.keyClick(page.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names()[0] == before[1], "at the edge nothing changes"
    counter.settle()
    for _ in before:
        page.down_button.click()
        counter.settle()
    assert names() == [before[0], *before[2:], before[1]]


def test_a_new_cause_stands_behind_those_with_a_place_and_another_category_begins_anew(
    counter: Counter,
) -> None:
    owner = counter.shop.context(Role.OWNER)
    with counter.shop.reading() as session:
        first, second, *rest = (one.code for one in cause_book(session, STORE_ID).below(RootCause.PROCESS))
    seen = (first, second, *rest)
    counter.shop.do(root_causes.move_cause, MoveCause(first, 1, seen), owner)
    with pytest.raises(StaleError):
        counter.shop.do(root_causes.move_cause, MoveCause(first, 1, seen), owner)
    added = counter.shop.do(root_causes.add_cause, AddCause(RootCause.PROCESS, "Hand-over"), owner)
    counter.shop.do(root_causes.edit_cause, EditCause(second, "", RootCause.SERVICE_ATTITUDE), owner)
    with counter.shop.reading() as session:
        book = cause_book(session, STORE_ID)
    assert [one.code for one in book.below(RootCause.PROCESS)] == [first, *rest, added]
    assert book.below(RootCause.SERVICE_ATTITUDE)[-1].code == second
    counter.settle()

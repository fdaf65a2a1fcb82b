"""The today board shows what waits and opens it by key."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.queries import walk_ins
from crmdesk.views.support.widgets.card_row import CardRow
from crmdesk.views.today.screen import TodayScreen
from crmdesk.views.today.walk_in_dialog import WalkInDialog
from tests.builders.desk import Counter, open_counter
from tests.builders.repairs import taken_in
from tests.builders.shop import STORE_ID, Shop


@pytest.fixture
def counter(shop: Shop, tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    with open_counter(shop, tmp_path, qtbot) as made:
        yield made


def show(counter: Counter) -> TodayScreen:
    screen = TodayScreen(counter.desk)
    counter.show(screen)
    return screen


def rows(screen: TodayScreen) -> list[CardRow]:
    return [row for row in screen.findChildren(CardRow) if row.isVisible()]


def test_an_empty_store_is_told_so(counter: Counter) -> None:
    screen = show(counter)
    assert not [row for row in rows(screen) if row.key]


def test_a_late_ticket_stands_first_and_opens_by_its_key(counter: Counter) -> None:
    ticket_id = taken_in(counter.shop)
    counter.shop.clock.advance(timedelta(days=9))
    opened: list[EntityRef] = []
    counter.desk.navigator.register_opener(EntityKind.TICKET, opened.append)
    screen = show(counter)
    first = next(row for row in rows(screen) if row.key == "1")
    assert "周建国" in first.accessibleName()
    QTest.keyClick(screen, Qt.Key.Key_1)
    assert opened == [EntityRef(EntityKind.TICKET, ticket_id)]


def test_the_last_row_opens_the_whole_list(counter: Counter) -> None:
    taken_in(counter.shop)
    counter.shop.clock.advance(timedelta(days=30))
    asked: list[str] = []

    def record(view: str) -> None:
        asked.append(view)

    counter.desk.navigator.register_command("service.show", "", "", record)
    counter.desk.navigator.register_command("loaners.show", "", "", record)
    found = rows(show(counter))
    QTest.keyClick(next(row for row in found if "red clocks" in row.accessibleName()), Qt.Key.Key_Return)
    QTest.keyClick(next(row for row in found if "On the shelf" in row.accessibleName()), Qt.Key.Key_Return)
    assert asked == ["red", "out"]


def test_the_board_follows_what_changes(counter: Counter) -> None:
    screen = show(counter)
    before = len(rows(screen))
    taken_in(counter.shop)
    counter.shop.clock.advance(timedelta(days=9))
    screen.reload()
    counter.settle()
    assert len(rows(screen)) > before


def test_walk_ins_are_counted_by_one_key(counter: Counter) -> None:
    screen = show(counter)
    QTest.keyClick(screen, Qt.Key.Key_W)
    counter.settle()
    dialog = next(one for one in screen.findChildren(WalkInDialog) if one.isVisible())
    QTest.keyClicks(dialog.people.line, "37")
    QTest.keyClick(dialog.people.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    counter.settle()
    with counter.shop.reading() as session:
        assert walk_ins.of_day(session, STORE_ID, counter.shop.context().today()) == 37
    QTest.keyClick(screen, Qt.Key.Key_W)
    counter.settle()
    again = next(one for one in screen.findChildren(WalkInDialog) if one.isVisible())
    assert again.people.value() == 37
    again.close()

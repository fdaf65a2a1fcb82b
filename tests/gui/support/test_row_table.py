"""Tables of any length: first page, ids, windows, selection by id, and Qt's own model test."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import ColumnElement, column, delete, select, text, update
from sqlalchemy import table as sql_table
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.i18n import mark
from crmdesk.core.order import Order
from crmdesk.core.tones import Tone
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.support.columns import Column, ColumnKind, Seen
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.row_source import RowSource
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.table import ID_ROLE, PLACEHOLDER
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.windows import KEPT, WINDOW
from tests.builders.shop import Shop

BIG = 2**62
LINE = sql_table("line", column("id"), column("name"), column("count"))


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    name: str
    count: int


COLUMNS: list[Column[Line]] = [
    Column("name", mark("Name"), lambda row: row.name, 160, sort_key="name"),
    Column("count", mark("Count"), lambda row: str(row.count), 80, ColumnKind.NUMBER, value=lambda row: row.count),
    Column(
        "state",
        mark("State"),
        lambda _row: "ready",
        kind=ColumnKind.STATUS,
        tone=lambda _row: Tone.OK,
        icon=lambda _row: "check",
    ),
    Column("spare", mark("Spare"), lambda row: f"spare {row.id}", shown=False),
]


class Counted:
    """A table of n lines in the real database, and how often each query was asked."""

    def __init__(self, shop: Shop, lines: int) -> None:
        self.asked: list[str] = []
        with shop.database.transaction() as session:
            session.execute(text("CREATE TABLE line (id INTEGER PRIMARY KEY, name TEXT, count INTEGER)"))
            session.execute(
                text(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) "
                    "INSERT INTO line SELECT :big + i, printf('name %07d', i), i % 10 FROM n"
                ),
                {"n": lines, "big": BIG},
            )
            session.execute(text("DELETE FROM line WHERE id > :last"), {"last": BIG + lines})

    def first(self, session: Session, _context: Context, order: Order | None, limit: int) -> list[Line]:
        self.asked.append("first")
        found = session.execute(select(LINE).order_by(*self._by(order)).limit(limit))
        return [Line(*row) for row in found]

    def ids(self, session: Session, _context: Context, order: Order | None) -> Iterable[int]:
        self.asked.append("ids")
        return session.scalars(select(LINE.c.id).order_by(*self._by(order)))

    def rows(self, session: Session, _context: Context, wanted: Sequence[int]) -> list[Line]:
        self.asked.append(f"rows {len(wanted)}")
        return [Line(*row) for row in session.execute(select(LINE).where(LINE.c.id.in_(wanted)))]

    @staticmethod
    def _by(order: Order | None) -> list[ColumnElement[object]]:
        if order is None:
            return [LINE.c.id]
        wanted = LINE.c[order.key]
        return [wanted.desc() if order.descending else wanted.asc(), LINE.c.id]

    def source(self) -> RowSource[Line]:
        return RowSource(self.first, self.ids, self.rows)


def filled(shop: Shop, jobs: JobRunner, qtbot: QtBot, lines: int) -> tuple[RowTable[Line], Counted]:
    counted = Counted(shop, lines)
    table = RowTable(COLUMNS, jobs)
    with qtbot.waitSignal(table.counted):
        table.set_source(counted.source())
    qtbot.waitUntil(jobs.is_idle)
    return table, counted


def cell(table: RowTable[Line] | ListTable[Line], row: int, column: int = 0) -> object:
    return table.data(table.index(row, column))


def is_there(table: RowTable[Line], row: int) -> bool:
    return cell(table, row) != PLACEHOLDER


@pytest.mark.parametrize("lines", [0, 1, WINDOW, WINDOW + 1, 2500])
def test_length_and_ends(shop: Shop, jobs: JobRunner, qtbot: QtBot, qtmodeltester: ModelTester, lines: int) -> None:
    table, counted = filled(shop, jobs, qtbot, lines)
    qtmodeltester.check(table)  # type: ignore[no-untyped-call]
    assert table.rowCount() == lines
    assert ("ids" in counted.asked) == (lines >= WINDOW)
    if lines:
        cell(table, lines - 1)
        qtbot.waitUntil(lambda: cell(table, lines - 1) == f"name {lines:07d}")
        assert table.data(table.index(lines - 1, 0), ID_ROLE) == BIG + lines


def test_rows_come_by_window_and_memory_is_bounded(shop: Shop, jobs: JobRunner, qtbot: QtBot) -> None:
    table, counted = filled(shop, jobs, qtbot, 20_000)
    assert counted.asked == ["first", "ids"]
    assert cell(table, 15_000) == PLACEHOLDER
    qtbot.waitUntil(lambda: cell(table, 15_000) == "name 0015001")
    assert counted.asked[2:] == [f"rows {WINDOW}"]
    for row in range(0, 20_000, WINDOW):
        cell(table, row)
        qtbot.waitUntil(partial(is_there, table, row))
    assert table.windows_in_memory() <= KEPT


def test_a_wild_scroll_asks_only_for_the_last_windows(shop: Shop, jobs: JobRunner, qtbot: QtBot) -> None:
    table, counted = filled(shop, jobs, qtbot, 20_000)
    for row in range(1000, 20_000, WINDOW):
        cell(table, row)
    qtbot.waitUntil(lambda: cell(table, 19_900) != PLACEHOLDER)
    qtbot.waitUntil(jobs.is_idle)
    # Hundreds of windows went by; the last few are asked for, in one question, or two when the first began on the way.
    assert sum(int(asked.removeprefix("rows ")) for asked in counted.asked[2:]) <= 500


def test_sort_reads_again_in_the_other_order(shop: Shop, jobs: JobRunner, qtbot: QtBot) -> None:
    table, _counted = filled(shop, jobs, qtbot, 300)
    with qtbot.waitSignal(table.counted):
        table.sort(0, Qt.SortOrder.DescendingOrder)
    assert cell(table, 0) == "name 0000300"
    table.sort(1, Qt.SortOrder.AscendingOrder)  # not sortable: nothing happens
    assert table.order() == Order("name", descending=True)


def test_refresh_shows_changes_and_keeps_what_is_chosen(
    shop: Shop, jobs: JobRunner, qtbot: QtBot, settings: DeskFile
) -> None:
    table, _counted = filled(shop, jobs, qtbot, 3000)
    view = RowTableView(table, settings, "lines")
    qtbot.addWidget(view)
    view.show()
    assert view.select_id(BIG + 2000)
    qtbot.waitUntil(lambda: cell(table, 1999) == "name 0002000")
    with shop.database.transaction() as session:
        session.execute(update(LINE).where(LINE.c.id == BIG + 2000).values(name="new"))
        session.execute(delete(LINE).where(LINE.c.id.in_([BIG + 1, BIG + 2])))
    with qtbot.waitSignal(table.counted):
        table.refresh()
    assert table.rowCount() == 2998
    assert view.current_id() == BIG + 2000
    assert view.selected_ids() == [BIG + 2000]
    qtbot.waitUntil(lambda: cell(table, 1997) == "new")


def test_refresh_of_a_short_list_changes_it_in_place(shop: Shop, jobs: JobRunner, qtbot: QtBot) -> None:
    table, _counted = filled(shop, jobs, qtbot, 20)
    resets: list[int] = []
    table.modelReset.connect(lambda: resets.append(1))
    with shop.database.transaction() as session:
        session.execute(update(LINE).where(LINE.c.id == BIG + 3).values(name="new"))
    with qtbot.waitSignal(table.dataChanged):
        table.refresh()
    assert cell(table, 2) == "new"
    assert not resets


def test_export_is_what_is_seen(shop: Shop, jobs: JobRunner, qtbot: QtBot, settings: DeskFile) -> None:
    table, _counted = filled(shop, jobs, qtbot, 1200)
    view = RowTableView(table, settings, "lines")
    qtbot.addWidget(view)
    view.columns.choose("state", shown=False)
    with qtbot.waitSignal(table.counted):
        table.sort(0, Qt.SortOrder.DescendingOrder)
    seen = list[Seen]()
    view.read_seen(seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].titles == ("Name", "Count")
    assert len(seen[0].rows) == 1200
    assert seen[0].rows[0] == ("name 0001200", 0)


def test_keys_copy_menu_and_empty_words(desk: Desk, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    table = ListTable(COLUMNS)
    view = RowTableView(table, desk.settings, "short")
    qtbot.addWidget(view)
    view.resize(600, 300)
    acted: list[str] = []
    view.set_empty("users", "No lines", "They come with the first import.", "Import", lambda: acted.append("import"))
    view.show()
    table.set_rows([])
    assert view._empty is not None
    assert view._empty.isVisible()
    view._empty.acted.emit()
    assert acted == ["import"]
    table.set_rows([Line(BIG + n, f"n{n}\tx", n) for n in range(5)])
    qtmodeltester.check(table)  # type: ignore[no-untyped-call]
    assert not view._empty.isVisible()
    opened: list[object] = []
    current: list[object] = []
    typed: list[str] = []
    view.opened.connect(opened.append)
    view.current_changed.connect(current.append)
    view.typed.connect(typed.append)
    view.select_first()
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClicks(view, "a")
    assert opened == [BIG + 4]
    assert current == [BIG, BIG + 4]
    assert typed == ["a"]
    view.selectAll()
    view.set_actions(lambda: [QAction("Call", view)])
    assert [action.text() for action in view.menu().actions() if not action.isSeparator()] == ["Call", "Copy rows"]
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1] == "n1 x\t1\tready"


def test_list_table_sorts_by_value_and_keeps_rows_in_place() -> None:
    columns = [replace(COLUMNS[1], sort_key="count"), COLUMNS[0]]
    table = ListTable(columns)
    table.set_rows([Line(1, "a", 10), Line(2, "b", 9), Line(3, "c", 100)])
    table.sort(0, Qt.SortOrder.AscendingOrder)
    assert [row.count for row in table.rows()] == [9, 10, 100]
    table.set_rows([Line(1, "a", 1), Line(2, "b", 2), Line(3, "c", 0)])
    assert [row.count for row in table.rows()] == [0, 1, 2]
    assert table.place_of(3) == 0
    assert table.rowCount(table.index(0, 0)) == 0
    assert table.rowCount(QModelIndex()) == 3


def test_columns_are_remembered_on_this_pc(qtbot: QtBot, settings: DeskFile) -> None:
    def build() -> RowTableView:
        view = RowTableView(ListTable(COLUMNS), settings, "remembered")
        qtbot.addWidget(view)
        return view

    first = build()
    assert [column.key for column in first.seen_columns()] == ["name", "count", "state"]
    first.columns.choose("spare", shown=True)
    first.columns.choose("count", shown=False)
    first.horizontalHeader().moveSection(2, 0)
    first.horizontalHeader().resizeSection(0, 222)
    first.columns.keep()
    second = build()
    assert [column.key for column in second.seen_columns()] == ["state", "name", "spare"]
    assert second.columnWidth(0) == 222
    second.columns.reset()
    assert [column.key for column in second.seen_columns()] == ["name", "count", "state"]
    second.columns.keep()
    first.columns.keep()


def test_a_view_paints_pills_and_placeholders(shop: Shop, jobs: JobRunner, qtbot: QtBot, settings: DeskFile) -> None:
    table, _counted = filled(shop, jobs, qtbot, 500)
    view = RowTableView(table, settings, "painted")
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    view.scrollToBottom()
    assert not view.grab().isNull()
    qtbot.waitUntil(lambda: cell(table, 499) == "name 0000500")
    assert not view.grab().isNull()


def test_selecting_all_of_a_long_list_looks_at_few_rows(
    shop: Shop, jobs: JobRunner, qtbot: QtBot, settings: DeskFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, _counted = filled(shop, jobs, qtbot, 20_000)
    view = RowTableView(table, settings, "all")
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(jobs.is_idle)
    looks = 0

    def columns(_table: RowTable[Line], _parent: QModelIndex | None = None) -> int:
        nonlocal looks
        looks += 1
        return len(COLUMNS)

    monkeypatch.setattr(RowTable, "columnCount", columns)
    view.selectAll()
    qtbot.wait(20)
    assert view.selected_count() == 20_000
    assert len(view.selected_ids(10)) == 10
    assert looks < 5_000

"""A table in a narrow place: what has no room beside the other columns stands below the row."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.core.i18n import mark
from crmdesk.core.tones import Tone
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.tokens import ROW
from tests.builders.look import dressed


@dataclass(frozen=True)
class Thing:
    id: int
    number: str
    name: str
    state: str
    owner: str


COLUMNS: tuple[Column[Thing], ...] = (
    Column("number", mark("Number"), lambda row: row.number, width=140),
    Column("name", mark("Name"), lambda row: row.name, width=200, stretch=True),
    Column("state", mark("State"), lambda row: row.state, width=120, kind=ColumnKind.STATUS, tone=lambda _: Tone.OK),
    Column("owner", mark("Owner"), lambda row: row.owner, width=120),
    Column("again", mark("Again"), lambda _row: "", width=120),
)


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path) -> RowTableView:
    table = ListTable(COLUMNS, id_of=lambda row: row.id)
    made = RowTableView(table, DeskFile(tmp_path / "desk.json"), "things")
    qtbot.addWidget(made)
    table.set_rows([Thing(number, f"R-{number}", "suitcase", "ready", "周敏") for number in range(1, 30)])
    made.resize(900, 400)
    made.show()
    return made


def _shown(view: RowTableView) -> list[str]:
    return [one.key for place, one in enumerate(COLUMNS) if not view.isColumnHidden(place)]


def test_what_has_no_room_goes_below_and_comes_back(view: RowTableView, qapp: QApplication) -> None:
    with dressed(qapp):
        assert _shown(view) == ["number", "name", "state", "owner", "again"]
        view.resize(430, 400)
        assert _shown(view) == ["number", "name", "state"]
        assert view.rowHeight(0) > ROW
        assert view.horizontalScrollBar().maximum() == 0
        view.grab()
        view.resize(900, 400)
        assert _shown(view) == ["number", "name", "state", "owner", "again"]
        assert view.rowHeight(0) == ROW


def test_columns_below_the_row_are_seen_all_the_same(view: RowTableView, qapp: QApplication) -> None:
    with dressed(qapp):
        view.resize(430, 400)
        assert [column.key for column in view.seen_columns()] == ["number", "name", "state", "owner", "again"]
        view.columns.choose("owner", shown=False)
        assert [column.key for column in view.seen_columns()] == ["number", "name", "state", "again"]
        view.resize(900, 400)
        assert _shown(view) == ["number", "name", "state", "again"]
        view.columns.choose("owner", shown=True)
        assert _shown(view) == ["number", "name", "state", "owner", "again"]


def test_a_row_is_chosen_by_keys_and_painted_whole(view: RowTableView, qapp: QApplication) -> None:
    with dressed(qapp):
        view.resize(300, 400)
        view.selectRow(2)
        plain, chosen = view.rowViewportPosition(1) + ROW + 4, view.rowViewportPosition(2) + ROW + 4
        picture = view.viewport().grab().toImage()
        edge = view.viewport().width() - 3
        assert picture.pixelColor(edge, plain) != picture.pixelColor(edge, chosen)

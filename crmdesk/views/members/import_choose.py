"""First step: the file, by dropping or choosing; below it the imports so far."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.clock import local_time
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.tones import Tone
from crmdesk.exchange.fields import ImportKind
from crmdesk.queries.imports import ImportRunRow
from crmdesk.views.members.import_half import HalfDone
from crmdesk.views.members.import_words import STATES, kind_words
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.icons import icon
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import CORNER
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import show_if

_LEAST_LIST = 150


class DropArea(QWidget):
    """A dashed field that takes one file."""

    dropped = Signal(Path)
    asked = Signal()

    def __init__(self) -> None:
        """Say what can be dropped here."""
        super().__init__()
        self.setAcceptDrops(True)
        self._over = False
        self._words = EmptyState(
            "file-spreadsheet",
            gettext("Drop an Excel or CSV file here"),
            gettext(
                "Members, purchases, balances, cards or tags; .xlsx, .xls or .csv, columns in any order. "
                "Nothing is written yet."
            ),
            gettext("Choose a file…"),
            hint="Ctrl+O",
        )
        self.setFocusProxy(self._words)
        self._words.acted.connect(self.asked)
        self.setLayout(column(self._words, gap=0))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event) is not None:
            event.acceptProposedAction()
            self._set_over(over=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(over=False)
        path = _file_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = tokens()
        painter.setPen(QPen(look.accent_text if self._over else look.edge, 1, Qt.PenStyle.DashLine))
        painter.setBrush(look.hover if self._over else look.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)

    def _set_over(self, *, over: bool) -> None:
        self._over = over
        self.update()


def _file_of(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None


class ChooseStep(QWidget):
    """Where a file comes in, and what came in before."""

    file_given = Signal(Path)
    file_wanted = Signal()
    undo_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Build it with an empty list of imports."""
        super().__init__()
        self.trouble = Banner("", tone=Tone.LATE, icon="circle-alert")
        self.area = DropArea()
        self.area.dropped.connect(self.file_given)
        self.area.asked.connect(self.file_wanted)
        self.table: ListTable[ImportRunRow] = ListTable(_columns(desk.signin.context().store.zone), self)
        self.view = RowTableView(self.table, desk.settings, "imports", self)
        self.view.setAccessibleName(gettext("Imports so far"))
        self.view.setMinimumHeight(_LEAST_LIST)
        self.view.set_actions(self._row_actions)
        self.view.opened.connect(self._undo)
        self._before = Card(gettext("Imports so far"), "history", ruled=True)
        self._before.add(self.view, 1)
        self.undo = Button(gettext("Undo this import…"), "undo-2", "quiet")
        self.undo.clicked.connect(lambda: self._undo(self.view.current_id()))
        self._before.add_to_head(self.undo)
        self.view.current_changed.connect(lambda _key: self._show_undo())
        self.table.loaded.connect(self._show_undo)
        show_if(self._before, False)
        self.half = HalfDone()
        layout = column(self.trouble, self.half, self.area, self._before, gap=3)
        layout.setStretch(2, 2)
        layout.setStretch(3, 3)
        self.setLayout(layout)

    def allow(self, allowed: bool) -> None:  # noqa: FBT001 - a state, as Qt's setters
        """Take files, or say who may bring them."""
        self.area.setEnabled(allowed)
        if not allowed:
            words = gettext("Only a manager or the owner imports lists.")
            self.trouble.set(words, "", Tone.WARN, "lock")

    def show_runs(self, runs: Sequence[ImportRunRow]) -> None:
        """Show the imports so far."""
        self.table.set_rows(runs)
        self.half.show_runs([run for run in runs if run.open])
        self.view.select_first()
        self._show_undo()
        show_if(self._before, bool(runs))

    def _row_actions(self) -> list[QAction]:
        run = self._current()
        action = QAction(icon("undo-2"), gettext("Undo this import…"), self)
        action.setEnabled(run is not None and not run.undone)
        if run is not None:
            action.triggered.connect(partial(self._undo, run.id))
        return [action]

    def _current(self) -> ImportRunRow | None:
        key = self.view.current_id()
        return next((run for run in self.table.rows() if run.id == key), None)

    def _show_undo(self) -> None:
        run = self._current()
        self.undo.setEnabled(run is not None and not run.undone)

    def _undo(self, run_id: int | None, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        run = next((one for one in self.table.rows() if one.id == run_id), None)
        if run is not None and not run.undone:
            self.undo_wanted.emit(run)


def _columns(zone: str) -> list[Column[ImportRunRow]]:
    return [
        Column("at", mark("When"), lambda run: f"{local_time(run.at, zone):%Y-%m-%d %H:%M}", 140, ColumnKind.MOMENT),
        Column("file", mark("File"), lambda run: run.file_name, 220, stretch=True),
        Column("kind", mark("Kind"), lambda run: kind_words(ImportKind(run.kind)), 110),
        Column("created", mark("New"), lambda run: f"{run.created:,}", 80, ColumnKind.NUMBER),
        Column("updated", mark("Filled up"), lambda run: f"{run.updated:,}", 90, ColumnKind.NUMBER),
        Column("rejected", mark("Stays out"), lambda run: f"{run.rejected:,}", 90, ColumnKind.NUMBER),
        Column("by", mark("By"), lambda run: run.by, 110),
        Column(
            "state",
            mark("State"),
            lambda run: gettext(STATES[run.state][0]),
            140,
            ColumnKind.STATUS,
            tone=lambda run: STATES[run.state][1],
            icon=lambda run: STATES[run.state][2],
        ),
    ]

"""The header of a table: which columns are seen, in what order, how wide; remembered on this PC."""

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from crmdesk.core.i18n import gettext
from crmdesk.core.settings_desk import WINDOW
from crmdesk.views.support.column_room import ColumnRoom
from crmdesk.views.support.columns import Column
from crmdesk.views.support.desk import DeskSettings

KEEP_AFTER_MS = 500
NARROWEST = 40
WIDEST = 2000


class ColumnMemory:
    """Lets the person choose columns and keeps what she chose under the table's name."""

    def __init__(self, view: QTableView, columns: Sequence[Column[Any]], settings: DeskSettings, name: str) -> None:
        """Arrange the header of `view` as it was left."""
        self._view = view
        self._columns = tuple(columns)
        self._settings = settings
        self._name = f"table.{name}"
        self._header = view.horizontalHeader()
        self._soon = QTimer(view)
        self._soon.setSingleShot(True)
        self._soon.setInterval(KEEP_AFTER_MS)
        self._soon.timeout.connect(self.keep)
        self._dress()
        self.room = ColumnRoom(view, self._columns)
        self.arrange()
        self._header.sectionMoved.connect(lambda *_args: self._soon.start())
        self._header.sectionResized.connect(lambda *_args: self._soon.start())

    def _dress(self) -> None:
        header = self._header
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(NARROWEST)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._menu)

    # -- what is seen --------------------------------------------------------------------------

    def seen(self) -> list[Column[Any]]:
        """Give the visible columns from left to right."""
        return [self._columns[place] for place in self.room.in_order()]

    def choose(self, key: str, *, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        place = next(place for place, column in enumerate(self._columns) if column.key == key)
        if shown or len(self.seen()) > 1:
            self.room.set_seen(place, seen=shown)
            self.room.share()
            self._soon.start()

    def share(self) -> None:
        """Share the width anew, when the table became wider or narrower."""
        self.room.share()

    def reset(self) -> None:
        """Give the columns back as they came."""
        for place, column in enumerate(self._columns):
            self._header.moveSection(self._header.visualIndex(place), place)
            self.room.set_seen(place, seen=column.shown)
        self.room.set_widths([column.width for column in self._columns])
        self._soon.start()

    def menu(self) -> QMenu:
        """Build the menu in which columns are ticked."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._columns):
            action = QAction(column.heading(), menu)
            action.setCheckable(True)
            action.setChecked(self.room.is_seen(place))
            action.toggled.connect(lambda ticked, key=column.key: self.choose(key, shown=ticked))
            menu.addAction(action)
        menu.addSeparator()
        back = menu.addAction(gettext("Columns as at first"))
        back.triggered.connect(lambda _checked=False: self.reset())
        return menu

    def _menu(self, where: QPoint) -> None:
        self.menu().popup(self._header.mapToGlobal(where))

    # -- memory --------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Put the header in the remembered state; new columns stand where they were declared."""
        kept = self._kept()
        widths, hidden, order = kept.get("widths", {}), kept.get("hidden"), kept.get("order", [])
        for place, column in enumerate(self._columns):
            seen = column.shown if hidden is None or column.key not in order else column.key not in hidden
            self.room.set_seen(place, seen=seen)
        by_key = {column.key: place for place, column in enumerate(self._columns)}
        for target, key in enumerate(key for key in order if key in by_key):
            self._header.moveSection(self._header.visualIndex(by_key[key]), target)
        wanted = [int(widths.get(column.key, column.width)) for column in self._columns]
        self.room.set_widths([min(max(width, NARROWEST), WIDEST) for width in wanted])

    def _kept(self) -> dict[str, Any]:
        with suppress(ValueError, TypeError):
            kept = json.loads(self._settings.get(WINDOW).get(self._name, "{}"))
            if isinstance(kept, dict) and isinstance(kept.get("widths", {}), dict):
                return kept
        return {}

    def keep(self) -> None:
        """Write the state of the header to the desk settings."""
        self._soon.stop()
        order = sorted(range(len(self._columns)), key=self._header.visualIndex)
        state = {
            "order": [self._columns[place].key for place in order],
            "hidden": [column.key for place, column in enumerate(self._columns) if not self.room.is_seen(place)],
            "widths": {
                column.key: self.room.widths[place] for place, column in enumerate(self._columns) if not column.stretch
            },
        }
        text = json.dumps(state, separators=(",", ":"))
        kept = dict[str, str](self._settings.get(WINDOW).items())
        with suppress(OSError):  # a full disk must not disturb looking at a list
            self._settings.put(WINDOW, kept | {self._name: text})

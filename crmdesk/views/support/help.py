"""F1: the user guide in a window of its own, open at the chapter about the page that is shown."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListWidget, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import current_language, gettext, ngettext
from crmdesk.core.settings_desk import WINDOW
from crmdesk.views.support.desk import DeskSettings
from crmdesk.views.support.help_book import Book
from crmdesk.views.support.help_page import HelpPage
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import ShortText, show_if

if TYPE_CHECKING:
    from collections.abc import Mapping

_GEOMETRY: Final = "help"
_FIRST_SIZE: Final = QSize(1000, 680)
_CONTENTS_WIDTH: Final = 256


class HelpWindow(QWidget):
    """Table of contents at the left, the chapter at the right, a box that looks for words; work goes on beside it."""

    def __init__(self, parent: QWidget, settings: DeskSettings) -> None:
        """Build the window; it closes with ``parent``, its place is kept in ``settings``."""
        super().__init__(parent, Qt.WindowType.Window)
        self._settings = settings
        self._book = Book(current_language())
        self.contents = QListWidget()
        self.page = HelpPage()
        self.search = QLineEdit()
        self.found = ShortText("", "muted")
        self._missing = EmptyState("circle-help", "")
        self._arrange()
        self._connect()
        self._restore()
        self.speak()

    def _arrange(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.found.setMinimumWidth(24 * SPACE)
        split = QSplitter()
        split.addWidget(self.contents)
        split.addWidget(self.page)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.setSizes([_CONTENTS_WIDTH, _FIRST_SIZE.width() - _CONTENTS_WIDTH])
        line = row(self.search, self.found)
        line.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addLayout(line)
        layout.addWidget(split, 1)
        layout.addWidget(self._missing, 1)
        self._split = split

    def _connect(self) -> None:
        self.contents.currentRowChanged.connect(self._show)
        self.page.chapter_asked.connect(lambda name: self.contents.setCurrentRow(self._book.place(name)))
        self.search.textChanged.connect(self._mark)
        self.search.returnPressed.connect(self.find_next)
        self._add_key("Esc", self._close_or_clear)
        self._add_key("Ctrl+F", self.search.setFocus)
        self._add_key("F3", self.find_next)

    def _add_key(self, keys: str, act: object) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act() if callable(act) else None)
        self.addAction(action)

    # -- what is shown ---------------------------------------------------------------------

    def show_page(self, help_page: str) -> None:
        """Open at the chapter about a page of the program."""
        self.contents.setCurrentRow(self._book.place_of_page(help_page))
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus()

    def speak(self) -> None:
        """Read the guide in the present language; the chapter stays."""
        here = max(0, self.contents.currentRow())
        self._book = Book(current_language())
        self.setWindowTitle(gettext("User guide"))
        self.contents.setAccessibleName(gettext("Chapters"))
        self.page.setAccessibleName(gettext("User guide"))
        self.search.setAccessibleName(gettext("Search in the guide"))
        self.search.setPlaceholderText(gettext("Search in the guide"))
        self._missing.set("circle-help", gettext("The guide lies beside the program and is missing here."))
        show_if(self._missing, not self._book.chapters)
        show_if(self._split, bool(self._book.chapters))
        self.contents.blockSignals(True)
        self.contents.clear()
        self.contents.addItems([one.title for one in self._book.chapters])
        self.contents.setCurrentRow(here)
        self.contents.blockSignals(False)
        self._show(here)

    def _show(self, place: int) -> None:
        if 0 <= place < len(self._book.chapters):
            self.page.show_chapter(self._book.chapters[place], self._book.folder)
            self._mark(self.search.text())

    # -- looking for words -----------------------------------------------------------------

    def _mark(self, words: str) -> None:
        wanted = words.strip()
        count = self.page.mark(wanted)
        text = ngettext("{count} place here", "{count} places here", count).format(count=count)
        self.found.setText(text if wanted else "")

    def find_next(self) -> None:
        """Go to the next place: further down, else in the next chapter that has it, else from the top again."""
        wanted = self.search.text().strip()
        if not wanted or self.page.go_to_next(wanted):
            return
        other = self._book.next_with(wanted, self.contents.currentRow())
        if other is not None:
            self.contents.setCurrentRow(other)
        else:
            self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
        self.page.go_to_next(wanted)

    def _close_or_clear(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    # -- where it stands -------------------------------------------------------------------

    def _restore(self) -> None:
        kept = self._settings.get(WINDOW).get(_GEOMETRY, "")
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore"))):
            self.resize(_FIRST_SIZE)

    def _keep(self) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        kept: Mapping[str, str] = self._settings.get(WINDOW)
        if kept.get(_GEOMETRY) != geometry:
            self._settings.put(WINDOW, {**kept, _GEOMETRY: geometry})

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep()
        super().closeEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._keep()
        super().hideEvent(event)

"""The one search box: types ahead, answers in groups, first hit opens on Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import ICON
from crmdesk.views.support.widgets.key_cap import KeyCap
from crmdesk.views.support.widgets.search_hits import NoSearch, SearchGroup, SearchProvider
from crmdesk.views.support.widgets.search_popup import SearchPopup

_LEFT = 34
_MOST_WIDTH = 640
_ROOM_FOR_HINT = 460
_LEAVING_MS = 150


class SearchField(QLineEdit):
    """Asks a `SearchProvider` for every key and shows what it answers.

    `chosen` carries the `ref` of the hit that was taken; `asked` the text when Enter was pressed before any answer
    came (a scanner is faster than the eye).
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._provider: SearchProvider = NoSearch()
        self._popup: SearchPopup | None = None
        self._enter_waits = False
        self._answered = ""
        self._hint = KeyCap("Ctrl+K")
        self._hint.setParent(self)
        self.setTextMargins(_LEFT - 8, 0, 8, 0)
        self.setMaximumWidth(_MOST_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._renew_hint)
        self.textEdited.connect(self._on_edited)
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(_LEAVING_MS)
        self._leaving.timeout.connect(self.close_results)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.setPlaceholderText(gettext("Name / pinyin / last digits of phone / card / ticket / scan…"))
        self.setAccessibleName(gettext("Search members, tickets, loaners, cards and commands"))

    def set_provider(self, provider: SearchProvider) -> None:
        """Say who finds things."""
        self._provider.cancel()
        self._provider = provider

    def take_scan(self, text: str) -> None:
        """Look for what a scanner read, and open the first hit."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setText(text)
        self._enter_waits = True
        self._ask(text)

    def close_results(self) -> None:
        """Take the list of hits away."""
        self._leaving.stop()
        self._provider.cancel()
        if self._popup is not None:
            self._popup.hide()

    @property
    def results(self) -> SearchPopup | None:
        """The list of hits while it is shown."""
        return self._popup if self._popup is not None and self._popup.isVisible() else None

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._enter_waits = False
        self._ask(text)

    def _ask(self, text: str) -> None:
        wanted = text.strip()
        if not wanted:
            self.close_results()
            return
        self._provider.search(wanted, lambda groups: self._show(wanted, groups))

    def _show(self, asked: str, groups: Sequence[SearchGroup]) -> None:
        if asked != self.text().strip() or not (self.hasFocus() or self._enter_waits):
            return
        if self._popup is None:
            self._popup = SearchPopup(self.window())
            self._popup.chosen.connect(self._on_chosen)
        self._answered = asked
        place = QRect(self.mapTo(self.window(), QPoint(0, 0)), self.size())
        self._popup.show_groups(groups, asked, place)
        if self._enter_waits:
            self._enter_waits = False
            self._popup.accept()

    @Slot(object)
    def _on_chosen(self, ref: object) -> None:
        self.clear()
        self.close_results()
        self.chosen.emit(ref)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self.results
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps and popup is not None:
            popup.step(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif key is Qt.Key.Key_Escape:
            self.clear()
            self.close_results()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        wanted = self.text().strip()
        popup = self.results
        if popup is not None and self._answered == wanted:
            popup.accept()
        elif wanted:
            self._enter_waits = True
            self._ask(wanted)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._leaving.start()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._leaving.stop()
        if self.text().strip():
            self._ask(self.text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_icon(QPainter(self), "search", 11, (self.height() - ICON) / 2, tokens().muted)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._hint.sizeHint()
        self._hint.move(self.width() - size.width() - 10, (self.height() - size.height()) // 2)
        self._hint.resize(size)
        self._renew_hint()

    def _renew_hint(self) -> None:
        self._hint.setVisible(not self.text() and self.width() >= _ROOM_FOR_HINT)

"""The sheet that `?` shows: every key of the window and of this page."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.key_cap import KeyCap
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import ShortText

_VEIL = 110
_WIDTH = 640


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys under a heading: (keys as "Ctrl+Enter", what they do)."""

    title: str
    keys: Sequence[tuple[str, str]]


class KeySheet(QWidget):
    """Covers the window until any key or click."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = window
        self._card: Card | None = None
        self._before: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    def show_keys(self, groups: Sequence[KeyGroup]) -> None:
        """Show the sheet over the whole window."""
        if self._card is not None:
            self._card.deleteLater()
        self._card = Card(gettext("Keys"), "keyboard")
        self._card.setParent(self)
        columns = row(gap=6)
        halves = (QGridLayout(), QGridLayout())
        for number, group in enumerate(group for group in groups if group.keys):
            self._fill(halves[number % 2], group)
        for half in halves:
            half.setRowStretch(half.rowCount(), 1)
            half.setVerticalSpacing(SPACE)
            half.setHorizontalSpacing(3 * SPACE)
            columns.addLayout(half, 1)
        self._card.add(columns)
        self._before = self.window().focusWidget()
        self.setAccessibleName(gettext("Keys"))
        self._arrange()
        self._card.show()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self, grid: QGridLayout, group: KeyGroup) -> None:
        first = grid.rowCount()
        grid.addWidget(SubHeading(group.title), first, 0, 1, 2)
        for number, (keys, words) in enumerate(group.keys, first + 1):
            caps = row(*(KeyCap(key) for key in keys.split("+") if key), None, gap=1)
            grid.addLayout(caps, number, 0)
            grid.addWidget(ShortText(words), number, 1)
        grid.setColumnStretch(1, 1)

    def _arrange(self) -> None:
        self.setGeometry(self._window.rect())
        if self._card is not None:
            width = min(_WIDTH, self.width() - 8 * SPACE)
            height = min(self._card.sizeHint().height() + 2 * SPACE, self.height() - 8 * SPACE)
            self._card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def dismiss(self) -> None:
        """Take the sheet away and give the keyboard back."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._arrange()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.dismiss()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dismiss()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QColor(tokens().shadow)
        veil.setAlpha(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)

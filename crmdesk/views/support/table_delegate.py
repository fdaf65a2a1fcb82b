"""Paints status cells as pills, those without tone and icon as quiet words; everything else as the style sheet says."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support.columns import ColumnKind
from crmdesk.views.support.table import ICON_ROLE, KIND_ROLE, TONE_ROLE
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import ROW
from crmdesk.views.support.widgets.painting import paint_pill, pill_size

PADDING = 6


class CellDelegate(QStyledItemDelegate):
    """The cells of all tables."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell; what stands below the row is `FoldedRows`'."""
        option.rect = QRect(option.rect.topLeft(), QSize(option.rect.width(), min(option.rect.height(), ROW)))
        if index.data(KIND_ROLE) != ColumnKind.STATUS:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        text = option.text
        if not (index.data(TONE_ROLE) or index.data(ICON_ROLE)):
            self._paint_usual(painter, option)
            return
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        if text:
            place = option.rect.adjusted(PADDING, 0, -PADDING, 0)
            tone = Tone(index.data(TONE_ROLE) or Tone.NEUTRAL)
            paint_pill(painter, place, text, tone, index.data(ICON_ROLE) or "")

    def _paint_usual(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Paint a state that is nothing special in quiet words, without a pill."""
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, tokens().muted)
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Keep the words' own colour in the selected row: a deadline that ran out stays red."""
        super().initStyleOption(option, index)
        words = option.palette.brush(QPalette.ColorRole.Text)
        option.palette.setBrush(QPalette.ColorRole.HighlightedText, words)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give the width that shows the whole cell, one line high."""
        if index.data(KIND_ROLE) == ColumnKind.STATUS:
            text = index.data(Qt.ItemDataRole.DisplayRole) or ""
            return QSize(pill_size(text, index.data(ICON_ROLE) or "").width() + 2 * PADDING, ROW)
        return QSize(super().sizeHint(option, index).width(), ROW)

"""One row of a card: key, words, and a toned word at the right; acts on click, Enter or its key."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.widgets.painting import paint_frame, paint_hairline, paint_line

_HEIGHT = 34
_SIDE = 12
_KEY = 32
_APART = 12  # between the words and the value
_EDGE = 7  # above and below several lines
_ENDLESS = 10_000
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class CardRow(QWidget):
    """A line of a board card.

    Args:
        text: what it is about.
        value: the word at the right ("1 day late", "3 / 5").
        tone: colours the value.
        key: key that triggers the row, shown in front; the page handles the key itself.
        whole: goes on in further lines instead of cutting its words.
    """

    chosen = Signal()

    def __init__(
        self, text: str, value: str = "", tone: Tone | None = None, key: str = "", *, whole: bool = False
    ) -> None:
        super().__init__()
        self._whole = whole
        self._text = text
        self._value = value
        self._tone = tone
        self._key = key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{text} {value}".strip())
        self.setToolTip(text)

    @property
    def key(self) -> str:
        """The key shown in front, empty for none."""
        return self._key

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._whole:
            self.setFixedHeight(self._needed_height())

    def _left(self) -> int:
        return _SIDE + (_KEY if self._key or not self._whole else 0)

    def _in_one_line(self) -> bool:
        needed = sum(self.fontMetrics().horizontalAdvance(words) for words in (self._text, self._value))
        return not self._whole or self._left() + needed + _SIDE + _APART <= self.width()

    def _text_height(self) -> int:
        """Give how high the words are where they go on below each other."""
        room = QRect(0, 0, self.width() - self._left() - _SIDE, _ENDLESS)
        return self.fontMetrics().boundingRect(room, _WRAPPED, self._text).height()

    def _needed_height(self) -> int:
        if self._in_one_line():
            return _HEIGHT
        return self._text_height() + (self.fontMetrics().height() if self._value else 0) + 2 * _EDGE

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = tokens()
        if self.hasFocus():
            paint_frame(painter, self.rect().adjusted(2, 1, -2, -2), look.selected, look.accent_text)
        elif self.underMouse():
            painter.fillRect(self.rect(), look.hover)
        paint_hairline(painter, 0, self.width(), self.height())
        if self._in_one_line():
            self._paint_line(painter)
        else:
            self._paint_lines(painter)

    def _paint_lines(self, painter: QPainter) -> None:
        look = tokens()
        left, high = self._left(), self._text_height()
        painter.setPen(look.text)
        words = QRectF(left, _EDGE, self.width() - left - _SIDE, high)
        painter.drawText(words, _WRAPPED, self._text)
        painter.setPen(look.tone(self._tone).text if self._tone else look.muted)
        paint_line(
            painter, words.translated(0, high).adjusted(0, 0, 0, painter.fontMetrics().height() - high), self._value
        )

    def _paint_line(self, painter: QPainter) -> None:
        look = tokens()
        painter.setPen(look.muted)
        paint_line(painter, QRectF(_SIDE, 0, _KEY, self.height()), self._key)
        words = painter.fontMetrics().horizontalAdvance(self._value)
        painter.setPen(look.tone(self._tone).text if self._tone else look.text)
        edge = self.width() - _SIDE
        right = Qt.AlignmentFlag.AlignRight
        paint_line(painter, QRectF(edge - words - 2, 0, words + 2, self.height()), self._value, right)
        painter.setPen(look.text)
        left = self._left()
        paint_line(painter, QRectF(left, 0, edge - words - _APART - left, self.height()), self._text)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

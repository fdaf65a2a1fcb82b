"""One entry of the rail: icon, word, and its count or key."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support import fonts
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import CORNER, ICON_LARGE, TEXT_SMALL
from crmdesk.views.support.widgets.painting import paint_line

_HEIGHT: Final = 35
_LOW: Final = 30
_SIDE: Final = 10
_WORDS: Final = _SIDE + ICON_LARGE + 8


class RailButton(QAbstractButton):
    """A section of the rail.

    Args:
        icon: icon name.
        shortcut: shown where there is no count.
    """

    def __init__(self, icon: str, shortcut: str) -> None:
        super().__init__()
        self._icon_name = icon
        self._shortcut = shortcut
        self._shown_shortcut = shortcut.replace("Shift", "⇧")
        self._count: int | None = None
        self._tone: Tone | None = None
        self._narrow = False
        self._low = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        """Say its word in the present language."""
        self.setText(title)
        self._describe()

    def set_count(self, count: int | None, tone: Tone | None = None) -> None:
        """Show how many things wait here; `None` or nothing shows the key instead."""
        self._count = count or None
        self._tone = tone
        self._describe()
        self.update()

    def set_room(self, *, narrow: bool, low: bool) -> None:
        """Show the icon only, or take less height."""
        self._narrow = narrow
        self._low = low
        self._describe()
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        count = "" if self._count is None else f"{self._count:,}"
        self.setAccessibleName(f"{self.text()} {count}".strip())
        self.setAccessibleDescription(self._shortcut)
        self.setToolTip(f"{self.text()}  {self._shortcut}" if self._narrow or self._count else "")

    def _side_font(self) -> QFont:
        return fonts.text_font(TEXT_SMALL - 1 if self._count is None else TEXT_SMALL)

    def _side_words(self) -> str:
        return self._shown_shortcut if self._count is None else f"{self._count:,}"

    @override
    def sizeHint(self) -> QSize:
        height = _LOW if self._low else _HEIGHT
        if self._narrow:
            return QSize(ICON_LARGE + 2 * _SIDE, height)
        words = QFontMetrics(fonts.text_font(bold=True)).horizontalAdvance(self.text())
        side = QFontMetrics(self._side_font()).horizontalAdvance(self._shown_shortcut)
        return QSize(_WORDS + words + 10 + side + _SIDE, height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(ICON_LARGE + 2 * _SIDE, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        look = tokens()
        chosen = self.isChecked()
        words = look.accent_text if chosen else look.soft
        size = ICON_LARGE - 2
        paint_icon(painter, self._icon_name, _SIDE, (self.height() - size) / 2, words, size)
        if self._narrow:
            return
        painter.setFont(self._side_font())
        painter.setPen(self._side_colour())
        side = painter.fontMetrics().horizontalAdvance(self._side_words())
        edge = self.width() - _SIDE
        paint_line(
            painter,
            QRectF(edge - side - 1, 0, side + 1, self.height()),
            self._side_words(),
            Qt.AlignmentFlag.AlignRight,
        )
        painter.setFont(fonts.text_font(bold=chosen))
        painter.setPen(words)
        paint_line(painter, QRectF(_WORDS, 0, edge - side - 8 - _WORDS, self.height()), self.text())

    def _paint_ground(self, painter: QPainter) -> None:
        look = tokens()
        if not (self.isChecked() or self.underMouse() or self.hasFocus()):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.selected if self.isChecked() else look.hover)
        painter.setPen(QPen(look.accent_text, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)

    def _side_colour(self) -> QColor:
        look = tokens()
        if self._count is not None and self._tone is not None:
            return look.tone(self._tone).text
        return look.soft if self._count is not None or self.isChecked() else look.muted

"""One thing out of a few to choose from, with its words and a status (a loaner that fits)."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support import fonts
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import TEXT_SMALL
from crmdesk.views.support.widgets.painting import paint_frame, paint_line, paint_pill, pill_size

_SIDE = 13
_HEIGHT = 60


class ChoiceCard(QAbstractButton):
    """A checkable card; put several into an exclusive `QButtonGroup`.

    Args:
        title: first line.
        detail: smaller second line.
        status: words, tone and icon of a pill at the right.
    """

    def __init__(self, title: str, detail: str = "", status: tuple[str, Tone, str] | None = None) -> None:
        super().__init__()
        self._detail = detail
        self._status = status
        self.setText(title)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title} {detail} {status[0] if status else ''}".strip())

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        status = pill_size(self._status[0], self._status[2]).width() if self._status else 0
        return QSize(120 + status, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = tokens()
        chosen = self.isChecked()
        edge = look.accent_text if chosen or self.hasFocus() else look.line
        fill = look.hover if self.underMouse() and not chosen else look.surface
        if self.hasFocus():
            fill = look.selected
        paint_frame(painter, self.rect(), fill, edge, 2 if chosen else 1)
        room = self.width() - 2 * _SIDE - self._paint_status(painter)
        painter.setFont(fonts.text_font(bold=chosen))
        painter.setPen(look.text)
        paint_line(painter, QRectF(_SIDE, 9, room, 22), self.text())
        painter.setFont(fonts.text_font(TEXT_SMALL))
        painter.setPen(look.muted)
        paint_line(painter, QRectF(_SIDE, 30, self.width() - 2 * _SIDE, 20), self._detail)

    def _paint_status(self, painter: QPainter) -> int:
        if self._status is None:
            return 0
        words, tone, icon = self._status
        size = pill_size(words, icon)
        place = self.rect().adjusted(self.width() - _SIDE - size.width(), 0, -_SIDE + 1, 0)
        place.setTop(10)
        place.setHeight(size.height())
        paint_pill(painter, place, words, tone, icon)
        return size.width() + 8

"""Small shapes several widgets and table cells are painted with."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from crmdesk.core.tones import Tone
from crmdesk.views.support import fonts
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import CORNER, TEXT_SMALL

PILL_HEIGHT: Final = 20
_PILL_ICON: Final = 14
_PILL_PAD: Final = 8
_PILL_GAP: Final = 4


def pill_size(text: str, icon: str = "", font: QFont | None = None) -> QSize:
    """Room a pill takes, in logical pixels."""
    metrics = QFontMetrics(font or fonts.text_font(TEXT_SMALL))
    width = metrics.horizontalAdvance(text) + 2 * _PILL_PAD
    if icon:
        width += _PILL_ICON + _PILL_GAP
    return QSize(width, PILL_HEIGHT)


def paint_pill(painter: QPainter, place: QRect, text: str, tone: Tone, icon: str = "") -> None:
    """Paint a status pill at the left of `place`, centred in height; for table cells too."""
    font = fonts.text_font(TEXT_SMALL)
    colours = tokens().tone(tone)
    size = pill_size(text, icon, font)
    body = QRectF(
        place.left(),
        place.top() + (place.height() - PILL_HEIGHT) / 2,
        min(size.width(), place.width()),
        PILL_HEIGHT,
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.fill)
    painter.drawRoundedRect(body, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
    inside = body.adjusted(_PILL_PAD, 0, -_PILL_PAD / 2, 0)
    if icon:
        paint_icon(painter, icon, inside.left(), body.top() + (PILL_HEIGHT - _PILL_ICON) / 2, colours.text, _PILL_ICON)
        inside.setLeft(inside.left() + _PILL_ICON + _PILL_GAP)
    painter.setFont(font)
    painter.setPen(colours.text)
    paint_line(painter, inside, text)
    painter.restore()


def paint_line(
    painter: QPainter, place: QRectF, text: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """Paint one line in the painter's font and pen, cut with an ellipsis where room ends."""
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
    painter.drawText(place, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


def paint_frame(painter: QPainter, place: QRect, fill: QColor, edge: QColor, width: int = 1) -> None:
    """Paint a rounded box whose line lies wholly inside `place`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, width) if width else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    inset = width / 2
    painter.drawRoundedRect(QRectF(place).adjusted(inset, inset, -inset, -inset), CORNER, CORNER)
    painter.restore()


def paint_hairline(painter: QPainter, left: float, right: float, y: float) -> None:
    """Paint the thin line between two rows."""
    painter.save()
    painter.setPen(QPen(tokens().hairline, 1))
    painter.drawLine(QPointF(left, y - 0.5), QPointF(right, y - 0.5))
    painter.restore()


def paint_key_cap(painter: QPainter, place: QRect, text: str) -> None:
    """Paint a key of the keyboard."""
    look = tokens()
    paint_frame(painter, place, look.surface, look.edge)
    painter.save()
    painter.setFont(fonts.text_font(TEXT_SMALL - 1))
    painter.setPen(look.muted)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()

"""One person on the sign-in page: a circle with the name's sign, name, role."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support import fonts
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import TEXT_HEADING, TEXT_SMALL
from crmdesk.views.support.widgets.painting import paint_frame, paint_line

_HEIGHT: Final = 64
_SIDE: Final = 12
_CIRCLE: Final = 40


class PersonCard(QAbstractButton):
    """A checkable card; the page puts all of them into one exclusive group.

    Args:
        name: the person's name.
        role: her role in words.
    """

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._role = role
        self.setText(name)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name} {role}")
        self.setToolTip(name)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(140, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = tokens()
        edge = look.accent_text if self.isChecked() or self.hasFocus() else look.line
        fill = look.selected if self.isChecked() else look.hover if self.underMouse() else look.surface
        paint_frame(painter, self.rect(), fill, edge, 2 if self.isChecked() or self.hasFocus() else 1)
        self._paint_circle(painter)
        left = _SIDE + _CIRCLE + _SIDE
        room = self.width() - left - _SIDE
        painter.setFont(fonts.text_font(bold=self.isChecked()))
        painter.setPen(look.text)
        paint_line(painter, QRectF(left, 11, room, 22), self.text())
        painter.setFont(fonts.text_font(TEXT_SMALL))
        painter.setPen(look.soft)
        paint_line(painter, QRectF(left, 33, room, 20), self._role)

    def _paint_circle(self, painter: QPainter) -> None:
        look = tokens()
        tone = look.tone(Tone.INFO)
        circle = QRectF(_SIDE, (self.height() - _CIRCLE) / 2, _CIRCLE, _CIRCLE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.accent if self.isChecked() else tone.fill)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(circle)
        painter.setFont(fonts.text_font(TEXT_HEADING, bold=True))
        painter.setPen(look.on_accent if self.isChecked() else tone.text)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, sign_of(self.text()))


def sign_of(name: str) -> str:
    """Give what stands for a name in the circle: the surname's character, or the first letters of two words."""
    words = name.replace("·", " ").split()
    if not words:
        return "?"
    last = words[-1]
    if not last[0].isascii():
        return last[0]
    return "".join(word[0] for word in words[:2]).upper()

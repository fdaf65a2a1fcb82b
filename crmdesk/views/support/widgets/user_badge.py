"""Who is signed in: name, role and store; opens the person's menu."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support import fonts
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import CONTROL, ICON
from crmdesk.views.support.widgets.painting import paint_frame, paint_line

_SIDE = 8


class UserBadge(QAbstractButton):
    """Words after a person's icon; shortens itself where room ends."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_person(self, name: str, role: str, store: str) -> None:
        """Show a person; empty parts are left out."""
        self.setText(" · ".join(part for part in (name, role, store) if part))
        self.setToolTip(self.text())
        self.setAccessibleName(gettext("Signed in: {person}").format(person=self.text()))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + ICON + 2 * _SIDE + 10, CONTROL)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(ICON + 2 * _SIDE, CONTROL)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = tokens()
        if self.hasFocus() or self.underMouse():
            edge = look.accent_text if self.hasFocus() else look.hover
            paint_frame(painter, self.rect(), look.hover, edge, 2 if self.hasFocus() else 1)
        paint_icon(painter, "user-round", _SIDE, (self.height() - ICON) / 2, look.soft)
        painter.setFont(fonts.text_font())
        painter.setPen(look.soft)
        left = _SIDE + ICON + 8
        room = self.width() - left - _SIDE + 2
        if room > ICON:
            paint_line(painter, QRectF(left, 0, room, self.height()), self.text())

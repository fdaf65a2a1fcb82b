"""The shelf, to be read from the counter while walking to the back room."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.fonts import text_font
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.painting import paint_frame

_SIZE: Final = 44
_SMALL: Final = 12


class ShelfSign(QWidget):
    """The code of a shelf on a plate, very large."""

    def __init__(self) -> None:
        """Begin without a shelf."""
        super().__init__()
        self._code = "–"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_shelf("")

    def set_shelf(self, code: str) -> None:
        """Show a shelf; nobody may have said where the goods lie."""
        self._code = code or "–"
        self.setAccessibleName(gettext("Shelf {code}").format(code=self._code))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        large = QFontMetrics(text_font(_SIZE, bold=True))
        wide = max(large.horizontalAdvance(self._code), 2 * _SIZE)
        return QSize(wide + 8 * SPACE, large.height() + QFontMetrics(text_font(_SMALL)).height() + 3 * SPACE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        paint_frame(painter, self.rect(), colours.selected, colours.accent, 2)
        small = text_font(_SMALL)
        top = QFontMetrics(small).height() + SPACE
        painter.setPen(colours.soft)
        painter.setFont(small)
        painter.drawText(QRect(0, SPACE, self.width(), top), Qt.AlignmentFlag.AlignHCenter, gettext("Shelf"))
        painter.setPen(colours.text)
        painter.setFont(text_font(_SIZE, bold=True))
        room = QRect(0, top, self.width(), self.height() - top - SPACE)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._code)

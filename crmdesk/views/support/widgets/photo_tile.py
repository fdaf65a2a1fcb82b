"""One picture of a photo strip, and the dashed tile that adds one."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import CORNER, ICON_LARGE

TILE: Final = QSize(88, 60)


class PhotoTile(QAbstractButton):
    """A thumbnail cut to the tile; Enter opens, Delete removes."""

    removed = Signal()

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self._image = image
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return TILE

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(place, CORNER, CORNER)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(place, tokens().hairline)
        painter.drawImage(self._covering(place), self._image)
        painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(tokens().accent_text, 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), CORNER, CORNER)

    def _covering(self, place: QRectF) -> QRectF:
        """Where to draw so that the picture fills the tile without being stretched."""
        if self._image.isNull():
            return place
        scale = max(place.width() / self._image.width(), place.height() / self._image.height())
        width, height = self._image.width() * scale, self._image.height() * scale
        return QRectF(place.center().x() - width / 2, place.center().y() - height / 2, width, height)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Delete:
            self.removed.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class AddTile(QAbstractButton):
    """The dashed tile with a camera."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return TILE

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = tokens()
        focused = self.hasFocus()
        pen = QPen(look.accent_text if focused else look.edge, 2 if focused else 1)
        pen.setStyle(Qt.PenStyle.SolidLine if focused else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.hover if self.underMouse() else look.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)
        left, top = (self.width() - ICON_LARGE) / 2, (self.height() - ICON_LARGE) / 2
        paint_icon(painter, "camera", left, top, look.muted, ICON_LARGE)

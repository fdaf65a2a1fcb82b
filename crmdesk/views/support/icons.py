"""Icons of one stroke family, tinted by the theme and crisp at every scale."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crmdesk.core.resources import resource_path
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import ICON

_STROKE: Final = 'stroke-width="1.8"'
_DESIGNED_STROKE: Final = 'stroke-width="2"'


class UnknownIconError(LookupError):
    """An icon name without a file under `resources/icons`."""


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = resource_path("icons", f"{name}.svg")
    if not path.is_file():
        raise UnknownIconError(name)
    return path.read_text(encoding="utf-8").replace(_DESIGNED_STROKE, _STROKE)


@lru_cache(maxsize=2048)
def _drawn(name: str, colour: str, size: int, scale: float) -> QPixmap:
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def pixmap(name: str, colour: QColor, size: int = ICON, scale: float = 1.0) -> QPixmap:
    """One icon as a picture.

    Args:
        name: file name in `resources/icons` without its ending.
        colour: stroke colour.
        size: edge in logical pixels.
        scale: device pixels per logical pixel of the widget it is painted on.

    Raises:
        UnknownIconError: there is no such icon.
    """
    return _drawn(name, colour.name(), size, scale)


def icon(name: str, colour: QColor | None = None, size: int = ICON) -> QIcon:
    """A `QIcon` for menus and plain buttons, in the present theme's colours.

    It keeps the colours of the theme it was made under: make menus when they open, and make
    the icon again in `changeEvent` where it stays (the widgets of this package do).
    """
    palette = tokens()
    made = QIcon()
    screens = QGuiApplication.screens()
    scales = {1.0, 2.0} | {screen.devicePixelRatio() for screen in screens}
    modes = {
        QIcon.Mode.Normal: colour or palette.soft,
        QIcon.Mode.Disabled: palette.edge,
        QIcon.Mode.Selected: colour or palette.text,
    }
    for mode, tint in modes.items():
        for scale in sorted(scales):
            made.addPixmap(pixmap(name, tint, size, scale), mode)
    return made


def paint_icon(painter: QPainter, name: str, x: float, y: float, colour: QColor, size: int = ICON) -> None:
    """Paint an icon with its top left corner at `x`, `y` in logical pixels."""
    scale = painter.device().devicePixelRatioF()
    picture = pixmap(name, colour, size, scale)
    snapped = QRectF(round(x * scale) / scale, round(y * scale) / scale, size, size)
    painter.drawPixmap(snapped, picture, QRectF(picture.rect()))

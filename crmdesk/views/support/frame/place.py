"""Where the window stood last time, kept per desk."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from crmdesk.core.settings_desk import WINDOW
from crmdesk.views.support.desk import DeskSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

_GEOMETRY: Final = "main"
_FIRST: Final = (1366, 768)
_TITLE_BAR: Final = 32  # the frame comes on top of the size that is asked for


def restore(window: QMainWindow, settings: DeskSettings) -> None:
    """Put the window where it stood, or at its first size inside the screen."""
    kept = settings.get(WINDOW).get(_GEOMETRY, "")
    if kept and window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore"))):
        return
    room = QGuiApplication.primaryScreen().availableSize()
    window.resize(min(_FIRST[0], room.width()), min(_FIRST[1], room.height() - _TITLE_BAR))


def keep(window: QMainWindow, settings: DeskSettings) -> None:
    """Remember where the window stands."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    kept: Mapping[str, str] = settings.get(WINDOW)
    settings.put(WINDOW, {**kept, _GEOMETRY: geometry})

"""How large a dialog may be: what its screen leaves, less the frame the system draws around it."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 40)


def screen_area(widget: QWidget) -> QRect:
    """Give the part of the widget's screen that no task bar takes, in logical pixels."""
    return widget.screen().availableGeometry()


def room_for(widget: QWidget) -> QSize:
    """Give the largest size a dialog may have."""
    return screen_area(widget).size() - _FRAME


def fit(dialog: QWidget, wanted: QSize) -> None:
    """Give a dialog this size, or what its screen has room for."""
    dialog.resize(wanted.boundedTo(room_for(dialog)))

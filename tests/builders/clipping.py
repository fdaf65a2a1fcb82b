"""What is cut: words that have less room than they need, and parts that stand outside the window."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QRadioButton, QScrollArea, QWidget

from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.text import ShortText

_SLACK = 1  # fractions of a letter's width are rounded


def clipped(window: QWidget) -> list[str]:
    """Name every label and button of `window` that shows less than its words, and what stands outside."""
    labels = [f"{one.text()!r} {_of(one)}" for one in window.findChildren(QLabel) if _is_cut_label(one)]
    buttons = [f"{one.text()!r} {_of(one)}" for one in window.findChildren(QAbstractButton) if _is_cut_button(one)]
    return [*labels, *buttons, *_outside(window)]


def _of(widget: QWidget) -> str:
    return f"{type(widget).__name__} has {widget.width()}, needs {widget.sizeHint().width()}"


def _is_cut_label(label: QLabel) -> bool:
    if not label.isVisible() or not label.text() or isinstance(label, ShortText):  # those say with … that there is more
        return False
    if label.wordWrap():
        longest = max((label.fontMetrics().horizontalAdvance(word) for word in label.text().split()), default=0)
        breaks_anywhere = any(letter >= "\u3000" for letter in label.text())
        return not breaks_anywhere and longest > label.width() + _SLACK
    return label.sizeHint().width() > label.width() + _SLACK


def _is_cut_button(button: QAbstractButton) -> bool:
    if not button.isVisible() or not button.text() or not isinstance(button, QPushButton | QCheckBox | QRadioButton):
        return False
    # A button of the house leaves its key away before its words, and some links end in an ellipsis.
    needed = button.minimumSizeHint() if isinstance(button, Button) else button.sizeHint()
    return needed.width() > button.width() + _SLACK


def _outside(window: QWidget) -> list[str]:
    """Name what no scrolling brings into sight from side to side."""
    found = []
    for area in window.findChildren(QScrollArea):
        inner = area.widget()
        hidden = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if area.isVisible() and inner is not None and hidden and inner.width() > area.viewport().width() + _SLACK:
            found.append(f"{type(area).__name__} shows {area.viewport().width()} of {inner.width()}")
    return found


def is_in_sight(widget: QWidget, window: QWidget) -> bool:
    """Tell whether the whole of `widget` is seen."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return window.rect().contains(place) and widget.visibleRegion().boundingRect().size() == widget.size()

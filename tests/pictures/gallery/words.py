"""Words of the gallery in both languages, and small shapes its pages share."""

from collections.abc import Callable

from PySide6.QtWidgets import QLayout, QWidget

Say = Callable[[str, str], str]


def chinese(_english: str, text: str) -> str:
    return text


def english(text: str, _chinese: str) -> str:
    return text


def in_widget(layout: QLayout) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget

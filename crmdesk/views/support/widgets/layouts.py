"""Rows and columns with the house's spacing, made in one line."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from crmdesk.views.support.tokens import SPACE


def _filled(layout: QBoxLayout, parts: tuple[QWidget | QLayout | None, ...], gap: int, margin: int) -> None:
    layout.setContentsMargins(margin * SPACE, margin * SPACE, margin * SPACE, margin * SPACE)
    layout.setSpacing(gap * SPACE)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def row(*parts: QWidget | QLayout | None, gap: int = 2, margin: int = 0) -> QHBoxLayout:
    """Parts side by side; `None` stretches; gap and margin in steps of 4 px."""
    layout = QHBoxLayout()
    _filled(layout, parts, gap, margin)
    return layout


def column(*parts: QWidget | QLayout | None, gap: int = 2, margin: int = 0) -> QVBoxLayout:
    """Parts below each other; `None` stretches; gap and margin in steps of 4 px."""
    layout = QVBoxLayout()
    _filled(layout, parts, gap, margin)
    return layout

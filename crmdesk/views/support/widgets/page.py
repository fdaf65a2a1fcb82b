"""The outer layout every page has."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.layouts import column


def page(*parts: QWidget | QLayout | None) -> QVBoxLayout:
    """Parts below each other with the page's margins: 16 px around, 12 px between."""
    layout = column(*parts, gap=3)
    layout.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
    return layout

"""A white panel with a title line, the unit every page is composed of."""

from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from crmdesk.core.tones import Tone
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import ShortText, Text, set_look, show_if


class Card(QFrame):
    """A titled panel; without a title just the panel.

    Args:
        title: heading; empty for none.
        icon: icon before the heading.
        tone: colours icon and figure.
        ruled: draws a line below the heading and lets rows reach the edges (lists).
    """

    def __init__(self, title: str = "", icon: str = "", tone: Tone = Tone.INFO, *, ruled: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._icon = IconLabel(icon, tone)
        show_if(self._icon, bool(icon))
        self._title = ShortText(title, "heading")
        self._figure = Text("", "heading", tone)
        self._head = self._header(ruled=ruled)
        show_if(self._head, bool(title))
        self.body = QVBoxLayout()
        side = 0 if ruled else 4 * SPACE
        self.body.setContentsMargins(side, 0, side, 0 if ruled else 4 * SPACE)
        if not title and not ruled:
            self.body.setContentsMargins(side, side, side, side)
        self.body.setSpacing(0 if ruled else 2 * SPACE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._head)
        outer.addLayout(self.body, 1)
        outer.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding))

    def _header(self, *, ruled: bool) -> QFrame:
        head = QFrame()
        head.setProperty("role", "card-head" if ruled else "plain")
        head.setFixedHeight(38 if ruled else 44)
        line = row(self._icon, self._title, self._figure, gap=2)
        side = 3 * SPACE if ruled else 4 * SPACE
        line.setContentsMargins(side, 0, side, 0)
        head.setLayout(line)
        return head

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self._title.setText(title)
        show_if(self._head, bool(title))
        self.setAccessibleName(title)

    def set_figure(self, text: str, tone: Tone | None = None) -> None:
        """Show a figure at the right of the heading, as in "4 overdue"."""
        self._figure.setText(text)
        if tone is not None:
            set_look(self._figure, tone=tone.value)

    def add_to_head(self, part: QWidget) -> None:
        """Put a button or pill at the right end of the heading."""
        layout = self._head.layout()
        if layout is not None:
            layout.addWidget(part)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Append a part to the panel."""
        if isinstance(part, QWidget):
            self.body.addWidget(part, stretch)
        else:
            self.body.addLayout(part, stretch)

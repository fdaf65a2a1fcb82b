"""Words to be said aloud: large, with the accent bar at the left."""

from PySide6.QtWidgets import QFrame, QSizePolicy

from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import Text


class SpokenWords(QFrame):
    """The script of a call."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setProperty("role", "spoken-box")
        self._words = Text(text, "spoken", wrap=True)
        layout = column(self._words, gap=0)
        layout.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_text(self, text: str) -> None:
        """Show other words."""
        self._words.setText(text)

"""Words to be said aloud: large, with the accent bar at the left."""

import html
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy

from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import Text

_LINE_HEIGHT: Final = 125


class SpokenWords(QFrame):
    """The script of a call."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setProperty("role", "spoken-box")
        self._words = Text("", "spoken", wrap=True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        layout = column(self._words, gap=0)
        layout.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show other words."""
        lines = "<br/>".join(html.escape(line) for line in text.splitlines())
        self._words.setText(f'<p style="line-height: {_LINE_HEIGHT}%">{lines}</p>')
        self._words.setAccessibleName(text)

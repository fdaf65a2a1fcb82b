"""Headings of pages and of parts of a card."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import ShortText, Text


class SectionHeader(QWidget):
    """Title of a page with a grey hint beside it and room for parts at the right."""

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__()
        self._title = Text(title, "title")
        self._hint = ShortText(hint, "muted")
        self._line = row(self._title, self._hint, gap=3)
        self._line.setStretch(1, 1)
        self.setLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(32)

    def set(self, title: str, hint: str = "") -> None:
        """Change title and hint."""
        self._title.setText(title)
        self._hint.setText(hint)

    def add(self, part: QWidget) -> None:
        """Append a part at the right end."""
        self._line.addWidget(part)


class SubHeading(Text):
    """Bold small heading inside a card."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "heading")

"""A shelf or number to be read from across the counter."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import Text, show_if


class BigNumber(QWidget):
    """A short word, very large, with a caption above it."""

    def __init__(self, text: str, caption: str = "") -> None:
        super().__init__()
        self._caption = Text(caption, "field")
        self._text = Text(text, "huge")
        self.setLayout(column(self._caption, self._text, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.set(text, caption)

    def set(self, text: str, caption: str = "") -> None:
        """Show another word."""
        self._text.setText(text)
        self._caption.setText(caption)
        show_if(self._caption, bool(caption))
        self.setAccessibleName(f"{caption} {text}".strip())

"""What an empty list says: what it is for, and the first thing to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text, show_if

_ICON = 32


class EmptyState(QWidget):
    """Icon, sentence, explanation and an offered action with its key (``hint``) in the middle of the room."""

    acted = Signal()

    def __init__(self, icon: str, title: str, detail: str = "", action: str = "", *, hint: str = "") -> None:
        super().__init__()
        self._icon = IconLabel(icon, colour="drawing", size=_ICON)
        self._title = Text(title, "heading", wrap=True)
        self._detail = Text(detail, "muted", wrap=True)
        self._button = Button(action, hint=hint)
        self.setFocusProxy(self._button)
        self._button.clicked.connect(self.acted)
        for words in (self._title, self._detail):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.setMinimumWidth(320)
        layout = column(
            None,
            row(None, self._icon, None),
            row(None, self._title, None),
            row(None, self._detail, None),
            row(None, self._button, None),
            None,
            gap=3,
            margin=4,
        )
        self.setLayout(layout)
        self.set(icon, title, detail, action)

    def set(self, icon: str, title: str, detail: str = "", action: str = "") -> None:
        """Say something else."""
        self._icon.set_icon(icon)
        self._title.setText(title)
        self._detail.setText(detail)
        show_if(self._detail, bool(detail))
        self._button.set_text(action)
        show_if(self._button, bool(action))
        self.setAccessibleName(f"{title} {detail}".strip())

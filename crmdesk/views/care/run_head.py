"""The line above a call: where the run stands, and the way out."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.progress_strip import ProgressStrip
from crmdesk.views.support.widgets.text import Text


class RunHead(QWidget):
    """Title, reason, place in the list, progress, pause."""

    def __init__(self) -> None:
        super().__init__()
        self._hint = Text("", "muted")
        self._strip = ProgressStrip()
        self.pause = Button(gettext("Pause"), hint="Esc")
        layout = row(Text(gettext("Callbacks"), "title"), self._hint, self._strip, self.pause, gap=3)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    @property
    def hint(self) -> str:
        """What stands beside the title."""
        return self._hint.text()

    def show_place(self, reason: str, place: int, total: int) -> None:
        """Show the reason of the call and the place in the run."""
        words = gettext("{place} of {total}").format(place=place, total=total)
        self._hint.setText(f"{reason} · {words}")
        self._strip.set_progress(place - 1, total)

    def show_end(self, total: int) -> None:
        """Show that the run is through."""
        self._hint.setText("")
        self._strip.set_progress(total, max(total, 1))

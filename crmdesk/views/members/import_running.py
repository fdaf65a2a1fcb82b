"""While rows are checked or written: what is done, how far it is, and a way to stop."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.progress_strip import ProgressStrip
from crmdesk.views.support.widgets.text import Text

_WIDTH = 460


class RunningStep(QWidget):
    """A card in the middle with a bar."""

    stop_wanted = Signal()

    def __init__(self) -> None:
        """Build it with an empty bar."""
        super().__init__()
        self._what = Text("", "heading", wrap=True)
        self._how_far = Text("", "muted")
        self._safe = Text("", "small", wrap=True)
        self._bar = ProgressStrip()
        self.stop = Button(gettext("Stop"), "x", hint="Esc")
        self.stop.clicked.connect(self.stop_wanted)
        card = Card()
        card.setMinimumWidth(_WIDTH)
        for part in (self._what, self._bar, self._how_far, self._safe):
            card.add(part)
        card.add(row(None, self.stop))
        self.setLayout(column(None, row(None, card, None), None))

    def begin(self, what: str, safe: str) -> None:
        """Say what is done and what stopping means."""
        self._what.setText(what)
        self._safe.setText(safe)
        self._how_far.setText("")
        self._bar.set_busy(busy=True)
        self.stop.setEnabled(True)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.set_progress(done, total)
        words = gettext("{done} of about {total} rows")
        self._how_far.setText(words.format(done=f"{min(done, total):,}", total=f"{total:,}") if total else "")

    def stopping(self) -> None:
        """Say that stopping was heard."""
        self._how_far.setText(gettext("Stopping…"))
        self.stop.setEnabled(False)

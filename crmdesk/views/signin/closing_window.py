"""The last moment: a backup is made; it can be left out, but only after being told what that means."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.progress_strip import ProgressStrip
from crmdesk.views.support.widgets.text import Text

_WIDTH = 420


class ClosingWindow(QWidget):
    """Says how far the backup is."""

    skipped = Signal()

    def __init__(self, last_backup: str) -> None:
        """Build; `last_backup` says when the newest verified one was made, empty when there is none."""
        super().__init__()
        self.setProperty("role", "canvas")
        self.setWindowTitle("crmdesk")
        self.setFixedWidth(_WIDTH)
        self._last = last_backup
        self._strip = ProgressStrip()
        self._strip.set_busy(busy=True)
        skip = Button(gettext("Skip the backup …"), kind="quiet")
        skip.clicked.connect(self._ask)
        layout = column(
            Text(gettext("Backing up before closing"), "heading"),
            Text(gettext("Everything is saved already. The backup is a second, verified copy."), "soft", wrap=True),
            self._strip,
            row(None, skip),
            gap=3,
        )
        layout.setContentsMargins(6 * SPACE, 5 * SPACE, 6 * SPACE, 5 * SPACE)
        self.setLayout(layout)

    def set_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        if total > 0:
            self._strip.set_progress(done, total)

    def _ask(self) -> None:
        since = (
            gettext("The last verified backup is from {time}; what was saved since then is in no backup yet.").format(
                time=self._last
            )
            if self._last
            else gettext("There is no verified backup at all yet.")
        )
        ask(
            self,
            gettext("Close without a backup?"),
            since,
            [Verb(gettext("Close without a backup"), self.skipped.emit, Kind.DANGER), Verb(gettext("Wait"))],
        )

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross asks the same question."""
        if event.spontaneous():
            event.ignore()
            self._ask()
        else:
            super().closeEvent(event)

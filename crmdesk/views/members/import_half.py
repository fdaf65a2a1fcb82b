"""Imports that came in half-way: each is offered to go on, to be taken back, or to be left as it is."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.queries.imports import ImportRunRow
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import show_if

_MOST = 3


class HalfDone(QWidget):
    """A banner for each import that waits."""

    go_on_wanted = Signal(object)
    undo_wanted = Signal(object)
    leave_wanted = Signal(object)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._column = column(gap=2)
        self.setLayout(self._column)
        self.banners: list[Banner] = []
        show_if(self, False)

    def show_runs(self, runs: Sequence[ImportRunRow]) -> None:
        """Show the imports that wait."""
        for old in self.banners:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.banners = [self._banner(run) for run in runs[:_MOST]]
        for banner in self.banners:
            self._column.addWidget(banner)
        show_if(self, bool(runs))

    def _banner(self, run: ImportRunRow) -> Banner:
        if run.state == "undoing":
            title = gettext("The import of “{file}” is taken back only in part.").format(file=run.file_name)
            banner = Banner(title, gettext("Desk: {desk}").format(desk=run.desk), Tone.WARN, "triangle-alert")
            banner.add_action(gettext("Take the rest back")).clicked.connect(partial(self.undo_wanted.emit, run))
            return banner
        title = gettext("The import of “{file}” came to row {rows} and stopped.")
        banner = Banner(
            title.format(file=run.file_name, rows=f"{run.done_rows:,}"),
            gettext("Desk: {desk}").format(desk=run.desk),
            Tone.WARN,
            "triangle-alert",
        )
        banner.add_action(gettext("Go on")).clicked.connect(partial(self.go_on_wanted.emit, run))
        banner.add_action(gettext("Take back…")).clicked.connect(partial(self.undo_wanted.emit, run))
        banner.add_action(gettext("Leave as it is")).clicked.connect(partial(self.leave_wanted.emit, run))
        return banner

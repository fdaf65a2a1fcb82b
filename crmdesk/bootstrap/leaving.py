"""Closing the program: a last backup when something changed, then everything is put down in order."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from crmdesk.bootstrap.foundation import Foundation
from crmdesk.core.clock import local_time
from crmdesk.core.i18n import gettext
from crmdesk.core.progress import Progress
from crmdesk.db.backup import backup_if_changed
from crmdesk.db.backup_shelf import Backup, BackupReason, newest_verified
from crmdesk.views.signin.closing_window import ClosingWindow
from crmdesk.views.support import errors
from crmdesk.views.support.dialogs import Kind, Verb, ask

_SHOW_AFTER_MS = 300


class Leaving(QObject):
    """Runs once; `end` is called when the program may go."""

    def __init__(self, foundation: Foundation, end: Callable[[], None]) -> None:
        """Keep what is to be backed up."""
        super().__init__()
        self._foundation = foundation
        self._end = end
        self._window: ClosingWindow | None = None
        self._ended = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOW_AFTER_MS)
        self._soon.timeout.connect(self._show)

    def begin(self) -> None:
        """Back up if anything changed; a window appears when it takes a moment."""
        foundation = self._foundation
        foundation.drafts.flush()
        plan, clock = foundation.backup_plan(), foundation.clock

        def work(progress: Progress) -> Backup | None:
            return backup_if_changed(plan, BackupReason.EXIT, clock, progress)

        self._soon.start()
        foundation.jobs.progressed.connect(self._progressed)
        foundation.jobs.compute(self, work, lambda _made: self._finish(), self._failed)

    def _show(self) -> None:
        if self._ended:
            return
        last = newest_verified(self._foundation.backup_plan().target)
        zone = self._foundation.person.store.zone
        words = f"{local_time(last.made_at, zone):%Y-%m-%d %H:%M}" if last is not None else ""
        self._window = ClosingWindow(words)
        self._window.skipped.connect(self._finish)
        self._window.show()

    def _progressed(self, owner: QObject, done: int, total: int, _text: str) -> None:
        if owner is self and self._window is not None:
            self._window.set_progress(done, total)

    def _failed(self, error: Exception) -> None:
        self._soon.stop()
        sentence = errors.explain(error)
        question = ask(
            self._window,
            gettext("No backup could be made"),
            sentence.line() if sentence is not None else type(error).__name__,
            [
                Verb(gettext("Close without a backup"), self._finish, Kind.DANGER),
                Verb(gettext("Try again"), self.begin, Kind.PRIMARY),
            ],
        )
        question.rejected.connect(self._finish)

    def _finish(self) -> None:
        if self._ended:
            return
        self._ended = True
        self._soon.stop()
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
        self._end()

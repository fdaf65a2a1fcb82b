"""Daily work about lookalikes: the search over all files, and forgetting what was kept for old merges."""

import logging
from typing import Final

from PySide6.QtCore import QObject, QTimer

from crmdesk.services.merge_undo import forget_old
from crmdesk.views.members.duplicate_search import DuplicateSearch
from crmdesk.views.support.jobs import JobRunner

# The first minute of the day belongs to the people at the counter.
_AFTER_MS: Final = 60_000
_log = logging.getLogger("crmdesk.merges")


class DayMerges(QObject):
    """Begins with the day; a search that was stopped goes on where it was."""

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        """Take who works."""
        super().__init__(parent)
        self._jobs = jobs
        self.search = DuplicateSearch(jobs, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self.search.start_nightly)

    def begin(self) -> None:
        """Do the day's part."""
        self._forget()
        self._later.start()

    def stop(self) -> None:
        """Leave the rest for the next time."""
        self._later.stop()
        self.search.stop()

    def is_at_rest(self) -> bool:
        """Tell whether nothing is under way."""
        return not self.search.running

    def _forget(self) -> None:
        """Forget a few old merges in each write, until none is left."""

        def go_on(forgotten: int) -> None:
            if forgotten:
                self._forget()

        self._jobs.write(self, forget_old, go_on, lambda error: _log.warning("not forgotten: %s", type(error).__name__))

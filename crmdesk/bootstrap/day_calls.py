"""The day's calls (cadence, late steps after a purchase): found beside the work, written in pieces with pauses."""

import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.queries.day_work import DayWork, day_work
from crmdesk.services.day_begin import CLAIM_HOLDS, DayState, TakenDay, pieces, take_day
from crmdesk.views.support.jobs import JobRunner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmdesk.services.day_begin import Piece

# Between two pieces, so that saves of other desks find the file free.
PAUSE_MS: Final = 60
_log = logging.getLogger("crmdesk.day")


class DayCalls(QObject):
    """Does the work unless another desk is at it; then it looks again once that desk must be through, or dead."""

    begun = Signal()
    failed = Signal()

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        """Take who works."""
        super().__init__(parent)
        self._jobs = jobs
        self._pieces: Iterator[Piece] = iter(())
        self._pause = _timer(self, PAUSE_MS)
        self._pause.timeout.connect(self._write_next)
        self.again = _timer(self, int(CLAIM_HOLDS / timedelta(milliseconds=1)))
        self.again.timeout.connect(self.begin)

    def begin(self) -> None:
        """Take the day's work."""
        self.again.stop()
        self._jobs.write(self, take_day, self._taken, self._failed)

    def stop(self) -> None:
        """Write nothing more; what is left is somebody else's, or another day's."""
        self._pieces = iter(())
        self._pause.stop()
        self.again.stop()

    def is_at_rest(self) -> bool:
        """Tell whether nothing is under way."""
        return self._jobs.is_idle() and not self._pause.isActive()

    def _taken(self, taken: TakenDay) -> None:
        self.begun.emit()
        if taken.state is DayState.MINE:
            self._jobs.read(self, day_work, partial(self._found, taken.claim), self._failed, background=True)
        elif taken.state is DayState.ELSEWHERE:
            self.again.start()

    def _found(self, claim: int, work: DayWork) -> None:
        self._pieces = pieces(work, claim)
        self._write_next()

    def _write_next(self) -> None:
        piece = next(self._pieces, None)
        if piece is not None:
            self._jobs.write(self, piece, self._wrote, self._failed)

    def _wrote(self, _added: int) -> None:
        self._pause.start()

    def _failed(self, error: Exception) -> None:
        _log.warning("the calls of the day: %s", type(error).__name__)
        self.failed.emit()


def _timer(owner: QObject, milliseconds: int) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer

"""Carries the search for lookalikes out: one short write after the other, with room for a clerk's save between."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.core.duplicates import SweepStage
from crmdesk.services import duplicates
from crmdesk.services.duplicates import Standing
from crmdesk.views.support.jobs import JobRunner

_PAUSE_MS: Final = 30


class DuplicateSearch(QObject):
    """Goes on where it was stopped; ``moved`` tells the stage, ``ended`` that all was looked through."""

    moved = Signal(object)
    ended = Signal()

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        """Take who works."""
        super().__init__(parent)
        self._jobs = jobs
        self._running = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(_PAUSE_MS)
        self._next.timeout.connect(self._step)

    @property
    def running(self) -> bool:
        """Tell whether it is under way here."""
        return self._running

    def start(self) -> None:
        """Begin now, because somebody asked."""
        self._begin(nightly=False)

    def start_nightly(self) -> None:
        """Begin unless there was a whole search within the last day."""
        self._begin(nightly=True)

    def stop(self) -> None:
        """Leave the rest for the next time."""
        self._running = False
        self._next.stop()

    def _begin(self, *, nightly: bool) -> None:
        if not self._running:
            self._running = True
            verb = duplicates.begin_nightly if nightly else duplicates.begin
            self._jobs.write(self, verb, self._moved, self._failed)

    def _step(self) -> None:
        self._jobs.write(self, duplicates.step, self._moved, self._failed)

    def _moved(self, standing: Standing) -> None:
        if not self._running:
            return
        self.moved.emit(standing.stage)
        if standing.stage is SweepStage.DONE:
            self._running = False
            self.ended.emit()
        else:
            self._next.start()

    def _failed(self, _error: Exception) -> None:
        self.stop()  # it goes on with the next search
        self.ended.emit()

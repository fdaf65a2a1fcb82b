"""Scores of members: everybody's once a day beside the work, of those who bought since a moment after it."""

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from crmdesk.core.context import Context
from crmdesk.core.topics import Topic
from crmdesk.db.session import Session
from crmdesk.queries.score_work import ScoreWork, scales_on_file, score_work
from crmdesk.services.scores import catch_up, pieces
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.jobs import JobRunner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmdesk.services.scores import Piece

# Between two writes, so that saves find the file free; and after a purchase, so that several are scored at once.
PAUSE_MS: Final = 60
SETTLE_MS: Final = 2_000
_log = logging.getLogger("crmdesk.scores")


class ScoreKeeper(QObject):
    """Begins with the day, and again when somebody bought; what was stopped is taken up again at the next day."""

    def __init__(self, jobs: JobRunner, bus: Bus, parent: QObject | None = None) -> None:
        """Take who works and who tells of purchases."""
        super().__init__(parent)
        self._jobs = jobs
        self._pieces: Iterator[Piece] = iter(())
        self._writing = False
        self._pause = _timer(self, PAUSE_MS)
        self._pause.timeout.connect(self._next)
        self._settle = _timer(self, SETTLE_MS)
        self._settle.timeout.connect(self._catch_up)
        bus.changed.connect(self._changed)

    def begin(self) -> None:
        """Work out everybody's scores unless they are today's."""
        if not self._writing:
            self._writing = True
            self._jobs.read(self, _work_of_today, self._found, self._failed, key="scores", background=True)

    def stop(self) -> None:
        """Write nothing more."""
        self._pieces = iter(())
        self._pause.stop()
        self._settle.stop()

    def is_at_rest(self) -> bool:
        """Tell whether nothing is under way or about to be."""
        return self._jobs.is_idle() and not (self._writing or self._pause.isActive() or self._settle.isActive())

    def _changed(self, topics: frozenset[Topic]) -> None:
        if Topic.PURCHASES in topics:
            self._settle.start()

    def _found(self, work: ScoreWork | None) -> None:
        self._pieces = pieces(work) if work is not None else iter(())
        self._next()

    def _next(self) -> None:
        piece = next(self._pieces, None)
        if piece is not None:
            self._jobs.write(self, piece, lambda _done: self._pause.start(), self._failed)
        else:
            self._writing = False
            self._catch_up()

    def _catch_up(self) -> None:
        if self._writing:
            return  # what is being written may be older than the purchase; it is looked at again at the end
        self._jobs.write(self, catch_up, self._caught_up, self._failed)

    def _caught_up(self, done: int) -> None:
        if done:
            self._settle.start()

    def _failed(self, error: Exception) -> None:
        self._writing = False
        _log.warning("scores: %s", type(error).__name__)


def _work_of_today(session: Session, context: Context) -> ScoreWork | None:
    scales = scales_on_file(session, context)
    return None if scales is not None and scales.as_of == context.today() else score_work(session, context)


def _timer(owner: QObject, milliseconds: int) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer

"""Days of the clocks: counted anew beside the work when the rules of a large store changed, in pieces with pauses."""

import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from crmdesk.core.topics import Topic
from crmdesk.queries.clock_days import to_count
from crmdesk.services.ticket_due_pieces import CLAIM_HOLDS, pieces, take
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.jobs import JobRunner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmdesk.services.ticket_due_pieces import Piece

# Between two writes, so that saves find the file free; after a change, so that several are counted at once.
PAUSE_MS: Final = 60
SETTLE_MS: Final = 1_000
_log = logging.getLogger("crmdesk.clocks")


class ClockKeeper(QObject):
    """Looks at the start and whenever settings changed; another version of the program may bring other rules too."""

    def __init__(self, jobs: JobRunner, bus: Bus, parent: QObject | None = None) -> None:
        """Take who works and who tells of settings."""
        super().__init__(parent)
        self._jobs = jobs
        self._pieces: Iterator[Piece] = iter(())
        self._working = False
        self._pause = _timer(self, PAUSE_MS)
        self._pause.timeout.connect(self._next)
        self._settle = _timer(self, SETTLE_MS)
        self._settle.timeout.connect(self.begin)
        # Where another desk is at it: once it must be through, or dead.
        self._again = _timer(self, int(CLAIM_HOLDS / timedelta(milliseconds=1)))
        self._again.timeout.connect(self.begin)
        bus.changed.connect(self._changed)

    def begin(self) -> None:
        """Count anew unless what is kept goes by the rules."""
        if not self._working:
            self._working = True
            self._jobs.read(self, to_count, self._found, self._failed, key="clocks", background=True)

    def stop(self) -> None:
        """Write nothing more; whoever looks next goes on."""
        self._pieces = iter(())
        for timer in (self._pause, self._settle, self._again):
            timer.stop()

    def is_at_rest(self) -> bool:
        """Tell whether nothing is under way or about to be."""
        return self._jobs.is_idle() and not (self._working or self._pause.isActive() or self._settle.isActive())

    def _changed(self, topics: frozenset[Topic]) -> None:
        if Topic.SETTINGS in topics:
            self._settle.start()

    def _found(self, keys: list[int] | None) -> None:
        if keys is None:
            self._working = False
        else:
            self._jobs.write(self, take, partial(self._taken, keys), self._failed)

    def _taken(self, keys: list[int], claim: str) -> None:
        if claim:
            self._pieces = pieces(keys, claim)
            self._next()
        else:
            self._working = False
            self._again.start()

    def _next(self) -> None:
        piece = next(self._pieces, None)
        if piece is not None:
            self._jobs.write(self, piece, self._wrote, self._failed)
        else:
            self._working = False

    def _wrote(self, done: bool) -> None:  # noqa: FBT001 - what a piece gives
        if done:
            self._pause.start()
        else:  # the rules are others than they were, or another desk is at it
            self._working = False
            self._settle.start()

    def _failed(self, error: Exception) -> None:
        self._working = False
        _log.warning("clocks: %s", type(error).__name__)


def _timer(owner: QObject, milliseconds: int) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer

"""The search index looks after itself: looked at after the start, made anew beside the work when it has to be."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from crmdesk.bootstrap.foundation import Foundation
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.services.search_rebuild import REST_SECONDS, rebuilding
from crmdesk.services.search_state import IndexHealth, IndexState, index_state
from crmdesk.views.support.frame.status_strip import StatusStrip
from crmdesk.views.support.long_write import LongWrite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmdesk.services.search_rebuild import Rebuilt
    from crmdesk.services.unit import Write

_SOON_MS: Final = 4_000  # after the first lists of the day
_REST_MS: Final = int(REST_SECONDS * 1000)
_log = logging.getLogger("crmdesk.search")


class SearchKeeping(QObject):
    """Watches the index once after the start; a rebuild is many short writes with rests between them."""

    def __init__(self, foundation: Foundation, status: StatusStrip, parent: QObject | None = None) -> None:
        """Take the store, and where to say how far it has come."""
        super().__init__(parent)
        self._foundation = foundation
        self._status = status
        self._steps: Iterator[Write[Rebuilt]] | None = None
        self._asked = False
        self._done = self._total = 0
        self._soon = self._timer(_SOON_MS, self.look)
        self._rest = self._timer(_REST_MS, self._next)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def start(self) -> None:
        """Look soon."""
        self._soon.start()

    def stop(self) -> None:
        """Do no more; what is left is done after the next start."""
        self._soon.stop()
        self._rest.stop()
        self._steps = None

    def look(self) -> None:
        """See whether the index finds everybody, in the background."""
        self._foundation.jobs.read(self, _look, self._looked, _note, key="index", background=True)

    def rebuild(self) -> None:
        """Make it anew because somebody asks."""
        self._asked = True
        self.look()

    def _looked(self, state: IndexState) -> None:
        if self._steps is not None or (state.whole and not self._asked):
            return
        if not state.whole:
            _log.info("search index: %s, %d of %d", state.health, state.entries, state.members)
        going_on = state.health is IndexHealth.REBUILDING
        self._total = state.members
        self._done = state.members - state.left if going_on else 0
        self._steps = rebuilding(anew=not going_on)
        self._next()

    def _next(self) -> None:
        step = next(self._steps, None) if self._steps is not None else None
        if step is None:
            self._finished()
        else:
            self._foundation.jobs.write_long(self, [step], self._taken, self._failed)

    def _taken(self, done: LongWrite) -> None:
        if not done.complete or self._steps is None:
            return
        self._done += sum(one.members for one in done.values)
        share = min(self._done * 100 // max(self._total, 1), 100)
        self._status.say(
            "search", lambda: gettext("Search is being renewed: {share} %").format(share=share), None, "search"
        )
        self._rest.start()

    def _finished(self) -> None:
        asked, self._asked, self._steps = self._asked, False, None
        self._status.say("search", lambda: "")
        if asked:
            self._foundation.toasts.show(gettext("The search finds everybody"))

    def _failed(self, error: Exception) -> None:
        self._steps, self._asked = None, False
        _note(error)
        self._status.say("search", lambda: gettext("The search could not be renewed"), Tone.LATE, "triangle-alert")


def _look(session: Session, _context: Context) -> IndexState:
    return index_state(session)


def _note(error: Exception) -> None:
    _log.warning("search index: %s", type(error).__name__)

"""Learns what other desks changed, and says it on the bus like a change of our own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crmdesk.core.context import Context
from crmdesk.core.errors import CrmdeskError
from crmdesk.core.topics import Topic
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.jobs import JobRunner, SignIn

if TYPE_CHECKING:
    from crmdesk.db.session import Session

EVERY_MS = 2000

Feed = Callable[["Session", Context, int | None], tuple[int, frozenset[Topic]]]
"""Reads the change rows after a position (None: only says where the end is) that other desks wrote."""


class ChangePoller(QObject):
    """Asks the change feed every two seconds; a failed question is asked again later, in silence."""

    def __init__(self, jobs: JobRunner, bus: Bus, signin: SignIn, feed: Feed, parent: QObject | None = None) -> None:
        """Take the feed; nothing is asked before `start`."""
        super().__init__(parent)
        self._jobs = jobs
        self._bus = bus
        self._signin = signin
        self._feed = feed
        self._position: int | None = None
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.ask)

    def start(self) -> None:
        """Begin to ask."""
        self._timer.start()
        self.ask()

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()

    def ask(self) -> None:
        """Ask once, unless an answer is still awaited or nobody is signed in."""
        if self._asking or not self._signed_in():
            return
        self._asking = True
        position = self._position
        self._jobs.read(
            self,
            lambda session, context: self._feed(session, context, position),
            self._answered,
            self._failed,
            background=True,
        )

    def _signed_in(self) -> bool:
        try:
            self._signin.context()
        except CrmdeskError:
            return False
        return True

    def _answered(self, answer: tuple[int, frozenset[Topic]]) -> None:
        self._asking = False
        self._position, topics = answer
        self._bus.publish(topics)

    def _failed(self, _error: Exception) -> None:
        # The next thing the person does tells what is wrong; a dialog every two seconds would not help her.
        self._asking = False

"""Work of the start itself, in one thread, while the window stays alive; there are no jobs before the store is open."""

import itertools
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from crmdesk.views.support.lane import Lane, Task, Urgency

T = TypeVar("T")


class Background(QObject):
    """Carries out one thing after the other; answers come back to the GUI thread."""

    _ended = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin idle."""
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._waiting: dict[int, tuple[Task, Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._lane = Lane("start", 1, self._ended.emit)

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Call `work` in the thread, then one of the two."""
        task = Task(next(self._numbers), lambda _task: work())
        self._waiting[task.number] = (task, done, failed)
        self._lane.put(task, Urgency.INTERACTIVE)

    def close(self) -> None:
        """Wait for what is under way and tell it, then end the thread."""
        self._lane.close(lambda: None)
        for number in list(self._waiting):
            self._finish(number)

    def _finish(self, number: int) -> None:
        found = self._waiting.pop(number, None)
        if found is None:
            return
        task, done, failed = found
        if task.error is not None:
            failed(task.error)
        else:
            done(task.result)

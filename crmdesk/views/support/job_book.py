"""Who waits for which job: the GUI thread's side of the job runner."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.core.progress import WorkCancelledError
from crmdesk.views.support.lane import Task

if TYPE_CHECKING:
    import weakref

Failed = Callable[[Exception], None]


INSIST_MS = 50


class Job:
    """A handle on work under way; keep it where the person can cancel."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        """Keep how it is cancelled."""
        self._cancel = cancel

    def cancel(self) -> None:
        """Ask the work to stop; its callbacks are not called, except `done` of a long write."""
        self._cancel()


@dataclass(slots=True)
class Pending:
    """One job as its owner sees it.

    Attributes:
        owner: who asked; callbacks are dropped when it is gone.
        done: gets the result.
        failed: gets the error; None lets `unhandled` show it.
        retry: starts the same job again.
        key: newer jobs of the same owner and key replace this one.
        must_end: a write: never cancelled, and its failure is told even when the owner is gone.
        on_result: called first, whoever is alive (publishing a commit).
    """

    owner: "weakref.ref[QObject]"
    done: Callable[[Any], None]
    failed: Failed | None
    retry: Callable[[], None] | None = None
    key: Hashable | None = None
    must_end: bool = False
    on_result: Callable[[Any], None] | None = None
    task: Task | None = None

    def living_owner(self) -> QObject | None:
        """Give the owner while it exists, in Python and in Qt."""
        owner = self.owner()
        return owner if owner is not None and shiboken6.isValid(owner) else None

    def cancel(self) -> bool:
        """Stop the task, unless it must end; tell whether it was told to stop."""
        if self.task is None or self.must_end:
            return False
        self.task.cancel()
        return True


class JobBook(QObject):
    """All jobs under way; used on the GUI thread only."""

    busy_changed = Signal(QObject, bool)

    def __init__(
        self, unhandled: Callable[[QObject | None, Exception, Callable[[], None] | None], None], parent: QObject
    ) -> None:
        """Take who shows failures that no owner handles."""
        super().__init__(parent)
        self.unhandled = unhandled
        self._pending: dict[int, Pending] = {}
        self._watched: set[int] = set()
        # An interrupt that comes just before a statement starts is lost, so it is said again until the task ends.
        self._insist = QTimer(self)
        self._insist.setInterval(INSIST_MS)
        self._insist.timeout.connect(self._say_again)

    def enter(self, task: Task, pending: Pending, owner: QObject) -> None:
        """Write down a task that is about to be queued."""
        was_busy = self.is_busy(owner)
        pending.task = task
        self._pending[task.number] = pending
        self._watch(owner)
        if not was_busy:
            self.busy_changed.emit(owner, True)

    def is_busy(self, owner: QObject) -> bool:
        """Tell whether `owner` waits for anything."""
        return any(pending.owner() is owner for pending in self._pending.values())

    def is_empty(self) -> bool:
        """Tell whether nothing is under way."""
        return not self._pending

    def cancel(self, pending: Pending) -> None:
        """Stop one job."""
        if pending.cancel():
            self._insist.start()

    def replace(self, owner: QObject, key: Hashable | None) -> None:
        """Cancel what the same owner asked for under the same key."""
        for pending in self._pending.values():
            if key is not None and pending.key == key and pending.owner() is owner:
                self.cancel(pending)

    def cancel_all(self) -> None:
        """Cancel everything that need not end."""
        for pending in self._pending.values():
            self.cancel(pending)

    def _say_again(self) -> None:
        cancelled = [p for p in self._pending.values() if p.task is not None and p.task.cancelled]
        for pending in cancelled:
            pending.cancel()
        if not cancelled:
            self._insist.stop()

    def finish(self, number: int) -> None:
        """Deliver a task that ended; a number that was delivered already is ignored."""
        pending = self._pending.pop(number, None)
        if pending is None or pending.task is None:
            return
        try:
            self._deliver(pending, pending.task)
        finally:
            if not self._pending:
                self._insist.stop()
            owner = pending.living_owner()
            if owner is not None and not self.is_busy(owner):
                self.busy_changed.emit(owner, False)

    def finish_all(self) -> None:
        """Deliver everything; for the time when the threads have ended."""
        for number in list(self._pending):
            self.finish(number)

    def _deliver(self, pending: Pending, task: Task) -> None:
        if task.error is not None:
            self._fail(pending, task, task.error)
            return
        if pending.on_result is not None:
            pending.on_result(task.result)
        if pending.living_owner() is not None and (pending.must_end or not task.cancelled):
            pending.done(task.result)

    def _fail(self, pending: Pending, task: Task, error: Exception) -> None:
        if isinstance(error, WorkCancelledError) or (task.cancelled and not pending.must_end):
            return
        owner = pending.living_owner()
        if owner is not None and pending.failed is not None:
            pending.failed(error)
        elif owner is not None:
            self.unhandled(owner, error, pending.retry)
        elif pending.must_end:
            self.unhandled(None, error, None)

    def _watch(self, owner: QObject) -> None:
        mark = id(owner)
        if mark not in self._watched:
            self._watched.add(mark)
            # Without a parameter, so that Qt does not hand over the owner itself, which is gone.
            owner.destroyed.connect(lambda: self._owner_gone(mark))

    def _owner_gone(self, mark: int) -> None:
        self._watched.discard(mark)
        for pending in self._pending.values():
            if pending.living_owner() is None:
                self.cancel(pending)

"""A queue with plain threads behind it: the background half of the job runner; knows neither Qt nor widgets."""

import itertools
import queue
import threading
from collections.abc import Callable
from enum import IntEnum

from crmdesk.core.progress import WorkCancelledError

INSIST_SECONDS = 0.05


class Urgency(IntEnum):
    """Order of waiting work: the smaller goes first."""

    WRITE = 0
    INTERACTIVE = 1
    BACKGROUND = 2
    LAST = 9


class Task:
    """One piece of work: what it does, how it ended, and the flag that asks it to stop.

    The GUI thread owns tasks: it drops them last, so that whatever `work` holds on to (a screen, a model)
    is never destroyed in a worker's thread.
    """

    def __init__(self, number: int, work: Callable[["Task"], object]) -> None:
        """Keep the work; `number` names the task between threads."""
        self.number = number
        self.work = work
        self.result: object = None
        self.error: Exception | None = None
        self._cancelled = threading.Event()
        self._guard = threading.Lock()
        self._stop_now: Callable[[], None] | None = None

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask to stop: waiting work is not begun, a running statement is interrupted."""
        with self._guard:
            self._cancelled.set()
            if self._stop_now is not None:
                self._stop_now()

    def arm(self, stop_now: Callable[[], None]) -> None:
        """Say how the running statement is stopped.

        Raises:
            WorkCancelledError: it was cancelled before it began.
        """
        with self._guard:
            if self._cancelled.is_set():
                raise WorkCancelledError
            self._stop_now = stop_now

    def disarm(self) -> None:
        """Say that the statement is over; the connection may serve somebody else now."""
        with self._guard:
            self._stop_now = None

    def carry_out(self) -> None:
        """Do the work in the calling thread and keep its result or error."""
        if self.cancelled:
            self.error = WorkCancelledError()
            return
        try:
            self.result = self.work(self)
        except Exception as error:  # noqa: BLE001 - the job boundary: every failure goes to the GUI thread
            self.error = error


class Lane:
    """Threads that carry out tasks in order of urgency, then of arrival."""

    def __init__(self, name: str, threads: int, finished: Callable[[int], None]) -> None:
        """Name the threads; `finished` is called in them with the number of each ended task."""
        self._name = name
        self._count = threads
        self._finished = finished
        self._queue: queue.PriorityQueue[tuple[int, int, Task | None]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._threads: list[threading.Thread] = []

    def put(self, task: Task, urgency: Urgency) -> None:
        """Add a task; threads start with the first one."""
        self._queue.put((urgency, next(self._order), task))
        if len(self._threads) < self._count:
            thread = threading.Thread(target=self._work, name=f"{self._name}-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def close(self, insist: Callable[[], None]) -> None:
        """Finish what waits (cancelled tasks end at once), then end the threads and wait for them.

        Args:
            insist: cancels what may be cancelled; called until the threads have ended.
        """
        for _thread in self._threads:
            self._queue.put((Urgency.LAST, next(self._order), None))
        for thread in self._threads:
            while thread.is_alive():
                insist()
                thread.join(INSIST_SECONDS)
        self._threads.clear()

    def _work(self) -> None:
        while True:
            _urgency, _order, task = self._queue.get()
            if task is None:
                return
            task.carry_out()
            number = task.number
            del task  # from here on only the GUI thread holds it
            self._finished(number)

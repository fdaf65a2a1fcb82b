"""Work off the GUI thread: database reads and writes, papers and sheets; answers come back to the GUI thread."""

import itertools
import weakref
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import Progress
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.job_book import Failed, Job, JobBook, Pending
from crmdesk.views.support.lane import Lane, Task, Urgency
from crmdesk.views.support.long_write import LongRun, LongWrite, Step
from crmdesk.views.support.progress import JobProgress

if TYPE_CHECKING:
    from crmdesk.db.engine import Database
    from crmdesk.db.session import Session

T = TypeVar("T")


class SignIn(Protocol):
    """Who is signed in at this desk."""

    def context(self) -> Context:
        """Give the surroundings of the signed-in person.

        Raises:
            crmdesk.core.errors.RefusedError: nobody is signed in.
        """
        ...


class FailureHandler(Protocol):
    """Shows a failure that no screen took care of."""

    def __call__(self, owner: QObject | None, error: Exception, retry: Callable[[], None] | None) -> None:
        """Show `error` over `owner`; `retry` starts the same work again, None where that makes no sense."""
        ...


class JobRunner(QObject):
    """Runs work in threads and brings the answers back.

    Two lanes reach the database: one for what the person waits for and for all writes, one for background
    reads, so that a figure over years never holds up a search. Callbacks run on the GUI thread, and not at all
    once the owner is gone. No session and no entity may leave the work.
    """

    busy_changed = Signal(QObject, bool)  # owner, whether it waits for anything
    progressed = Signal(QObject, int, int, str)  # owner, done, total (0: not known), text
    committed = Signal()  # a write is on disk
    _ended = Signal(object)
    _reported = Signal(object, int, int, str)

    def __init__(
        self, database: "Database", signin: SignIn, bus: Bus, failure: FailureHandler, parent: QObject | None = None
    ) -> None:
        """Take the open database, who is signed in, the bus for changes, and who shows unhandled failures."""
        super().__init__(parent)
        self._database = database
        self._signin = signin
        self._bus = bus
        self._numbers = itertools.count(1)
        self._closed = False
        self._book = JobBook(failure, self)
        self._book.busy_changed.connect(self.busy_changed)
        self._ended.connect(self._book.finish, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._front = Lane("database", 1, self._ended.emit)
        self._back = Lane("database-background", 1, self._ended.emit)
        self._pool = Lane("papers", 2, self._ended.emit)

    def read(
        self,
        owner: QObject,
        work: Callable[["Session", Context], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        key: Hashable | None = None,
        background: bool = False,
    ) -> Job:
        """Run a query.

        Args:
            owner: the screen or model that asks; when it is destroyed the answer is dropped.
            work: called in the database thread; returns plain rows.
            done: gets what `work` returned.
            failed: gets the exception; without it the failure is shown to the person.
            key: a newer read of the same owner and key replaces this one, also while it runs.
            background: let everything that the person waits for go first.
        """
        self._book.replace(owner, key)
        again = partial(self.read, owner, work, done, failed, key=key, background=background)
        pending = Pending(weakref.ref(owner), done, failed, retry=lambda: _start(again), key=key)
        run = partial(self._read, work, self._signin.context())
        if background:
            return self._submit(self._back, Urgency.BACKGROUND, run, pending)
        return self._submit(self._front, Urgency.INTERACTIVE, run, pending)

    def write(
        self,
        owner: QObject,
        work: Callable[["Session", Context], Outcome[T]],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Job:
        """Run a service in one transaction; when `done` is called it is on disk and the bus has told everybody.

        Args:
            owner: the screen that asks.
            work: called in the database thread; returns the service's outcome.
            done: gets the outcome's value.
            failed: gets the exception; nothing was written.
        """
        again = partial(self.write, owner, work, done, failed)
        pending = Pending(
            weakref.ref(owner),
            lambda outcome: done(outcome.value),
            failed,
            retry=lambda: _start(again),
            must_end=True,
            on_result=self._publish,
        )
        return self._submit(self._front, Urgency.WRITE, partial(self._write, work, self._signin.context()), pending)

    def write_long(
        self,
        owner: QObject,
        steps: Iterable[Step],
        done: Callable[[LongWrite], None],
        failed: Failed | None = None,
        *,
        total: int = 0,
    ) -> Job:
        """Run many transactions one after the other, letting everything else go between them.

        Args:
            owner: the screen that asks.
            steps: each is one transaction; a generator is advanced in the database thread.
            done: gets the values of the steps, also after `Job.cancel` (then `complete` is False).
            failed: gets the exception of the step that failed; the steps before it stay written.
            total: how many steps there are, for the progress; 0 when the steps tell it themselves.
        """
        context = self._signin.context()
        asker = weakref.ref(owner)
        run = LongRun(
            iter(steps),
            submit=partial(self._next_step, asker, context),
            publish=self._bus.publish,
            report=lambda count: self._pass_on(asker, count, total, "") if total else None,
            done=lambda result: done(result) if _alive(asker) is not None else None,
            failed=failed or (lambda error: self._book.unhandled(_alive(asker), error, None)),
            values=[],
            changed=set(),
        )
        run.go_on()
        return Job(run.stop)

    def compute(
        self,
        owner: QObject,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        key: Hashable | None = None,
    ) -> Job:
        """Run work that needs no database (papers, sheets, reading files) in the pool of two threads.

        Args:
            owner: the screen that asks.
            work: called in the pool; reports to and obeys the progress it is given.
            done: gets what `work` returned; not called after a cancel.
            failed: gets the exception.
            key: a newer request of the same owner and key replaces this one.
        """
        self._book.replace(owner, key)
        again = partial(self.compute, owner, work, done, failed, key=key)
        pending = Pending(weakref.ref(owner), done, failed, retry=lambda: _start(again), key=key)
        tell = partial(self._reported.emit, weakref.ref(owner))
        return self._submit(self._pool, Urgency.INTERACTIVE, lambda task: work(JobProgress(task, tell)), pending)

    def progress_for(self, owner: QObject) -> Progress:
        """Give a progress that the work of a read or write may hold; `progressed` tells it for `owner`."""
        return JobProgress(None, partial(self._reported.emit, weakref.ref(owner)))

    def is_busy(self, owner: QObject) -> bool:
        """Tell whether `owner` waits for anything."""
        return self._book.is_busy(owner)

    def is_idle(self) -> bool:
        """Tell whether nothing at all is under way."""
        return self._book.is_empty()

    def close(self) -> None:
        """Drop reads, finish writes, end the threads, deliver what was written; call before closing the database."""
        self._closed = True
        for lane in (self._front, self._back, self._pool):
            lane.close(self._book.cancel_all)
        self._book.finish_all()

    def _submit(self, lane: Lane, urgency: Urgency, run: Callable[[Task], object], pending: Pending) -> Job:
        owner = pending.living_owner()
        task = Task(next(self._numbers), run)
        if self._closed or owner is None:
            task.cancel()
        else:
            self._book.enter(task, pending, owner)
            lane.put(task, urgency)
        return Job(partial(self._book.cancel, pending))

    def _read(self, work: Callable[["Session", Context], object], context: Context, task: Task) -> object:
        from crmdesk.db.session import interrupter
        from crmdesk.db.storage import typed_storage_troubles

        with typed_storage_troubles(self._database.path), self._database.reading() as session:
            task.arm(interrupter(session))
            try:
                return work(session, context)
            finally:
                task.disarm()

    def _write(self, work: Callable[["Session", Context], Outcome[T]], context: Context, _task: Task) -> Outcome[T]:
        from crmdesk.services.unit import perform

        return perform(self._database, context, work)

    def _publish(self, outcome: Outcome[Any]) -> None:
        self.committed.emit()
        self._bus.publish(outcome.changed)

    def _next_step(self, asker: "weakref.ref[QObject]", context: Context, run: LongRun) -> bool:
        """Queue a step of a long write; False when the program is closing."""
        if self._closed:
            return False
        holder = _alive(asker) or self
        pending = Pending(weakref.ref(holder), run.step_ended, run.step_failed, must_end=True)
        self._submit(self._front, Urgency.BACKGROUND, partial(self._write_step, run, context), pending)
        return True

    def _write_step(self, run: LongRun, context: Context, task: Task) -> Outcome[Any]:
        return self._write(run.next_step(), context, task)

    def _pass_on(self, asker: "weakref.ref[QObject]", done: int, total: int, text: str) -> None:
        owner = _alive(asker)
        if owner is not None:
            self.progressed.emit(owner, done, total, text)


def _alive(asker: "weakref.ref[QObject]") -> QObject | None:
    owner = asker()
    return owner if owner is not None and shiboken6.isValid(owner) else None


def _start(again: Callable[[], Job]) -> None:
    again()

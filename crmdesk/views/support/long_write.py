"""Many transactions one after the other (an import), letting everything else go between them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.topics import Topic

if TYPE_CHECKING:
    from crmdesk.db.session import Session

NO_MORE: Final = object()
Step = Callable[["Session", Context], Outcome[Any]]


def _no_more(_session: "Session", _context: Context) -> Outcome[Any]:
    return Outcome(NO_MORE)


@dataclass(frozen=True, slots=True)
class LongWrite:
    """What a long write did: the value of each step on disk, and whether all steps were taken."""

    values: tuple[Any, ...]
    complete: bool


@dataclass(slots=True)
class LongRun:
    """One long write under way; used on the GUI thread, except `next_step`.

    Attributes:
        steps: the transactions that are still to come.
        submit: queues the next step (`next_step` in the database thread, `step_ended` or `step_failed` after it).
        publish: tells what changed.
        report: tells how many steps are done.
        done: the asker's callback.
        failed: the asker's callback.
    """

    steps: Iterator[Step]
    submit: Callable[["LongRun"], bool]
    publish: Callable[[frozenset[Topic]], None]
    report: Callable[[int], None]
    done: Callable[[LongWrite], None]
    failed: Callable[[Exception], None]
    values: list[Any]
    changed: set[Topic]
    stopped: bool = False

    def go_on(self) -> None:
        """Queue the next step, or end."""
        if self.stopped or not self.submit(self):
            self._end(complete=False)

    def stop(self) -> None:
        """End after the step under way."""
        self.stopped = True

    def next_step(self) -> Step:
        """Give the next step; the outcome's value is `NO_MORE` when there is none left.

        What the steps' generator does before it gives one (reading and checking rows) happens outside of any
        transaction, and nobody waits for the lock meanwhile.
        """
        return next(self.steps, _no_more)

    def step_ended(self, outcome: Outcome[Any]) -> None:
        """Keep a step's value and go on."""
        if outcome.value is NO_MORE:
            self._end(complete=True)
            return
        self.values.append(outcome.value)
        self.changed |= outcome.changed
        self.report(len(self.values))
        self.go_on()

    def step_failed(self, error: Exception) -> None:
        """Tell what the steps before changed, then the failure."""
        self.publish(frozenset(self.changed))
        self.failed(error)

    def _end(self, *, complete: bool) -> None:
        self.publish(frozenset(self.changed))
        self.done(LongWrite(tuple(self.values), complete))

"""What long work in a thread reports through."""

import time
from collections.abc import Callable

from crmdesk.core.progress import WorkCancelledError
from crmdesk.views.support.lane import Task

REPORTS_A_SECOND = 20


class JobProgress:
    """Progress of one job (`crmdesk.core.progress.Progress`)."""

    def __init__(self, task: Task | None, tell: Callable[[int, int, str], None]) -> None:
        """Report to `tell`; `task` knows about cancelling, None where the work cannot be cancelled."""
        self._task = task
        self._tell = tell
        self._last = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._task is not None and self._task.cancelled

    def report(self, done: int, total: int, text: str = "") -> None:
        """Tell how far it is; more than 20 reports a second are thinned out, the last one is always sent."""
        moment = time.monotonic()
        if done >= total > 0 or moment - self._last >= 1 / REPORTS_A_SECOND:
            self._last = moment
            self._tell(done, total, text)

    def check(self) -> None:
        """Stop here when the person asked to.

        Raises:
            WorkCancelledError: she did.
        """
        if self.cancelled:
            raise WorkCancelledError

"""Points that expired and levels that the period no longer carries: in small writes, at the turn of the day."""

import logging
from functools import partial

from PySide6.QtCore import QObject

from crmdesk.queries.level_day import to_renew
from crmdesk.services import ledger_day, levels
from crmdesk.views.support.jobs import JobRunner

_log = logging.getLogger("crmdesk.day")


class DayLedgers:
    """Goes on, a few members in each write, until nothing is left to do; what was done stays done."""

    def __init__(self, jobs: JobRunner, owner: QObject) -> None:
        """Work for ``owner``."""
        self._jobs, self._owner = jobs, owner

    def begin(self) -> None:
        """Begin with the points; the levels follow."""
        self._jobs.write(self._owner, ledger_day.expire_points, self._expired, _failed)

    def _expired(self, members: int) -> None:
        if members == ledger_day.AT_ONCE:
            self.begin()
        else:
            self._jobs.read(self._owner, to_renew, self._renew, _failed, background=True)

    def _renew(self, keys: list[int]) -> None:
        if keys:
            part, rest = keys[: levels.AT_ONCE], keys[levels.AT_ONCE :]
            work = partial(levels.renew_part, member_ids=part)
            self._jobs.write(
                self._owner,
                lambda session, context: work(session, context=context),
                lambda _changed: self._renew(rest),
                _failed,
            )


def _failed(error: Exception) -> None:
    _log.warning("points and levels of the day: %s", type(error).__name__)

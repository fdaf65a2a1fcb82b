"""The day's first work, at the start and again when the day turns while the program stays open."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer

from crmdesk.bootstrap.day_calls import DayCalls
from crmdesk.bootstrap.day_ledgers import DayLedgers
from crmdesk.bootstrap.day_merges import DayMerges
from crmdesk.bootstrap.score_keeper import ScoreKeeper
from crmdesk.core.clock import start_of_day
from crmdesk.core.topics import Topic
from crmdesk.services.quote_expiry import AT_ONCE, expire_quotes
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.jobs import JobRunner, SignIn

if TYPE_CHECKING:
    from datetime import date

# A computer that slept over midnight wakes up with its timers late; it looks again at least this often.
_LONGEST: Final = timedelta(minutes=30)
_AFTER_MIDNIGHT: Final = timedelta(seconds=2)
_log = logging.getLogger("crmdesk.day")


class DayTurn(QObject):
    """Waits for the store's midnight; then callbacks of the new day are made and every screen reads again."""

    def __init__(self, jobs: JobRunner, bus: Bus, signin: SignIn, parent: QObject | None = None) -> None:
        """Take who works, whom to tell, and whose day it is."""
        super().__init__(parent)
        self._jobs, self._bus, self._signin = jobs, bus, signin
        self._day: date | None = None
        self._ledgers = DayLedgers(jobs, self)
        self._merges = DayMerges(jobs, self)
        self._turned = False
        self._calls = DayCalls(jobs, self)
        self._scores = ScoreKeeper(jobs, bus, self)
        self._calls.begun.connect(self._begun)
        self._calls.failed.connect(self._try_again)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self.timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin with today."""
        self.look()

    def stop(self) -> None:
        """Wait no longer."""
        self.timer.stop()
        self._calls.stop()
        self._scores.stop()
        self._merges.stop()

    def is_at_rest(self) -> bool:
        """Tell whether the first work is done, or none was to be done here."""
        return self._calls.is_at_rest() and self._scores.is_at_rest() and self._merges.is_at_rest()

    def look(self) -> None:
        """Do the first work of a day that was not begun yet, and wait for the next."""
        today = self._signin.context().today()
        if today != self._day:
            self._turned = self._turned or self._day is not None
            self._day = today
            self._calls.begin()
            self._expire_quotes()
            self._ledgers.begin()
            self._merges.begin()
            self._scores.begin()
        self.timer.start(self._until_next())

    def _expire_quotes(self) -> None:
        """Let quotes run out, a few in each write, until none is left."""

        def go_on(expired: int) -> None:
            if expired == AT_ONCE:
                self._expire_quotes()

        self._jobs.write(self, expire_quotes, go_on, self._failed)

    def _begun(self) -> None:
        if self._turned:  # "today", "late" and "in 3 days" mean another day now
            self._turned = False
            self._bus.publish(frozenset(Topic))

    def _try_again(self) -> None:
        self._day = None  # at the next look

    def _failed(self, error: Exception) -> None:
        self._try_again()
        _log.warning("the day could not be begun: %s", type(error).__name__)

    def _until_next(self) -> int:
        """Give the milliseconds to wait."""
        context = self._signin.context()
        midnight = start_of_day(context.today() + timedelta(days=1), context.store.zone)
        left = midnight + _AFTER_MIDNIGHT - context.now()
        return int(min(left, _LONGEST) / timedelta(milliseconds=1))

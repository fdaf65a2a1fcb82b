"""What runs beside the person's work: backups when something changed, other desks' changes, the lock after a while."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from crmdesk.core.clock import Clock, local_time
from crmdesk.core.i18n import gettext
from crmdesk.core.progress import Progress
from crmdesk.core.tones import Tone
from crmdesk.db.backup import BackupPlan, backup_if_changed
from crmdesk.db.backup_shelf import Backup, BackupReason
from crmdesk.views.support.frame.status_strip import StatusStrip
from crmdesk.views.support.jobs import JobRunner

_MINUTE_MS = 60_000
_FIRST_BACKUP_MS = 5 * _MINUTE_MS
_INPUT = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class BackupTimer(QObject):
    """Backs up every ``minutes`` when something changed, and says in the status strip what came of it."""

    def __init__(self, jobs: JobRunner, plan: BackupPlan, clock: Clock, status: StatusStrip, minutes: int) -> None:
        """Take where to run, what to back up, and where to say so."""
        super().__init__()
        self._jobs = jobs
        self._plan = plan
        self._clock = clock
        self._status = status
        self._timer = QTimer(self)
        self._timer.setInterval(minutes * _MINUTE_MS)
        self._timer.timeout.connect(self.run)

    def start(self) -> None:
        """Begin; the first backup waits a little so that the morning's first customer does not."""
        self._timer.start()
        QTimer.singleShot(_FIRST_BACKUP_MS, self, self.run)

    def stop(self) -> None:
        """Make no more backups."""
        self._timer.stop()

    def run(self) -> None:
        """Back up now, in the pool, if anything changed."""
        self._jobs.compute(self, self._back_up, self._done, self._failed, key="backup")

    def _back_up(self, progress: Progress) -> Backup | None:
        return backup_if_changed(self._plan, BackupReason.HOURLY, self._clock, progress)

    def _done(self, made: Backup | None) -> None:
        if made is not None:
            self.say(made)

    def say(self, made: Backup) -> None:
        """Show when the newest backup was made."""
        at = f"{local_time(made.made_at, self._plan.zone):%H:%M}"
        self._status.say("backup", partial(_backup_words, at), Tone.OK, "shield-check")

    def _failed(self, _error: Exception) -> None:
        self._status.say("backup", lambda: gettext("Backup failed"), Tone.LATE, "triangle-alert")


def _backup_words(at: str) -> str:
    return gettext("Backup {time}, verified").format(time=at)


class IdleLock(QObject):
    """Locks the screen when nobody touched keyboard or mouse for ``minutes``; 0 never locks."""

    idle = Signal()

    def __init__(self, application: QApplication, minutes: int) -> None:
        """Watch the whole application."""
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(timedelta(minutes=minutes).total_seconds() * 1000))
        self._timer.timeout.connect(self.idle)
        self._watching = minutes > 0
        if self._watching:
            application.installEventFilter(self)
            self._timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin counting again at every touch."""
        if event.type() in _INPUT:
            self._timer.start()
        return False

    def stop(self) -> None:
        """Stop counting."""
        self._timer.stop()


class RailCounts(QObject):
    """Keeps the numbers beside the rail's sections; asks again, in the background, whenever something changed."""

    def __init__(self, jobs: JobRunner, ask: Callable[..., dict[str, int]], show: Callable[[str, int], None]) -> None:
        """Take where to ask, the query (session, context) -> counts by section, and who shows them."""
        super().__init__()
        self._jobs = jobs
        self._ask = ask
        self._show = show

    def renew(self, _topics: object = None) -> None:
        """Ask again."""
        self._jobs.read(self, self._ask, self._done, _ignore, key="counts", background=True)

    def _done(self, counts: dict[str, int]) -> None:
        for section, count in counts.items():
            self._show(section, count)


def _ignore(_error: Exception) -> None:
    """Leave the old numbers; whatever failed shows where somebody waits for it."""

"""What runs beside the person's work: backups when something changed, other desks' changes, the lock after a while."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from crmdesk.bootstrap.foundation import Foundation
from crmdesk.core.clock import day_in_zone, local_time
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.progress import Progress
from crmdesk.core.settings_store import BACKUP_MINUTES
from crmdesk.core.tones import Tone
from crmdesk.db.backup import BackupPlan, backup_if_changed, make_backup
from crmdesk.db.backup_shelf import Backup, BackupReason, newest_verified
from crmdesk.db.session import Session
from crmdesk.queries.settings import store_settings
from crmdesk.views.support.days import day_text
from crmdesk.views.support.frame.status_strip import StatusStrip
from crmdesk.views.support.jobs import JobRunner

_MINUTE_MS = 60_000
_FIRST_BACKUP_MS = 5 * _MINUTE_MS
_INPUT = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class BackupTimer(QObject):
    """Backs up every ``minutes`` when something changed, and says in the status strip what came of it."""

    def __init__(self, foundation: Foundation, status: StatusStrip, parent: QObject | None = None) -> None:
        """Take the store to back up, and where to say what came of it."""
        super().__init__(parent)
        self._foundation = foundation
        self._jobs = foundation.jobs
        self._clock = foundation.clock
        self._status = status
        self._timer = QTimer(self)
        self._timer.setInterval(BACKUP_MINUTES.default * _MINUTE_MS)
        self._timer.timeout.connect(self.run)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_FIRST_BACKUP_MS)
        self._soon.timeout.connect(self.run)

    def start(self) -> None:
        """Begin; the first backup waits a little so that the morning's first customer does not."""
        self._timer.start()
        self._soon.start()
        folder = self._foundation.backup_plan().target
        self._jobs.compute(self, lambda _progress: newest_verified(folder), self._done, _ignore, key="newest")
        self._jobs.read(self, _backup_minutes, self._set_minutes, _ignore, key="minutes")

    def _set_minutes(self, minutes: int) -> None:
        self._timer.setInterval(minutes * _MINUTE_MS)

    def stop(self) -> None:
        """Make no more backups."""
        self._timer.stop()
        self._soon.stop()

    def run(self) -> None:
        """Back up now, in the pool, if anything changed."""
        work = partial(self._back_up, self._foundation.backup_plan())
        self._jobs.compute(self, work, self._done, self._failed, key="backup")

    def run_now(self, done: Callable[[Backup], None]) -> None:
        """Back up because somebody asks, changed or not; `done` gets what was made, failures are shown."""
        plan, clock = self._foundation.backup_plan(), self._clock

        def made(backup: Backup) -> None:
            self.say(backup)
            done(backup)

        self._jobs.compute(self, lambda progress: make_backup(plan, BackupReason.MANUAL, clock, progress), made)

    def _back_up(self, plan: BackupPlan, progress: Progress) -> Backup | None:
        return backup_if_changed(plan, BackupReason.HOURLY, self._clock, progress)

    def _done(self, made: Backup | None) -> None:
        if made is not None:
            self.say(made)

    def say(self, made: Backup) -> None:
        """Show when the newest backup was made."""
        zone = self._foundation.person.store.zone
        at = local_time(made.made_at, zone)
        today = day_in_zone(self._clock.now(), zone)
        words = partial(_backup_words, f"{at:%H:%M}") if at.date() == today else partial(_older_words, at.date(), today)
        self._status.say("backup", words, Tone.OK, "shield-check")

    def _failed(self, _error: Exception) -> None:
        self._status.say("backup", lambda: gettext("Backup failed"), Tone.LATE, "triangle-alert")


def _backup_words(at: str) -> str:
    return gettext("Backup {time}, verified").format(time=at)


def _older_words(day: date, today: date) -> str:
    return _backup_words(day_text(day, today))


def _backup_minutes(session: Session, context: Context) -> int:
    return store_settings(session, context.store.id).get(BACKUP_MINUTES)


class IdleLock(QObject):
    """Tells when nobody touched keyboard or mouse for some minutes."""

    idle = Signal()

    def __init__(self, application: QApplication | None, parent: QObject | None = None) -> None:
        """Watch the whole application; nothing is told before `set_minutes`."""
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        if application is not None:
            application.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Tell after so many minutes; 0 is never."""
        self._timer.setInterval(int(timedelta(minutes=minutes).total_seconds() * 1000))
        if minutes > 0:
            self._timer.start()
        else:
            self._timer.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin counting again at every touch."""
        if event.type() in _INPUT and self._timer.interval() > 0:
            self._timer.start()
        return False


class RailCounts(QObject):
    """Keeps the numbers beside the rail's sections; asks again, in the background, whenever something changed."""

    def __init__(self, jobs: JobRunner, ask: Callable[..., dict[str, int]], show: Callable[[str, int], None]) -> None:
        """Take where to ask, the query (session, context) -> counts by section, and who shows them."""
        super().__init__(jobs)
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

"""Everything that lives as long as one open store: jobs, bus, navigator, the person, drafts."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from crmdesk.bootstrap.backing import plan_of
from crmdesk.bootstrap.house import House, desk_name
from crmdesk.bootstrap.person import Person
from crmdesk.bootstrap.window_services import LatePapers, LateToasts
from crmdesk.core.clock import Clock
from crmdesk.core.context import StoreRef
from crmdesk.db.backup import BackupPlan
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.photo_store import PhotoStore
from crmdesk.services.opening import OpenedStore
from crmdesk.views.support import errors
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.drafts import Drafts
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.navigator import Navigator

_NO_STORE = StoreRef(0, "", "")


class Foundation(QObject):
    """Built when a store was opened, closed before its file is given back."""

    def __init__(self, house: House, opened: OpenedStore, desk_file: DeskFile, clock: Clock) -> None:
        """Build around the open database."""
        super().__init__()
        self.house = house
        self.database = opened.database
        self.desk_file = desk_file
        self.clock = clock
        self.person = Person(clock, opened.store or _NO_STORE, desk_name(desk_file))
        self.bus = Bus(self)
        self.jobs = JobRunner(self.database, self.person, self.bus, _show_failure, self)
        self.navigator = Navigator(self)
        self.toasts = LateToasts()
        self.papers = LatePapers()
        self.drafts = Drafts(house.data.drafts, self)

    def desk(self) -> Desk:
        """Give what screens get."""
        return Desk(
            jobs=self.jobs,
            bus=self.bus,
            navigator=self.navigator,
            signin=self.person,
            settings=self.desk_file,
            toasts=self.toasts,
            papers=self.papers,
            clock=self.clock,
            drafts=self.drafts,
            photos=PhotoStore(self.house.data.photos),
        )

    def backup_plan(self) -> BackupPlan:
        """Give what to back up and where to, as the settings say now."""
        return plan_of(self.house.data, self.desk_file, zone=self.person.store.zone)

    def close(self) -> None:
        """Finish writes, keep drafts, close the database and let other programs in."""
        self.drafts.flush()
        self.jobs.close()
        self.house.close()


def _show_failure(owner: QObject | None, error: Exception, retry: Callable[[], None] | None) -> None:
    errors.show(owner, error, retry)

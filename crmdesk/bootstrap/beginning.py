"""The first start: from five fields to a store with its owner."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from crmdesk.bootstrap.background import Background
from crmdesk.bootstrap.foundation import Foundation
from crmdesk.bootstrap.house import House, begin, enter
from crmdesk.bootstrap.pages import Pages
from crmdesk.bootstrap.place import remember
from crmdesk.core.clock import Clock
from crmdesk.core.settings_desk import LANGUAGE, PRINTERS
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.services.signin import BeginStore, SignedIn, begin_store
from crmdesk.views.signin.first_start_page import FirstStart, FirstStartPage
from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.support.print_job import printers

# Papers that go to the printer chosen at the first start; each can be changed in its preview.
_USUAL_PAPERS = ("service_slip", "loan_agreement", "letter")


class Beginning(QObject):
    """Shows the page and makes the store; everything that touches the disk runs in the thread."""

    taken = Signal(object)  # House: another folder was chosen and is held now
    found = Signal(object)  # House: the chosen folder holds a store already
    begun = Signal(object, object)  # Foundation, SignedIn
    sample_asked = Signal()

    def __init__(self, pages: Pages, background: Background, first: DataDir, clock: Clock) -> None:
        """Take where pages are shown and work is done; `first` is where the next start looks."""
        super().__init__(pages)
        self._pages = pages
        self._background = background
        self._first = first
        self._clock = clock
        self._house: House | None = None
        self._page: FirstStartPage | None = None
        self._printers: list[str] = []
        self._foundation: Foundation | None = None
        self._offers_sample = False

    def show(self, house: House, *, offers_sample: bool) -> None:
        """Ask for the five things."""
        self._house = house
        self._offers_sample = offers_sample
        self._background.run(printers, self._show, lambda _error: self._show([]))

    def _show(self, names: list[str]) -> None:
        self._printers = names
        self._page = None
        self._pages.show(self._make_page)

    def _make_page(self) -> StartPage:
        before = self._page
        folder = self._house.data.root if self._house is not None else self._first.root
        page = FirstStartPage(folder, self._printers, offers_sample=self._offers_sample)
        if before is not None:
            page.restore(before.draft())
        page.begin_asked.connect(self._begin)
        page.sample_asked.connect(self.sample_asked)
        self._page = page
        return page

    def _begin(self, request: FirstStart) -> None:
        if self._page is not None and self._house is not None:
            self._page.set_busy(busy=True)
            self._background.run(
                partial(self._prepare, self._house, request), partial(self._prepared, request), self._failed
            )

    def _prepare(self, house: House, request: FirstStart) -> House:
        """Take the wanted folder and make its database; called in the thread."""
        if request.folder != house.data.root:
            other = enter(DataDir(request.folder), self._clock)
            remember(self._first, other.data)
            house.close()
            house = other
        if house.opened is None:
            house = begin(house, self._clock)
        desk = DeskFile(house.data.desk_file)
        desk.put(LANGUAGE, request.language)
        if request.printer:
            desk.put(PRINTERS, dict.fromkeys(_USUAL_PAPERS, request.printer))
        return house

    def _prepared(self, request: FirstStart, house: House) -> None:
        self._house = house
        self.taken.emit(house)
        if house.opened is None or house.opened.store is not None:
            self.found.emit(house)
            return
        foundation = Foundation(house, house.opened, DeskFile(house.data.desk_file), self._clock)
        self._foundation = foundation
        wanted = BeginStore(request.store_code, request.store_name, request.owner_name, request.pin)
        foundation.jobs.write(
            self, lambda session, context: begin_store(session, wanted, context), self._begun, self._refused
        )

    def _begun(self, signed: SignedIn) -> None:
        foundation = self._foundation
        if foundation is None:
            return
        self._background.run(
            lambda: foundation.house.data.set_mark(self._clock.now()),
            lambda _none: self.begun.emit(foundation, signed),
            self._failed,
        )

    def _refused(self, error: Exception) -> None:
        if self._foundation is not None:
            self._foundation.jobs.close()
            self._foundation = None
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        if self._page is not None:
            self._page.failed(error)

"""The program with windows: one life from the start to the last backup."""

import gc
import logging
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from crmdesk.bootstrap.background import Background
from crmdesk.bootstrap.look import Look
from crmdesk.bootstrap.other_start import OtherStarts, show_other
from crmdesk.bootstrap.pages import Pages
from crmdesk.bootstrap.place import data_of, remember
from crmdesk.bootstrap.sample import Sample, make_sample, sample_folder
from crmdesk.core.clock import Clock, SystemClock
from crmdesk.core.garbage import collect_due, only_when_asked
from crmdesk.core.i18n import gettext
from crmdesk.core.settings_desk import TEXT_PERCENT
from crmdesk.core.trouble import LockedByAnotherError
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.log import start_logging, stop_logging
from crmdesk.views.signin.opening_page import OpeningPage
from crmdesk.views.support.crash import CrashGuard
from crmdesk.views.support.immortal import keep_singletons_alive
from crmdesk.views.support.theme import scale_everything

if TYPE_CHECKING:
    from crmdesk.bootstrap.foundation import Foundation
    from crmdesk.bootstrap.house import House
    from crmdesk.bootstrap.reception import Reception
    from crmdesk.bootstrap.rescue import Rescue
    from crmdesk.services.signin import SignedIn

_GARBAGE_MS = 1_000
_log = logging.getLogger("crmdesk")


def run_window(asked: str | None, environment: Mapping[str, str], sample: Sample | None = None) -> int:
    """Open the window, or bring the one that is open to the front; returns when it is closed.

    Args:
        asked: what stood behind ``--data``.
        environment: the variables of the process.
        sample: makes the sample store; None does not offer it.
    """
    data = data_of(asked, environment)
    if show_other(data):
        return 0
    keep_singletons_alive()
    desk = DeskFile(data.desk_file)
    scale_everything(desk.get(TEXT_PERCENT))
    application = QApplication(["crmdesk"])
    application.setApplicationName("crmdesk")
    application.setQuitOnLastWindowClosed(False)
    first = DataDir.locate(asked, environment)
    program = Program(application, first, data, sample)
    program.start()
    return application.exec()


class Program(QObject):
    """Window first; the store is opened behind it, in whichever folder it lies."""

    def __init__(
        self,
        application: QApplication,
        first: DataDir,
        data: DataDir,
        sample: Sample | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        """Take the folder that was asked for, and the one it leads to; another clock shows another day."""
        super().__init__()
        self._application = application
        self._first = first
        self._data = data
        self._sample = sample
        self._clock = clock or SystemClock()
        self._look = Look(application)
        desk = DeskFile(data.desk_file)
        self._look.apply(desk)
        self._pages = Pages(self._look, desk, store_is_there=data.desk_file.is_file())
        self._pages.closing.connect(self.leave)
        self._background = Background(self)
        self._crashes = CrashGuard(_log.error, self)
        self._others: OtherStarts | None = None
        self._house: House | None = None
        self._reception: Reception | None = None
        self._log_file: logging.Handler | None = None
        self._ending = False
        only_when_asked()
        self._garbage = QTimer(self)
        self._garbage.setInterval(_GARBAGE_MS)
        self._garbage.timeout.connect(collect_due)
        self._garbage.start()

    # -- opening ---------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window and begin to open the store."""
        self._pages.show(OpeningPage)
        self._crashes.install()
        QTimer.singleShot(0, self, self.open)

    def open(self) -> None:
        """Open the store of the present folder."""
        self._background.run(partial(_enter, self._data), self._opened, self._refused)

    def _opened(self, house: "House") -> None:
        self._hold(house)
        if self._ending:
            self._end()
        elif house.opened is None or house.opened.store is None:
            self._begin(house)
        else:
            self._receive(house)

    def _hold(self, house: "House") -> None:
        """Keep the folder: log into it, and listen for later starts."""
        if self._house is house:
            return
        self._let_go()
        self._house = house
        self._data = house.data
        self._log_file = start_logging(house.data.logs)
        _log.info("opened, schema %s", house.opened.diagnosis.revision if house.opened else "none")
        self._others = OtherStarts(house.data, self)
        self._others.asked.connect(self._come_to_front)
        # What the start loaded stays to the end; going through it in each full collection holds the window up
        # for nearly a tenth of a second.
        gc.freeze()

    def _let_go(self) -> None:
        if self._others is not None:
            self._others.close()
            self._others = None
        if self._log_file is not None:
            stop_logging(self._log_file)
            self._log_file = None
        self._house = None

    def _begin(self, house: "House") -> None:
        from crmdesk.bootstrap.beginning import Beginning

        beginning = Beginning(self._pages, self._background, self._first, self._clock)
        beginning.taken.connect(self._hold)
        beginning.found.connect(self._opened)
        beginning.begun.connect(self._begun)
        beginning.sample_asked.connect(self._show_sample)
        beginning.show(house, offers_sample=self._sample is not None)

    def _begun(self, foundation: "Foundation", signed: "SignedIn") -> None:
        self._pages.use_desk(foundation.desk_file)
        self._reception = self._make_reception(foundation)
        self._reception.greet(signed, offers_sample=self._sample is not None)

    def _receive(self, house: "House") -> None:
        from crmdesk.bootstrap.foundation import Foundation

        if house.opened is None:
            return
        foundation = Foundation(house, house.opened, DeskFile(house.data.desk_file), self._clock)
        self._pages.use_desk(foundation.desk_file)
        self._look.apply(foundation.desk_file)
        self._reception = self._make_reception(foundation)
        self._reception.open()

    def _make_reception(self, foundation: "Foundation") -> "Reception":
        from crmdesk.bootstrap.reception import Reception

        reception = Reception(self._pages, self._background, self._look, foundation)
        reception.closing.connect(self.leave)
        reception.restore_asked.connect(self._choose_backup)
        reception.sample_asked.connect(self._show_sample)
        return reception

    def _come_to_front(self) -> None:
        if self._reception is not None:
            self._reception.come_to_front()
        else:
            self._pages.come_to_front()

    # -- trouble ---------------------------------------------------------------------------

    def _refused(self, error: Exception) -> None:
        if self._ending or (isinstance(error, LockedByAnotherError) and show_other(self._data)):
            self._application.exit(0)
            return
        _log.warning("not opened: %s", type(error).__name__)
        self._rescue().show(error, self._data)

    def _rescue(self) -> "Rescue":
        from crmdesk.bootstrap.rescue import Rescue

        rescue = Rescue(self._pages, self._background, self._clock)
        rescue.retry_asked.connect(self._open_again)
        rescue.folder_chosen.connect(self._move_to)
        rescue.close_asked.connect(self.leave)
        return rescue

    def _open_again(self) -> None:
        self._pages.show(OpeningPage)
        self.open()

    def _move_to(self, data: DataDir) -> None:
        def opened(house: "House") -> None:
            remember(self._first, house.data)
            self._opened(house)

        self._data = data
        self._pages.show(OpeningPage)
        self._background.run(partial(_enter, data), opened, self._refused)

    def _choose_backup(self) -> None:
        """Close the store and offer its backups."""
        from crmdesk.bootstrap.recovery import choice_of_backup

        data = self._data
        self._close_store()
        self._rescue().show_trouble(partial(choice_of_backup, data.root), data)

    def _show_sample(self) -> None:
        """Close this store for now and open the made-up one in a folder of its own."""
        if self._sample is None:
            return
        self._close_store()
        self._data = sample_folder(self._first)
        self._pages.show(_sample_page)
        self._background.run(partial(make_sample, self._sample, self._first), lambda _none: self.open(), self._refused)

    # -- the end ---------------------------------------------------------------------------

    def leave(self) -> None:
        """Back up when something changed, then end; everything is saved already."""
        if self._ending:
            return
        self._ending = True
        self._pages.window.hide()
        if self._reception is None:
            self._end()
            return
        from crmdesk.bootstrap.leaving import Leaving

        self._reception.stop()
        self._leaving = Leaving(self._reception.foundation, self._end)
        self._leaving.begin()

    def _end(self) -> None:
        self._close_store()
        self._background.close()
        self._application.exit(0)

    def _close_store(self) -> None:
        house, reception = self._house, self._reception
        self._reception = None
        self._let_go()
        if reception is not None:
            reception.close()
            reception.foundation.close()
        elif house is not None:
            house.close()


def _enter(data: DataDir) -> "House":
    """Load the database layer and open the folder; called in the thread."""
    from crmdesk.bootstrap import house

    entered = house.enter(data, SystemClock())
    if entered.opened is None or entered.opened.store is None:
        from crmdesk.bootstrap import beginning  # noqa: F401 - loaded here, used in the GUI thread
    else:
        from crmdesk.bootstrap import reception  # noqa: F401
    return entered


def _sample_page() -> OpeningPage:
    return OpeningPage(gettext("Making a store with a year of work in it …"))

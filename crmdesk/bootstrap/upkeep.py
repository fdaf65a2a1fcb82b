"""Small duties beside the work: the reserve, old change rows, the daily check of a large file, the printer's state."""

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.bootstrap.foundation import Foundation
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.progress import Progress
from crmdesk.core.settings_desk import PRINTERS
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.core.trouble import StorageTroubleError
from crmdesk.db.erased_list import ErasedList
from crmdesk.db.health import check_structure, note_checked
from crmdesk.db.paper_store import PaperStore
from crmdesk.db.photo_store import PhotoStore
from crmdesk.services.changes import forget_old_changes
from crmdesk.services.erasure_sweep import Stores, sweep
from crmdesk.views.support import errors
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.frame.status_strip import StatusStrip
from crmdesk.views.support.print_job import printers

_SOON_MS = 1_500
_EVERY_MS = 300_000
_log = logging.getLogger("crmdesk.upkeep")


class Upkeep(QObject):
    """Does its round shortly after the start and every five minutes; never in the way of the person."""

    restore_asked = Signal()

    def __init__(self, foundation: Foundation, status: StatusStrip, parent: QObject | None = None) -> None:
        """Take the store to look after, and where to speak."""
        super().__init__(parent)
        self._foundation = foundation
        self._status = status
        self._sweep_soon = QTimer(self)
        self._sweep_soon.setSingleShot(True)
        self._sweep_soon.setInterval(_SOON_MS)
        self._sweep_soon.timeout.connect(self._sweep)
        foundation.bus.changed.connect(self._changed)
        self._every = QTimer(self)
        self._every.setInterval(_EVERY_MS)
        self._every.timeout.connect(self._round)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._first_round)

    def start(self) -> None:
        """Begin."""
        self._every.start()
        self._soon.start()

    def stop(self) -> None:
        """Do nothing more."""
        self._every.stop()
        self._soon.stop()
        self._sweep_soon.stop()

    def _changed(self, topics: frozenset[Topic]) -> None:
        if Topic.MEMBERS in topics:  # perhaps somebody was erased
            self._sweep_soon.start()

    def _sweep(self) -> None:
        data, database = self._foundation.house.data, self._foundation.database
        stores = Stores(PhotoStore(data.photos), PaperStore(data.papers), ErasedList(data.erased))
        context = self._foundation.person.context()
        self._foundation.jobs.compute(
            self, lambda _progress: sweep(database, stores, context), lambda _clean: None, _note, key="sweep"
        )

    def _first_round(self) -> None:
        self._round()
        self._sweep()
        self._foundation.jobs.write(self, forget_old_changes, lambda _gone: None, _note)
        if self._foundation.house.check_later:
            self._foundation.jobs.compute(self, self._check, lambda _none: None, self._damaged)

    def _round(self) -> None:
        jobs, reserve = self._foundation.jobs, self._foundation.database.reserve
        if reserve is not None:
            jobs.compute(self, lambda _progress: reserve.fill(), self._reserve_filled, _note, key="reserve")
        jobs.compute(self, lambda _progress: printers(), self._say_printer, _note, key="printer")

    def _check(self, _progress: Progress) -> None:
        data = self._foundation.house.data
        check_structure(data.database, None)
        note_checked(data, self._foundation.clock.now())

    def _damaged(self, error: Exception) -> None:
        sentence = errors.explain(error)
        if sentence is None or not isinstance(error, StorageTroubleError):
            _note(error)
            return
        verbs = [Verb(gettext("Later")), Verb(gettext("Restore a backup …"), self.restore_asked.emit, Kind.PRIMARY)]
        ask(self._status.window(), sentence.title, sentence.body(), verbs)

    def _reserve_filled(self, filled: bool) -> None:  # noqa: FBT001  (the reserve's answer)
        if not filled:
            self._status.say("saved", lambda: gettext("The disk is almost full"), Tone.LATE, "triangle-alert")

    def _say_printer(self, names: list[str]) -> None:
        kept = [name for name in self._foundation.desk_file.get(PRINTERS).values() if name]
        missing = [name for name in kept if name not in names]
        if missing:
            name = missing[0]
            self._status.say(
                "printer", lambda: gettext("Printer {name} is not there").format(name=name), Tone.WARN, "printer"
            )
        elif kept:
            name = kept[0]
            self._status.say("printer", lambda: gettext("Printer {name} ready").format(name=name), None, "printer")
        else:
            words = mark("No printer chosen") if names else mark("No printer on this computer")
            self._status.say("printer", lambda: gettext(words), None, "printer")


def _note(error: Exception) -> None:
    _log.warning("upkeep failed: %s", type(error).__name__)

"""The lock over the work: when it comes down, and who opens it again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog

from crmdesk.bootstrap.foundation import Foundation
from crmdesk.bootstrap.housekeeping import IdleLock
from crmdesk.core.settings_store import LOCK_MINUTES
from crmdesk.core.topics import Topic
from crmdesk.queries.settings import store_settings
from crmdesk.services.signin import Refused, SignedIn
from crmdesk.views.main_window import MainWindow
from crmdesk.views.signin.presenter import SignInPresenter
from crmdesk.views.signin.wording import refusal_words

if TYPE_CHECKING:
    from crmdesk.core.context import Context
    from crmdesk.db.session import Session


class Guard(QObject):
    """Locks by key, by menu, and after idle minutes; unlocks by the PIN of whoever locked."""

    other_person = Signal()
    pin_needed = Signal()  # she has none, so nothing could open the lock

    def __init__(self, foundation: Foundation, window: MainWindow, presenter: SignInPresenter) -> None:
        """Listen to the window."""
        super().__init__(window)
        self._foundation = foundation
        self._window = window
        self._presenter = presenter
        self._covered: list[QDialog] = []
        self.has_pin = False
        application = QApplication.instance()
        self._idle = IdleLock(application if isinstance(application, QApplication) else None, self)
        self._idle.idle.connect(self._lock_when_idle)
        window.lock_asked.connect(self.lock)
        window.lock_screen.unlock_asked.connect(self._try)
        window.lock_screen.other_person_asked.connect(self._other)
        foundation.bus.changed.connect(self._settings_changed)
        self.read_minutes()

    def lock(self) -> None:
        """Cover the work and everything that floats over it."""
        if self._window.locked:
            return
        if not self.has_pin:
            self.pin_needed.emit()
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        self._covered = dialogs
        for dialog in dialogs:
            dialog.setVisible(False)
        self._window.lock()
        self._presenter.sign_out(lambda: None)

    def stop(self) -> None:
        """Lock no more by itself; the window is going."""
        self._idle.set_minutes(0)

    def read_minutes(self) -> None:
        """Ask after how many idle minutes to lock."""
        self._foundation.jobs.read(self, _minutes, self._idle.set_minutes, lambda _error: None, key="minutes")

    def open(self) -> None:
        """Show the work as it was left."""
        self._window.unlock()
        for dialog in self._covered:
            dialog.setVisible(True)
        self._covered = []

    def _lock_when_idle(self) -> None:
        if self.has_pin and self._window.isVisible():
            self.lock()

    def _try(self, pin: str) -> None:
        actor = self._foundation.person.actor
        if actor is not None:
            self._presenter.sign_in(actor.staff_id, pin, self._entered, self._refused, lambda: None)

    def _entered(self, signed: SignedIn) -> None:
        self._foundation.person.enter(signed.actor, signed.store)
        self.open()

    def _refused(self, refused: Refused) -> None:
        self._window.lock_screen.refuse(refusal_words(refused, self._foundation.clock.now()))

    def _other(self) -> None:
        for dialog in self._covered:
            dialog.close()
        self._covered = []
        self.other_person.emit()

    def _settings_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.SETTINGS in topics:
            self.read_minutes()


def _minutes(session: "Session", context: "Context") -> int:
    return store_settings(session, context.store.id).get(LOCK_MINUTES)

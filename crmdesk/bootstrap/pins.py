"""Giving oneself a new PIN: the dialog, the service, and what it says to both."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crmdesk.core.clock import Clock
from crmdesk.services.signin import Refused
from crmdesk.views.signin.pin_dialog import NEW, OLD, PinDialog
from crmdesk.views.signin.presenter import SignInPresenter
from crmdesk.views.signin.wording import refusal_words


class PinChange(QObject):
    """Asks for PINs over one window."""

    def __init__(self, window: QWidget, presenter: SignInPresenter, clock: Clock, changed: Callable[[], None]) -> None:
        """Take who asks the service, and who is told that it is done."""
        super().__init__(window)
        self._window = window
        self._presenter = presenter
        self._clock = clock
        self._changed = changed

    def ask(self, *, has_old: bool, later: bool = False) -> None:
        """Open the dialog; `later` when the person did not ask for it herself."""
        dialog: PinDialog

        def answered(refused: Refused | None) -> None:
            if refused is None:
                dialog.accept()
                self._changed()
            else:
                dialog.refuse(OLD if has_old else NEW, refusal_words(refused, self._clock.now()))

        def change(old: str, new: str) -> None:
            self._presenter.change_pin(old, new, answered, dialog.failed)

        dialog = PinDialog(self._window, change, has_old=has_old, later=later)
        dialog.open()

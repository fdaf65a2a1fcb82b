"""What the steps of tickets work with: the desk, the page that dialogs open over, and one way to write."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk, ToastAction

if TYPE_CHECKING:
    from crmdesk.db.session import Session

T = TypeVar("T")
Work = Callable[["Session", Context], Outcome[T]]


class Room:
    """Writes for the page: what was done is said in a toast, what was refused over the page."""

    def __init__(self, desk: Desk, page: QWidget, reload: Callable[[], None]) -> None:
        """Take the desk, the page, and how the page reads its data again."""
        self.desk = desk
        self.page = page
        self.reload = reload

    def write(self, work: Work[T], said: Callable[[T], str], actions: Sequence[ToastAction] = ()) -> None:
        """Carry out a step that needs no form.

        Args:
            work: the service with its request.
            said: the toast's words, from the step's value; empty for none.
            actions: the toast's buttons.
        """

        def done(value: T) -> None:
            self.say(said(value), actions)

        self.desk.jobs.write(self.page, work, done, self._failed)

    def say(self, words: str, actions: Sequence[ToastAction] = ()) -> None:
        """Show a toast."""
        if words:
            self.desk.toasts.show(words, actions)

    def _failed(self, error: Exception) -> None:
        errors.show(self.page, error)
        self.reload()

    def can_run(self, command: str) -> bool:
        """Tell whether another feature offers ``command``."""
        return any(known.name == command for known in self.desk.navigator.commands())

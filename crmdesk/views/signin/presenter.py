"""Signing in, unlocking, a new PIN: asked of the services in the database thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.views.support import errors
from crmdesk.views.support.jobs import JobRunner

if TYPE_CHECKING:
    from crmdesk.db.session import Session
    from crmdesk.queries.staff import SignInRow
    from crmdesk.services.signin import Refused, SignedIn


class SignInPresenter(QObject):
    """Asks for whoever is in front of the desk; nothing of a PIN is kept."""

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        """Take where to ask."""
        super().__init__(parent)
        self._jobs = jobs

    def people(self, show: "Callable[[list[SignInRow]], None]") -> None:
        """List who may sign in."""

        def ask(session: "Session", context: Context) -> "list[SignInRow]":
            from crmdesk.queries.staff import people_to_sign_in

            return people_to_sign_in(session, context.store.id)

        self._jobs.read(self, ask, show, key="people")

    def sign_in(
        self,
        staff_id: int,
        pin: str,
        entered: "Callable[[SignedIn], None]",
        refused: "Callable[[Refused], None]",
        failed: Callable[[], None],
    ) -> None:
        """Check the PIN; exactly one of the three is called."""

        def work(session: "Session", context: Context) -> "Outcome[SignedIn | Refused]":
            from crmdesk.services.signin import SignIn, sign_in

            return sign_in(session, SignIn(staff_id, pin), context)

        def answered(result: "SignedIn | Refused") -> None:
            actor = getattr(result, "actor", None)
            (refused if actor is None else entered)(result)  # type: ignore[arg-type]

        self._jobs.write(self, work, answered, self._showing(failed))

    def sign_out(self, gone: Callable[[], None]) -> None:
        """Write down that the person left; she is gone also when that fails."""

        def work(session: "Session", context: Context) -> Outcome[None]:
            from crmdesk.services.signin import sign_out

            return sign_out(session, context)

        self._jobs.write(self, work, lambda _none: gone(), lambda _error: gone())

    def change_pin(
        self, old: str, new: str, done: "Callable[[Refused | None], None]", failed: Callable[[Exception], None]
    ) -> None:
        """Give the signed-in person a new PIN; `done` gets why the old one was not taken, or None."""

        def work(session: "Session", context: Context) -> "Outcome[Refused | None]":
            from crmdesk.services.signin import ChangePin, change_pin

            return change_pin(session, ChangePin(old, new), context)

        self._jobs.write(self, work, done, failed)

    def _showing(self, then: Callable[[], None]) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            errors.show(self, error)
            then()

        return failed

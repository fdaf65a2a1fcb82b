"""The dialog of one step: what was typed stays until it is on disk, also when somebody else was faster."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.errors import StaleError
from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.queries import ticket_detail
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service.case import Case
from crmdesk.views.service.history import title as event_title
from crmdesk.views.service.room import Room, Work
from crmdesk.views.support.desk import ToastAction
from crmdesk.views.support.form_dialog import NARROW, FormDialog
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.db.session import Session

T = TypeVar("T")
_SHOWN_CHANGES = 4


class StepDialog(FormDialog):
    """Subclasses add fields and override `send`, which calls `submit`."""

    def __init__(self, room: Room, case: Case, title: str, verb: str, text: str = "", width: int = NARROW) -> None:
        """Ask about the ticket of ``case``."""
        super().__init__(room.page, title, verb, text, width)
        self.room = room
        self.case = case
        self.ticket = case.ticket
        self.add_part(Text(_about(self.ticket), "muted", wrap=True))

    def step(self, note: str = "") -> Step:
        """Give the request of a step without further facts, as the ticket was seen."""
        return Step(self.ticket.id, self.ticket.version, note)

    def submit(self, work: Work[T], said: Callable[[T], str]) -> None:
        """Write; closes when it is on disk and says so."""
        self.room.desk.jobs.write(self, work, partial(self._written, said), self.refused)

    def _written(self, said: Callable[[T], str], value: T) -> None:
        self.accept()
        self.room.say(said(value), self.afterwards())

    def afterwards(self) -> Sequence[ToastAction]:
        """Give the toast's buttons: what is usually done next."""
        return ()

    @override
    def refused(self, error: Exception) -> None:
        """Show why it was not saved; what somebody else changed meanwhile is told and taken as seen."""
        if not isinstance(error, StaleError):
            super().refused(error)
            return
        self.read_again(self._changed)

    def read_again(self, done: Callable[[TicketDetail], None]) -> None:
        """Read the ticket as it is now."""
        self.room.desk.jobs.read(self, partial(_read, self.ticket.id), done, super().refused, key="again")

    def _changed(self, ticket: TicketDetail) -> None:
        changes = changes_since(self.ticket, ticket)[:_SHOWN_CHANGES]
        self.ticket = ticket
        self.save.setEnabled(True)
        said = gettext("Somebody else has changed this order meanwhile. What you typed is still here.")
        again = gettext("Look at it and press “{verb}” again if it still fits.").format(verb=self.save.text())
        self.notice.set(said, "\n".join([*changes, again]), Tone.WARN, "users")
        self.renewed()

    def renewed(self) -> None:
        """Show what depends on the ticket, after it was read again."""


def _read(ticket_id: int, session: "Session", context: Context) -> TicketDetail:
    return ticket_detail.detail(session, ticket_id, context)


def _about(ticket: TicketDetail) -> str:
    return " · ".join(part for part in (ticket.number, ticket.member_name, ticket.item or ticket.subject) if part)


def changes_since(seen: TicketDetail, now: TicketDetail) -> list[str]:
    """Say what happened to a ticket since it was seen, newest first."""
    known = set(seen.events)
    return [
        gettext("{person}: {what}").format(person=event.person, what=event_title(event))
        for event in now.events
        if event not in known
    ]

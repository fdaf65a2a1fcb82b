"""A ticket as the service screen shows it, and what each kind of ticket says about its own: facts, steps, papers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.views.service.room import Room
from crmdesk.views.support.widgets.facts_table import Fact

if TYPE_CHECKING:
    from crmdesk.db.session import Session


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket, what its kind has read besides (`CaseView.read`), and who looks at it when."""

    ticket: TicketDetail
    context: Context
    extra: object = None


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One thing that can be done: a verb; ``refusal`` greys it and says why, ``keys`` is only shown."""

    text: str
    icon: str
    run: Callable[[], None]
    refusal: str = ""
    keys: str = ""


class CasePart(QWidget):
    """A part of the panel that a kind draws itself, between facts and photos."""

    def show_case(self, case: Case) -> None:
        """Show this ticket."""
        raise NotImplementedError


class CaseView:
    """What one kind of ticket brings to the panel; one object per screen, asked again for every ticket shown."""

    def __init__(self, room: Room) -> None:
        """Keep where to write and over which page dialogs open."""
        self.room = room

    def read(self, session: "Session", ticket: TicketDetail, context: Context) -> object:
        """Read what this kind needs besides the ticket itself; runs in the database thread."""
        del session, ticket, context
        return None

    def primary(self, case: Case) -> CaseStep | None:
        """Give the one next legal step."""
        del case
        return None

    def beside(self, case: Case) -> Sequence[CaseStep]:
        """Give at most two further steps that stand beside the primary one."""
        del case
        return ()

    def more(self, case: Case) -> Sequence[CaseStep]:
        """Give all other steps for the menu, the forbidden ones with their reason."""
        del case
        return ()

    def papers(self, case: Case) -> Sequence[CaseStep]:
        """Give the papers; the first is what Ctrl+P prints."""
        del case
        return ()

    def facts(self, case: Case) -> Sequence[Fact]:
        """Give the facts of this kind, shown below what the customer said."""
        del case
        return ()

    def follow(self, case: Case, link: str) -> None:
        """Act on a fact's link."""

    def head(self) -> CasePart | None:
        """Build a part that is drawn above the steps; called once."""
        return None

    def part(self) -> CasePart | None:
        """Build a part that is drawn between facts and photos; called once."""
        return None

"""Between the parts about people around a member and the services: jobs only, no widgets."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.queries import firm_visits, people_around
from crmdesk.queries.firm_visits import FirmRow, FirmView, VisitRow
from crmdesk.queries.people_around import Around, Candidate
from crmdesk.services import firm_visits as visit_notes
from crmdesk.services import households, relatives
from crmdesk.services.firm_visits import VisitFacts
from crmdesk.services.households import EditHousehold, Join, MakeHousehold, SameHousehold
from crmdesk.services.relatives import RelativeFacts
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.row_source import RowSource

if TYPE_CHECKING:
    from crmdesk.db.session import Session

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


class PeoplePresenter:
    """The work of one screen or dialog; callbacks come on the GUI thread while ``owner`` lives."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """Serve ``owner``."""
        self.desk = desk
        self._jobs = desk.jobs
        self._owner = owner

    def context(self) -> Context:
        """Give the surroundings of the signed-in person."""
        return self.desk.signin.context()

    def read_around(self, member_id: int, done: Done[Around]) -> None:
        """Ask who is around a member."""
        self._jobs.read(
            self._owner,
            lambda session, context: people_around.people_around(session, member_id, context),
            done,
            key="around",
            background=True,
        )

    def read_candidates(self, text: str, done: Done[tuple[Candidate, ...]]) -> None:
        """Ask whom a text means."""
        self._jobs.read(
            self._owner,
            lambda session, context: people_around.candidates(session, text, context),
            done,
            key="candidates",
        )

    def read_visits(self, member_id: int, done: Done[tuple[VisitRow, ...]]) -> None:
        """Ask for the newest visits to a firm."""
        self._jobs.read(
            self._owner,
            lambda session, context: firm_visits.visits(session, member_id, context),
            done,
            key="visits",
            background=True,
        )

    def firms(self, view: FirmView) -> RowSource[FirmRow]:
        """Give the list of firms of one view."""

        def first(session: "Session", context: Context, order: Order | None, limit: int) -> list[FirmRow]:
            return firm_visits.first(session, view, context, order, limit)

        return RowSource(
            first=first,
            ids=lambda session, context, order: firm_visits.ids(session, view, context, order),
            rows=lambda session, context, wanted: firm_visits.rows(session, list(wanted), context),
        )

    def read_firm_counts(self, done: Done[dict[FirmView, int]]) -> None:
        """Ask how many firms each view holds."""
        self._jobs.read(self._owner, firm_visits.counts, done, key="counts", background=True)

    # -- writing -----------------------------------------------------------------------------

    def make(self, request: MakeHousehold, done: Done[int], failed: Failed) -> None:
        """Make a household or work unit."""
        self._jobs.write(self._owner, lambda s, c: households.make(s, request, c), done, failed)

    def edit(self, request: EditHousehold, done: Done[int], failed: Failed) -> None:
        """Change what is written about one."""
        self._jobs.write(self._owner, lambda s, c: households.edit(s, request, c), done, failed)

    def join(self, request: Join, done: Done[int], failed: Failed) -> None:
        """Let somebody come in."""
        self._jobs.write(self._owner, lambda s, c: households.join(s, request, c), done, failed)

    def set_role(self, request: Join, done: Done[int], failed: Failed) -> None:
        """Say what somebody is in a household."""
        self._jobs.write(self._owner, lambda s, c: households.set_role(s, request, c), done, failed)

    def leave(self, household_id: int, member_id: int, done: Done[bool]) -> None:
        """Let somebody go."""
        self._jobs.write(self._owner, lambda s, c: households.leave(s, household_id, member_id, c), done)

    def same_household(self, request: SameHousehold, done: Done[int]) -> None:
        """Let two members share a household."""
        self._jobs.write(self._owner, lambda s, c: households.same_household(s, request, c), done)

    def save_relative(self, request: RelativeFacts, done: Done[int], failed: Failed) -> None:
        """Add or change a relative."""
        self._jobs.write(self._owner, lambda s, c: relatives.save_relative(s, request, c), done, failed)

    def remove_relative(self, member_id: int, relative_id: int, done: Done[None]) -> None:
        """Take a relative away."""
        self._jobs.write(self._owner, lambda s, c: relatives.remove_relative(s, member_id, relative_id, c), done)

    def save_visit(self, request: VisitFacts, done: Done[int], failed: Failed) -> None:
        """Note a visit to a firm."""
        self._jobs.write(self._owner, lambda s, c: visit_notes.save_visit(s, request, c), done, failed)

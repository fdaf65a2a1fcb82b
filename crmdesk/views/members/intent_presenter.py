"""Between the parts about wishes and the services: jobs only, no widgets."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from crmdesk.core.care import CallbackReason
from crmdesk.core.context import Context
from crmdesk.core.member_words import IntentState
from crmdesk.core.order import Order
from crmdesk.queries import intents as wishes
from crmdesk.queries.intents import IntentRow, IntentView
from crmdesk.services import intents
from crmdesk.services.intents import EndIntent, NoteIntent
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.row_source import RowSource

if TYPE_CHECKING:
    from crmdesk.db.session import Session

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


class IntentPresenter:
    """The work of one screen or dialog; callbacks come on the GUI thread while ``owner`` lives."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """Serve ``owner``."""
        self._desk = desk
        self._owner = owner

    def context(self) -> Context:
        """Give the surroundings of the signed-in person."""
        return self._desk.signin.context()

    def rows(self, view: IntentView) -> RowSource[IntentRow]:
        """Give the list of one view."""

        def first(session: "Session", context: Context, order: Order | None, limit: int) -> list[IntentRow]:
            return wishes.first(session, view, context, order, limit)

        return RowSource(
            first=first,
            ids=lambda session, context, order: wishes.ids(session, view, context, order),
            rows=lambda session, context, wanted: wishes.rows(session, list(wanted), context),
        )

    def read_counts(self, done: Done[dict[IntentView, int]]) -> None:
        """Ask how many wishes each view holds."""
        self._desk.jobs.read(self._owner, wishes.counts, done, key="counts", background=True)

    def read_member(self, member_id: int, done: Done[tuple[IntentRow, ...]]) -> None:
        """Ask for the wishes of a member."""
        self._desk.jobs.read(
            self._owner,
            lambda session, context: wishes.of_member(session, member_id, context),
            done,
            key="wishes",
            background=True,
        )

    def note(self, request: NoteIntent, done: Done[int], failed: Failed) -> None:
        """Note a wish."""
        self._desk.jobs.write(self._owner, lambda s, c: intents.note(s, request, c), done, failed)

    def end(self, row: IntentRow, state: IntentState, done: Done[IntentState]) -> None:
        """Close a wish, or open it again."""
        request = EndIntent(row.id, row.version, state)
        self._desk.jobs.write(self._owner, lambda s, c: intents.end(s, request, c), done)

    def call_now(self, member_id: int, reason: CallbackReason, done: Done[int]) -> None:
        """Put a call on today's list."""
        self._desk.jobs.write(self._owner, lambda s, c: intents.call_now(s, member_id, reason, c), done)

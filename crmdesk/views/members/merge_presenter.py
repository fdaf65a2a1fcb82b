"""Between the screens of lookalikes and merges and the services: gathers requests, submits jobs; no widgets."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.member_words import PairState
from crmdesk.core.order import Order
from crmdesk.queries import duplicates as pairs
from crmdesk.queries.duplicates import PairRow, PairView, SearchStanding
from crmdesk.queries.merge_compare import Comparison
from crmdesk.queries.merged import MergeShown, merges_of, recent_merges
from crmdesk.services import duplicates, merge_open, merge_undo, merges
from crmdesk.services.duplicates import Decide
from crmdesk.services.merge_undo import UndoMerge, Undone
from crmdesk.services.merges import Merged, MergeMembers
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.row_source import RowSource

if TYPE_CHECKING:
    from crmdesk.db.session import Session

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


class MergePresenter:
    """The work of one screen or dialog; callbacks come on the GUI thread while ``owner`` lives."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """Serve ``owner``."""
        self.desk = desk
        self._owner = owner

    def context(self) -> Context:
        """Give the surroundings of the signed-in person."""
        return self.desk.signin.context()

    def pairs(self, view: PairView) -> RowSource[PairRow]:
        """Give the list of one view."""

        def first(session: "Session", context: Context, order: Order | None, limit: int) -> list[PairRow]:
            return pairs.first(session, view, context, order, limit)

        return RowSource(
            first=first,
            ids=lambda session, context, order: pairs.ids(session, view, context, order),
            rows=lambda session, context, wanted: pairs.rows(session, wanted, context),
        )

    def read_counts(self, done: Done[dict[PairView, int]]) -> None:
        """Ask how many pairs each view holds."""
        self.desk.jobs.read(self._owner, pairs.counts, done, key="counts", background=True)

    def read_standing(self, done: Done[SearchStanding]) -> None:
        """Ask where the search stands."""
        self.desk.jobs.read(self._owner, pairs.standing, done, key="standing", background=True)

    def decide(self, row: PairRow, state: PairState, done: Done[PairState]) -> None:
        """Say that two files are different people or one household."""
        request = Decide(row.id, row.version, state)
        self.desk.jobs.write(self._owner, lambda session, context: duplicates.decide(session, request, context), done)

    def say(self, first_id: int, second_id: int, state: PairState, done: Done[PairState]) -> None:
        """Say the same of two files that no list holds."""
        self.desk.jobs.write(
            self._owner, lambda session, context: duplicates.say(session, first_id, second_id, state, context), done
        )

    def compare(self, first_id: int, second_id: int, done: Done[Comparison], failed: Failed | None = None) -> None:
        """Open two files side by side; the look is noted."""
        self.desk.jobs.write(
            self._owner,
            lambda session, context: merge_open.open_pair(session, first_id, second_id, context),
            done,
            failed,
        )

    def compare_with(self, member_id: int, typed: str, done: Done[Comparison]) -> None:
        """Open a file beside the one whose number or card was typed; the look is noted."""
        self.desk.jobs.write(
            self._owner,
            lambda session, context: merge_open.open_with(session, member_id, typed, context),
            done,
        )

    def merge(self, shown: Comparison, taken: Collection[str], done: Done[Merged], failed: Failed) -> None:
        """Make two files one."""
        kept, gone = shown.kept, shown.gone
        request = MergeMembers(kept.id, kept.version, gone.id, gone.version, frozenset(taken))
        self.desk.jobs.write(
            self._owner, lambda session, context: merges.merge(session, request, context), done, failed
        )

    def read_merges(self, member_id: int | None, done: Done[tuple[MergeShown, ...]]) -> None:
        """Ask for the merges of a member, or for all that can still be taken back."""
        self.desk.jobs.read(
            self._owner,
            lambda session, context: (
                recent_merges(session, context) if member_id is None else merges_of(session, member_id, context)
            ),
            done,
            key="merges",
        )

    def undo(self, merge_id: int, version: int, done: Done[Undone]) -> None:
        """Take a merge back."""
        request = UndoMerge(merge_id, version)
        self.desk.jobs.write(self._owner, lambda session, context: merge_undo.undo(session, request, context), done)

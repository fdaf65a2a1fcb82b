"""Between the purchase screens and the services: jobs only, no widgets."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.queries import people_around, purchase_rows
from crmdesk.queries.people_around import Candidate
from crmdesk.queries.purchase_case import PurchaseCase, purchase_case
from crmdesk.queries.purchase_rows import PurchaseFilter, PurchaseRow
from crmdesk.services import purchase_desk
from crmdesk.services.purchase_desk import Effect, PutRight, TakeBack
from crmdesk.services.purchases import PurchaseFacts
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.row_source import RowSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmdesk.db.session import Session

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]
Guides = tuple[tuple[int, str], ...]


class PurchasePresenter:
    """The work of one screen or dialog; callbacks come on the GUI thread while ``owner`` lives."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """Serve ``owner``."""
        self._jobs = desk.jobs
        self._signin = desk.signin
        self._owner = owner

    def context(self) -> Context:
        """Give the surroundings of the signed-in person."""
        return self._signin.context()

    def purchases(self, chosen: PurchaseFilter) -> RowSource[PurchaseRow]:
        """Give the list of one filter."""

        def first(session: "Session", context: Context, order: Order | None, limit: int) -> list[PurchaseRow]:
            return purchase_rows.first(session, chosen, context, order, limit)

        def ids(session: "Session", context: Context, order: Order | None) -> "Iterable[int]":
            return purchase_rows.ids(session, chosen, context, order)

        return RowSource(
            first=first, ids=ids, rows=lambda session, context, wanted: purchase_rows.rows(session, wanted, context)
        )

    def read_guides(self, done: Done[Guides]) -> None:
        """Ask who sells."""
        self._jobs.read(self._owner, purchase_rows.guides, done, key="guides", background=True)

    def read_case(self, purchase_id: int, done: Done[PurchaseCase], failed: Failed | None = None) -> None:
        """Ask for one receipt."""
        self._jobs.read(
            self._owner,
            lambda session, context: purchase_case(session, purchase_id, context),
            done,
            failed,
            key="case",
        )

    def read_candidates(self, text: str, done: Done[tuple[Candidate, ...]]) -> None:
        """Ask whom a text means."""
        self._jobs.read(
            self._owner,
            lambda session, context: people_around.candidates(session, text, context),
            done,
            key="candidates",
        )

    def enter(self, request: PurchaseFacts, done: Done[Effect], failed: Failed) -> None:
        """Keep a receipt typed in."""
        self._jobs.write(
            self._owner, lambda session, context: purchase_desk.enter(session, request, context), done, failed
        )

    def take_back(self, request: TakeBack, done: Done[Effect], failed: Failed) -> None:
        """Keep goods that come back."""
        self._jobs.write(
            self._owner, lambda session, context: purchase_desk.take_back(session, request, context), done, failed
        )

    def put_right(self, request: PutRight, done: Done[Effect], failed: Failed) -> None:
        """Counter a wrong receipt and keep the right one."""
        self._jobs.write(
            self._owner, lambda session, context: purchase_desk.put_right(session, request, context), done, failed
        )

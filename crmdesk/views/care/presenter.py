"""Between the care screens and the services: gathers requests, submits jobs; no widgets."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.queries import call_run, callbacks
from crmdesk.queries.call_run import CallCard
from crmdesk.queries.callbacks import CallFilter, CallRow, CallView
from crmdesk.services import call_start
from crmdesk.services import callbacks as writing
from crmdesk.services.call_start import CallBegun
from crmdesk.services.callbacks import CallLogged, LogCall
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.row_source import RowSource

if TYPE_CHECKING:
    from crmdesk.db.session import Session

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


class CarePresenter:
    """The work of one care screen; callbacks come on the GUI thread while ``owner`` lives."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """Serve ``owner``."""
        self.desk = desk
        self._owner = owner

    @property
    def context(self) -> Context:
        """The surroundings of the signed-in person."""
        return self.desk.signin.context()

    @property
    def zone(self) -> str:
        """The store's zone."""
        return self.context.store.zone

    def now(self) -> datetime:
        """Give the present moment."""
        return self.desk.clock.now()

    def today(self) -> date:
        """Give the store's day."""
        return self.context.today()

    def source(self, chosen: CallFilter) -> RowSource[CallRow]:
        """Give the list of one view."""
        return RowSource(
            first=lambda session, context, order, limit: _first(session, context, order, (chosen, limit)),
            ids=lambda session, context, order: callbacks.ids(session, chosen, context, order),
            rows=lambda session, context, wanted: callbacks.rows(session, wanted, context),
        )

    def read_counts(self, done: Done[dict[CallView, int]]) -> None:
        """Ask how many each view holds."""
        self.desk.jobs.read(self._owner, callbacks.counts, done, key="counts", background=True)

    def read_run(self, chosen: CallFilter, done: Done[list[int]]) -> None:
        """Ask whom a run over a view calls."""
        self.desk.jobs.read(
            self._owner, lambda session, context: callbacks.run_keys(session, chosen, context), done, key="run"
        )

    def read_card(self, callback_id: int, done: Done[CallCard], failed: Failed | None = None) -> None:
        """Ask for one member of the run."""
        card = partial(call_run.call_card, callback_id=callback_id)
        self.desk.jobs.read(self._owner, lambda session, context: card(session, context=context), done, failed, key="1")

    def read_ahead(self, callback_id: int, done: Done[CallCard]) -> None:
        """Ask for the next member while the present one is on the phone."""
        card = partial(call_run.call_card, callback_id=callback_id)
        self.desk.jobs.read(
            self._owner,
            lambda session, context: card(session, context=context),
            done,
            lambda _gone: None,  # it is read again when its turn comes
            key="ahead",
            background=True,
        )

    def begin_call(self, callback_id: int, done: Done[CallBegun], failed: Failed) -> None:
        """Ask for the phone; the look is noted."""
        begin = partial(call_start.begin_call, callback_id=callback_id)
        self.desk.jobs.write(self._owner, lambda session, context: begin(session, context=context), done, failed)

    def log(self, request: LogCall, done: Done[CallLogged], failed: Failed) -> None:
        """Write down what came of it."""
        self.desk.jobs.write(
            self._owner, lambda session, context: writing.log_call(session, request, context), done, failed
        )


def _first(session: "Session", context: Context, order: Order | None, wanted: tuple[CallFilter, int]) -> list[CallRow]:
    chosen, limit = wanted
    return callbacks.first(session, chosen, context, order, limit)

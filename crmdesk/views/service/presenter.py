"""What the service screen asks and in which order; knows no widget."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.core.tickets import TicketKind
from crmdesk.queries import ticket_detail, ticket_rows
from crmdesk.queries.ticket_board import BoardPile, board
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.queries.ticket_rows import TicketRow
from crmdesk.views.service.case import Case, CaseView
from crmdesk.views.service.room import Room
from crmdesk.views.support.row_source import RowSource

if TYPE_CHECKING:
    from crmdesk.db.session import Session


def source(chosen: TicketFilter) -> RowSource[TicketRow]:
    """Give the list of a filter."""
    return RowSource(partial(_first, chosen), partial(_ids, chosen), _rows)


def _first(
    chosen: TicketFilter, session: "Session", context: Context, order: Order | None, limit: int
) -> Sequence[TicketRow]:
    return ticket_rows.first(session, chosen, context, order, limit)


def _ids(chosen: TicketFilter, session: "Session", context: Context, order: Order | None) -> Sequence[int]:
    return ticket_rows.ids(session, chosen, context, order)


def _rows(session: "Session", context: Context, wanted: Sequence[int]) -> Sequence[TicketRow]:
    return ticket_rows.rows(session, wanted, context)


class Presenter:
    """Asks for counts and cases on behalf of a page."""

    def __init__(self, room: Room, views: dict[TicketKind, CaseView]) -> None:
        """Take where to ask, and who serves which kind."""
        self._room = room
        self._views = views

    def ask_counts(self, done: Callable[[dict[TicketView, int]], None]) -> None:
        """Count what each view holds."""
        self._room.desk.jobs.read(self._room.page, ticket_rows.counts, done, key="counts", background=True)

    def ask_board(self, wanted: TicketFilter, done: Callable[[tuple[BoardPile, ...]], None]) -> None:
        """Read the board of what the list shows; a newer question drops the older one."""
        work = partial(_board, wanted)
        self._room.desk.jobs.read(self._room.page, work, done, key="board")

    def ask_case(self, ticket_id: int, done: Callable[[Case], None], failed: Callable[[Exception], None]) -> None:
        """Read one ticket with what its kind needs; a newer question drops the older one."""
        work = partial(read_case, self._views, ticket_id)
        self._room.desk.jobs.read(self._room.page, work, done, failed, key="case")


def _board(wanted: TicketFilter, session: "Session", context: Context) -> tuple[BoardPile, ...]:
    return board(session, wanted, context)


def read_case(views: dict[TicketKind, CaseView], ticket_id: int, session: "Session", context: Context) -> Case:
    """Read one ticket with what its kind needs; runs in the database thread."""
    ticket = ticket_detail.detail(session, ticket_id, context)
    return Case(ticket, context, views[ticket.kind].read(session, ticket, context))

"""Lists by clock over many waiting tickets: as they are kept, against counting every clock anew."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.core.tickets import TicketKind, TicketState
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.models.ticket import Ticket
from crmdesk.models.ticket_clock import ClockStand
from crmdesk.queries import clock_lists, ticket_rows
from crmdesk.queries.clock_lists import ClockView
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.services.ticket_due import keep_store
from tests.bench.row import BenchRow, Ctx, once, timed, timing
from tests.bench.search import bench_context

_PAGE = 100
_TICKETS = 200_000


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give counts and first page of each list, where 200,000 tickets of the store are in work."""
    metadata()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "waiting.db"
        shutil.copyfile(ctx.store(), path)
        database = Database.open(path)
        context = bench_context()
        waiting = _let_wait(database, context)
        kept = once(lambda: _keep(database, context))
        with database.reading() as session:
            counting = once(lambda: clock_lists.clock_keys(session, context))
            yield from _lists(session, context, ctx.rounds, (waiting, counting))
        database.dispose()
    yield BenchRow("clocks: all days counted anew and kept", timing([kept]), note="once, when rules change")


def _let_wait(database: Database, context: Context) -> int:
    """Let the store have as many tickets as the largest has, all in work."""
    own = Ticket.store_id == context.store.id
    with database.transaction() as session:
        while (there := session.scalar(select(func.count()).select_from(Ticket).where(own)) or 0) < _TICKETS:
            _double(session, context.store.id, _TICKETS - there)
        session.execute(delete(ClockStand))  # what is kept does not know of them yet
        session.execute(update(Ticket).where(own).values(state=TicketState.IN_WORK, kind=TicketKind.REPAIR))
        return there


def _double(session: Session, store_id: int, most: int) -> None:
    columns = [column.name for column in Ticket.__table__.columns]
    again = {
        "id": "(SELECT max(id) FROM ticket) + row_number() OVER ()",
        "number": "number || '-' || row_number() OVER () || '-' || (SELECT count(*) FROM ticket)",
    }
    said = ", ".join(again.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    session.connection().exec_driver_sql(
        f"INSERT INTO ticket ({names}) SELECT {said} FROM ticket WHERE store_id = {store_id} LIMIT {most}"  # noqa: S608
    )


def _keep(database: Database, context: Context) -> None:
    with database.transaction() as session:
        keep_store(session, context.store.id)


def _lists(session: Session, context: Context, rounds: int, known: tuple[int, float]) -> Iterator[BenchRow]:
    waiting, counting = known
    for view in ClockView:
        wanted = TicketFilter(TicketView(view.value))
        count = timed(lambda wanted=wanted: ticket_rows.count(session, wanted, context), rounds)  # type: ignore[misc]
        found = ticket_rows.count(session, wanted, context)
        note = f"{found:,} of {waiting:,} waiting tickets"
        yield BenchRow(f"clocks, {view.value}: count", count, {"counting each clock": counting}, note=note)
    red = TicketFilter(TicketView.RED)
    page = timed(lambda: ticket_rows.first(session, red, context, Order("received"), _PAGE), rounds)
    yield BenchRow("clocks, red: first page", page, {"counting each clock": counting})
    soon = timed(lambda: clock_lists.soon(session, 2, 5, context), rounds)
    yield BenchRow("clocks: the most urgent on the board", soon, {"counting each clock": counting})

"""The list of tickets in the service screen's views: first paint, counts on the chips, jump to the end."""

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select
from sqlalchemy.orm import configure_mappers

from crmdesk.core.context import Context
from crmdesk.core.i18n import mark
from crmdesk.migrations.schema import metadata
from tests.bench.row import BenchRow, Ctx, in_own_process, timing
from tests.bench.search import bench_context

if TYPE_CHECKING:
    from crmdesk.queries.ticket_filter import TicketFilter
    from crmdesk.queries.ticket_rows import TicketRow
    from crmdesk.views.support.jobs import JobRunner
    from tests.bench.stage import Stage

PROCESSES = 3
COLUMNS = ("number", "kind", "state", "member_name", "subject", "received_at", "promised_on")
VIEWS = ("all", "open", "overdue", "red", "warning", "still", "to_collect", "typed")
TYPED = "轮子"
# What the peer shows: the same columns of the two tables.
PEER = (
    "SELECT t.number, t.kind, t.state, m.name, t.subject, t.received_at, t.promised_on FROM ticket t "
    "JOIN member m ON m.id = t.member_id ORDER BY t.id DESC"
)


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give first paint of every view, jump to the end of all, and the counts."""
    path = str(ctx.store())
    peer = [in_own_process("tests.bench.ticket_list:sql_query_model", path).value for _ in range(PROCESSES)]
    for view in VIEWS:
        ours = [in_own_process("tests.bench.ticket_list:ours", path, view).value for _ in range(PROCESSES)]
        against = {"QSqlQueryModel": median(one["first"] for one in peer)} if view == "all" else {}
        note = f"{ours[0]['rows']:,} of {ctx.members // 5:,} tickets"
        yield BenchRow(f"tickets, {view}: first paint", timing([one["first"] for one in ours]), against, note=note)
        if view == "all":
            end = {"QSqlQueryModel": median(one["end"] for one in peer)}
            yield BenchRow("tickets, all: jump to the end", timing([one["end"] for one in ours]), end)
            counts = [spent for one in ours for spent in one["counts"]]
            yield BenchRow("tickets: counts on the chips", timing(counts), note="in the background")
            boards = [spent for one in ours for spent in one["board"]]
            yield BenchRow("tickets: the board, 50 cards a column", timing(boards), note="in the background")


class _Clerk:
    def context(self) -> Context:
        return bench_context()


def _failed(_owner: object, error: Exception, _retry: object) -> None:
    raise error


def _text(name: str) -> Callable[[object], str]:
    return lambda row: str(getattr(row, name))


def ours(path: str, view: str) -> dict[str, Any]:
    """Open a view with the program's table; called in a process of its own."""
    from crmdesk.db.engine import Database
    from crmdesk.queries import ticket_rows
    from crmdesk.queries.ticket_board import board
    from crmdesk.queries.ticket_filter import TicketFilter, TicketView
    from crmdesk.views.support.bus import Bus
    from crmdesk.views.support.jobs import JobRunner
    from tests.bench.stage import Stage

    metadata()
    stage = Stage()
    database = Database.open(Path(path))
    jobs = JobRunner(database, _Clerk(), Bus(), cast("Any", _failed))
    jobs.read(stage.view, lambda session, _context: session.execute(select(1)).scalar(), lambda _one: None)
    stage.until(jobs.is_idle)
    configure_mappers()  # the first sign-in did that
    gc.freeze()  # as the program does when its store is open
    chosen = TicketFilter(TicketView.ALL, text=TYPED) if view == "typed" else TicketFilter(TicketView(view))
    found = _look(stage, jobs, chosen)
    jobs.close()
    with database.reading() as session:
        found["counts"] = [_spent(lambda: ticket_rows.counts(session, bench_context())) for _ in range(5)]
        found["board"] = [_spent(lambda: board(session, TicketFilter(), bench_context())) for _ in range(5)]
    database.dispose()
    return found


def _spent(work: Callable[[], object]) -> float:
    """Give how many milliseconds ``work`` takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _look(stage: "Stage", jobs: "JobRunner", chosen: "TicketFilter") -> dict[str, Any]:
    from crmdesk.views.service.presenter import source
    from crmdesk.views.support.columns import Column
    from crmdesk.views.support.row_table import RowTable

    started = time.perf_counter()
    columns: list[Column[TicketRow]] = [Column(name, mark(name), _text(name)) for name in COLUMNS]
    table = RowTable(columns, jobs)
    stage.view.setModel(table)
    stage.view.show()
    counted: list[int] = []
    table.counted.connect(counted.append)
    table.set_source(source(chosen))
    stage.until(table.is_loaded)
    stage.paint()
    first = (time.perf_counter() - started) * 1000
    stage.until(lambda: bool(counted) and jobs.is_idle())
    last = table.rowCount() - 1
    started = time.perf_counter()
    if last >= 0:
        stage.view.scrollToBottom()
        stage.until(lambda: table.row_at(last) is not None)
        stage.paint()
    return {"first": first, "end": (time.perf_counter() - started) * 1000, "rows": last + 1}


def sql_query_model(path: str) -> dict[str, float]:
    """Open the whole list with QSqlQueryModel; called in a process of its own."""
    from PySide6.QtSql import QSqlDatabase, QSqlQueryModel

    from tests.bench.stage import Stage

    stage = Stage()
    base = QSqlDatabase.addDatabase("QSQLITE")
    base.setDatabaseName(path)
    if not base.open():
        raise RuntimeError(base.lastError().text())
    started = time.perf_counter()
    model = QSqlQueryModel()
    model.setQuery(PEER, base)
    stage.view.setModel(model)
    stage.view.show()
    stage.paint()
    first = (time.perf_counter() - started) * 1000
    started = time.perf_counter()
    while model.canFetchMore():
        model.fetchMore()
    stage.view.scrollToBottom()
    stage.paint()
    return {"first": first, "end": (time.perf_counter() - started) * 1000}

"""A list of a million members in a table view: our windowed table against Qt's own SQL models."""

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
from tests.bench.child import peak_mb
from tests.bench.member_list import TYPED
from tests.bench.row import BenchRow, Ctx, Measured, Timing, in_own_process, timing
from tests.bench.search import bench_context
from tests.bench.store_rows import FIRST_STORE

if TYPE_CHECKING:
    from crmdesk.queries.member_rows import MemberRow
    from crmdesk.views.support.jobs import JobRunner
    from tests.bench.stage import Stage

PROCESSES = 5
PEERS = {"QSqlTableModel": "sql_table_model", "QSqlQueryModel": "sql_query_model"}
# QSqlTableModel shows its table as it is; QSqlQueryModel is asked for what our list shows: the same columns, members
# and order. Ours reads what else a row holds too (guide, purchases, tags, birthday).
PEER_COLUMNS = (
    "number, name, (SELECT digits FROM member_phone p WHERE p.member_id = member.id ORDER BY p.ordinal LIMIT 1), "
    "tier, joined_on"
)
PEER_MEMBERS = "state NOT IN ('walk_in', 'merged', 'erased')"
ORDERS = {"newest first": "id DESC", "by name": "name, id"}


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give first paint, jump to the end and memory, for two orders and with a filter."""
    path = str(ctx.store())
    for what in (*ORDERS, "filtered"):
        found: dict[str, list[Measured]] = {name: [] for name in ("ours", *PEERS)}
        for _ in range(PROCESSES):  # in turn: what else the machine does then meets all of them
            for name, measured in found.items():
                measured.append(in_own_process(f"tests.bench.long_list:{PEERS.get(name, name)}", path, what))
        yield from _rows_of(what, found.pop("ours"), found)


def _rows_of(what: str, ours: list[Measured], peers: dict[str, list[Measured]]) -> Iterator[BenchRow]:
    reach = {
        "first": "≤ 1.5 × QSqlQueryModel",
        "end": "≥ 100 × faster than QSqlQueryModel",
        "grown_mb": "≤ 1/5 of QSqlQueryModel",
    }
    for key, work in (("first", "first paint"), ("end", "jump to the end"), ("grown_mb", "memory it took")):
        against = {name: _median(found, key) for name, found in peers.items()}
        spent = [one.value[key] for one in ours]
        note = f"keys of all rows there after {_median(ours, 'keys'):.0f} ms, in the background" if key == "end" else ""
        if key == "grown_mb":
            yield BenchRow(
                f"list {what}: {work}", Timing(median(spent), max(spent)), against, reach=reach[key], unit="MB"
            )
        else:
            yield BenchRow(f"list {what}: {work}", timing(spent), against, reach=reach[key], note=note)


def _median(found: list[Measured], key: str) -> float:
    return float(median(one.value[key] for one in found))


class _Clerk:
    def context(self) -> Context:
        return bench_context()


def _failed(_owner: object, error: Exception, _retry: object) -> None:
    raise error


def ours(path: str, what: str) -> dict[str, float]:
    """Open the list with the program's table; called in a process of its own."""
    from crmdesk.db.engine import Database
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
    found = _look(stage, jobs, what)
    jobs.close()
    database.dispose()
    return found


def _look(stage: "Stage", jobs: "JobRunner", what: str) -> dict[str, float]:
    from crmdesk.views.support.columns import Column
    from crmdesk.views.support.row_source import RowSource
    from crmdesk.views.support.row_table import RowTable
    from tests.bench.member_list import COLUMNS, MemberList

    before, started = peak_mb(), time.perf_counter()
    columns: list[Column[MemberRow]] = [Column(name, mark(name), _text(name)) for name in COLUMNS]
    table = RowTable(columns, jobs)
    stage.view.setModel(table)
    stage.view.show()
    members = MemberList(what)
    counted: list[int] = []
    table.counted.connect(counted.append)
    table.set_source(RowSource(members.first, members.ids, members.rows))
    stage.until(lambda: table.is_loaded() and table.rowCount() > 0)
    stage.paint()
    first = (time.perf_counter() - started) * 1000
    keys = first + stage.until(lambda: bool(counted) and jobs.is_idle())
    last = table.rowCount() - 1
    started = time.perf_counter()
    stage.view.scrollToBottom()
    stage.until(lambda: table.row_at(last) is not None)
    stage.paint()
    end = (time.perf_counter() - started) * 1000
    return {"first": first, "end": end, "keys": keys, "grown_mb": peak_mb() - before, "rows": last + 1}


def _text(name: str) -> Callable[[object], str]:
    return lambda row: str(getattr(row, name))


def sql_table_model(path: str, what: str) -> dict[str, float]:
    """Open the list with QSqlTableModel; called in a process of its own."""
    from PySide6.QtCore import Qt
    from PySide6.QtSql import QSqlTableModel

    def opened(base: Any) -> Any:  # noqa: ANN401 - Qt's
        model = QSqlTableModel(None, base)
        model.setTable("member")
        if what == "filtered":
            model.setFilter(f"name LIKE '%{TYPED}%'")
        place = 3 if what == "by name" else 0
        model.setSort(place, Qt.SortOrder.AscendingOrder if place else Qt.SortOrder.DescendingOrder)
        model.select()
        return model

    return _peer(path, opened)


def sql_query_model(path: str, what: str) -> dict[str, float]:
    """Open the list with QSqlQueryModel and only the columns shown; called in a process of its own."""
    from PySide6.QtSql import QSqlQueryModel

    def opened(base: Any) -> Any:  # noqa: ANN401 - Qt's
        store = (
            f"store_id = {FIRST_STORE}" if what == "by name" else f"store_id + 0 = {FIRST_STORE}"
        )  # as ours: else the wrong index is taken
        typed = f"AND name LIKE '%{TYPED}%'" if what == "filtered" else ""
        order = ORDERS.get(what, "id DESC")
        model = QSqlQueryModel()
        asked = f"SELECT {PEER_COLUMNS} FROM member WHERE {store} AND {PEER_MEMBERS} {typed} ORDER BY {order}"  # noqa: S608 - our words
        model.setQuery(asked, base)
        return model

    return _peer(path, opened)


def _peer(path: str, opened: Callable[[Any], Any]) -> dict[str, float]:
    from PySide6.QtSql import QSqlDatabase

    from tests.bench.stage import Stage

    stage = Stage()
    base = QSqlDatabase.addDatabase("QSQLITE")
    base.setDatabaseName(path)
    if not base.open():
        raise RuntimeError(base.lastError().text())
    before = peak_mb()
    started = time.perf_counter()
    model = opened(base)
    stage.view.setModel(model)
    stage.view.show()
    stage.paint()
    first = (time.perf_counter() - started) * 1000
    started = time.perf_counter()
    while model.canFetchMore():
        model.fetchMore()
    stage.view.scrollToBottom()
    stage.paint()
    end = (time.perf_counter() - started) * 1000
    return {"first": first, "end": end, "keys": 0.0, "grown_mb": peak_mb() - before, "rows": model.rowCount()}

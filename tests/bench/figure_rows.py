"""Recency, frequency and money, the figures of twelve months, and the board, over the bench store.

duckdb is no dependency of anything: where it can be imported (``PYTHONPATH``) it is a peer, otherwise its figure is
left out. It cannot read the store's file by itself, so its time is given with and without making its own copy.
"""

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from crmdesk.core.context import Context
from crmdesk.core.roles import RIGHTS, Role
from tests.bench.child import peak_mb
from tests.bench.row import BenchRow, Ctx, Measured, in_own_process, once, timing
from tests.bench.search import bench_context
from tests.bench.store_rows import LAST_DAY

ROUNDS = 3
FIRST_DAY = LAST_DAY - timedelta(days=364)
PERIOD = f"day BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'"
YEAR_BEFORE = f"day BETWEEN '{FIRST_DAY - timedelta(days=365)}' AND '{FIRST_DAY - timedelta(days=1)}'"
RFM = "SELECT member_id, max(day), count(DISTINCT day), count(*), sum(net) FROM purchase GROUP BY member_id"
BUYERS = f"SELECT count(DISTINCT day) AS days FROM purchase WHERE {PERIOD} AND net >= 0 GROUP BY member_id"  # noqa: S608 - our own words
SUMS = "sum(CASE WHEN net >= 0 THEN net END), sum(CASE WHEN net < 0 THEN net END), sum(pieces), count(*)"
REPEATS = "SELECT count(*), sum(CASE WHEN days >= 2 THEN 1 ELSE 0 END) FROM"
# What the sales figures need from the receipts; a month is cut out of the day as each of the two understands it.
SALES = (
    f"SELECT {SUMS} FROM purchase WHERE {PERIOD}",  # noqa: S608 - our own words
    f"{REPEATS} ({BUYERS})",
    f"{REPEATS} ({BUYERS}, MONTH_OF_DAY)",
    f"SELECT sum(net) FROM purchase WHERE {YEAR_BEFORE}",  # noqa: S608 - our own words
)
SCORES = ", ".join(
    f"1 + 5 * (rank() OVER (ORDER BY {value}) - 1) // count(*) OVER ()"
    for value in ("max(day)", "count(DISTINCT day)", "sum(net) / count(*)")
)
SCORED = f"SELECT member_id, {SCORES} FROM purchase GROUP BY member_id"  # noqa: S608 - our own words


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give the rows."""
    path = str(ctx.store())
    found = {name: in_own_process(f"tests.bench.figure_rows:{name}", path) for name in ("ours_rfm", "ours", "bare")}
    peer = in_own_process("tests.bench.figure_rows:duck", path).value if _has_duckdb() else {}
    yield _rfm_row(found, peer)
    ours, bare = found["ours"].value, found["bare"].value
    yield BenchRow(
        "sales figures of twelve months",
        timing(ours["sales"]),
        {"bare driver, same sums": min(bare["sales"]), **_peer(peer, "sales")},
        reach="≤ 3 × duckdb on the same file",
        note=_without(peer),
    )
    yield BenchRow("all figures of twelve months", timing(ours["all"]), peak_mb=found["ours"].peak_mb)
    yield BenchRow("all figures of a month", timing(ours["month"]))
    yield BenchRow("today board", timing(ours["board"]))


def _rfm_row(found: dict[str, Measured], peer: dict[str, Any]) -> BenchRow:
    ours = found["ours_rfm"]
    return BenchRow(
        "RFM with quintile scores, every member",
        timing(ours.value["ms"]),
        {"bare driver, sums only": min(found["bare"].value["rfm"]), **_peer(peer, "rfm")},
        ours.value["grown_mb"],
        "≤ 3 × duckdb on the same file",
        f"{ours.value['members']:,} members with a purchase{_without(peer)}",
    )


def _peer(peer: dict[str, Any], work: str) -> dict[str, float]:
    if not peer:
        return {}
    own = min(peer[work])
    return {"duckdb on its own copy": own, "duckdb with copying": own + peer["copy"]}


def _without(peer: dict[str, Any]) -> str:
    return "" if peer else "; duckdb n/a here"


def _has_duckdb() -> bool:
    return importlib.util.find_spec("duckdb") is not None


def _manager() -> Context:
    context = bench_context()
    return replace(context, actor=replace(context.actor, role=Role.MANAGER, rights=RIGHTS[Role.MANAGER]))


def _times(work: Callable[[], object]) -> list[float]:
    return [once(work) for _ in range(ROUNDS)]


def ours_rfm(path: str) -> dict[str, Any]:
    """Compute scores as the command and the workbook do; called in a process of its own."""
    from crmdesk.db.engine import Database
    from crmdesk.migrations.schema import metadata
    from crmdesk.queries.rfm import rfm_table

    metadata()
    database = Database.open(Path(path))
    before = peak_mb()
    counted: list[int] = []
    with database.reading() as session:

        def work() -> None:
            table = rfm_table(session, LAST_DAY)
            counted.append(len(table.scores()[0]))

        spent = _times(work)
    database.dispose()
    return {"ms": spent, "members": counted[0], "grown_mb": peak_mb() - before}


def ours(path: str) -> dict[str, list[float]]:
    """Compute the figures as the program does; called in a process of its own."""
    from crmdesk.db.engine import Database
    from crmdesk.migrations.schema import metadata
    from crmdesk.queries.board import board
    from crmdesk.queries.figures import figures_between
    from crmdesk.queries.figures_sales import sales_figures
    from crmdesk.queries.report_span import span_of

    metadata()
    database, context = Database.open(Path(path)), _manager()
    span = span_of(FIRST_DAY, LAST_DAY, context)
    month = LAST_DAY.replace(day=1)
    with database.reading() as session:
        found = {
            "sales": _times(lambda: sales_figures(session, span)),
            "all": _times(lambda: figures_between(session, FIRST_DAY, LAST_DAY, context)),
            "month": _times(lambda: figures_between(session, month, LAST_DAY, context)),
            "board": _times(lambda: board(session, context)),
        }
    database.dispose()
    return found


def bare(path: str) -> dict[str, list[float]]:
    """Sum by the bare driver; called in a process of its own."""
    driver = sqlcipher.connect(path)
    sales = [sql.replace("MONTH_OF_DAY", "substr(day, 1, 7)") for sql in SALES]
    return {
        "rfm": _times(lambda: driver.execute(RFM).fetchall()),
        "sales": _times(lambda: [driver.execute(sql).fetchall() for sql in sales]),
    }


def duck(path: str) -> dict[str, Any]:
    """Copy the receipts into duckdb and ask the same; called in a process of its own."""
    import csv
    import tempfile

    duckdb: Any = importlib.import_module("duckdb")
    database = duckdb.connect()
    kinds = "{'member_id': 'BIGINT', 'day': 'DATE', 'net': 'BIGINT', 'pieces': 'INTEGER'}"

    def copy(target: Path) -> None:
        with target.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(
                sqlcipher.connect(path).execute("SELECT member_id, day, net, pieces FROM purchase")
            )
        database.execute(f"CREATE TABLE purchase AS SELECT * FROM read_csv('{target}', columns={kinds}, header=false)")  # noqa: S608

    with tempfile.TemporaryDirectory() as folder:
        copied = once(lambda: copy(Path(folder) / "purchase.csv"))
    sales = [sql.replace("MONTH_OF_DAY", "date_trunc('month', day)") for sql in SALES]
    return {
        "copy": copied,
        "rfm": _times(lambda: database.execute(SCORED).fetchall()),
        "sales": _times(lambda: [database.execute(sql).fetchall() for sql in sales]),
    }

"""Recency, frequency and money with quintiles over all purchases, against the bare sums of the same receipts."""

from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from tests.bench.child import peak_mb
from tests.bench.row import BenchRow, Ctx, Timing, in_own_process, once
from tests.bench.store_rows import LAST_DAY

SUMS = (
    "SELECT member_id, max(day), count(DISTINCT day), count(*), sum(net) FROM purchase "
    "WHERE member_id IS NOT NULL GROUP BY member_id"
)
WINDOWS = (
    "SELECT member_id, ntile(5) OVER (ORDER BY last), ntile(5) OVER (ORDER BY days), ntile(5) OVER (ORDER BY net) "
    "FROM (SELECT member_id, max(day) AS last, count(DISTINCT day) AS days, sum(net) AS net FROM purchase "
    "WHERE member_id IS NOT NULL GROUP BY member_id)"
)


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give the row."""
    path = str(ctx.store())
    ours, floor = in_own_process("tests.bench.rfm:ours", path), in_own_process("tests.bench.rfm:floor", path)
    yield BenchRow(
        "RFM with quintiles, every member",
        Timing(ours.value["ms"], ours.value["ms"]),
        {
            "bare driver, sums only": floor.value["sums"],
            "bare driver, window functions": floor.value["windows"],
        },
        ours.value["grown_mb"],
        "≤ 3 × duckdb on the same file",
        f"{ours.value['members']:,} members with a purchase; duckdb is not among the packages",
    )


def ours(path: str) -> dict[str, float]:
    """Compute as the command does; called in a process of its own."""
    from crmdesk.core.roles import Role
    from crmdesk.db.engine import Database
    from crmdesk.migrations.schema import metadata
    from crmdesk.queries.rfm import rfm_rows
    from tests.bench.search import bench_context

    metadata()
    database = Database.open(Path(path))
    before = peak_mb()
    counted: list[int] = []
    with database.reading() as session:
        spent = once(lambda: counted.append(sum(1 for _ in rfm_rows(session, LAST_DAY, bench_context(Role.OWNER)))))
    database.dispose()
    return {"ms": spent, "members": counted[0], "grown_mb": peak_mb() - before}


def floor(path: str) -> dict[str, float]:
    """Sum by the bare driver; called in a process of its own."""
    driver = sqlcipher.connect(path)
    return {
        "sums": once(lambda: driver.execute(SUMS).fetchall()),
        "windows": once(lambda: driver.execute(WINDOWS).fetchall()),
    }

"""Scores of members: everybody's beside the work, each write of it, those who just bought; the charts' page."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from crmdesk.core.clock import FixedClock
from crmdesk.core.context import Context
from crmdesk.core.roles import Role
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.queries.rfm import rfm_table
from crmdesk.queries.score_work import score_work
from crmdesk.queries.value_charts import value_charts
from crmdesk.services.scores import DIRTY_AT_ONCE, Piece, catch_up, mark, pieces
from tests.bench.row import BenchRow, Ctx, once, timing
from tests.bench.search import bench_context
from tests.bench.store_rows import LAST_DAY

if TYPE_CHECKING:
    from crmdesk.queries.score_work import ScoreWork

ROUNDS = 5


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give the rows; the store is copied, as scores are written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "value.db"
        shutil.copyfile(ctx.store(), path)
        metadata()
        database = Database.open(path)
        context = _at(bench_context(Role.MANAGER))
        yield from _whole(database, context)
        yield _bought(database, context)
        with database.reading() as session:
            yield BenchRow(
                "value page: all charts", timing([once(lambda: value_charts(session, context)) for _ in range(ROUNDS)])
            )
        database.dispose()


def _at(context: Context) -> Context:
    """Give the morning after the last receipt."""
    clock = FixedClock(context.clock.now())
    clock.advance(timedelta(days=(LAST_DAY - context.today()).days))
    return replace(context, clock=clock)


def _whole(database: Database, context: Context) -> Iterator[BenchRow]:
    found: list[ScoreWork] = []
    with database.reading() as session:
        first = once(lambda: found.append(score_work(session, context)))
    work = found[0]
    spent = [once(partial(_write, database, piece, context)) for piece in pieces(work)]
    note = f"{work.scales.buyers:,} buyers; {len(spent):,} writes, {sum(spent) / 1000:.1f} s together without pauses"
    yield BenchRow("scores of everybody, first time: reading", timing([first]), note=note)
    yield BenchRow("scores of everybody: one write", timing(spent), reach="saves wait ≤ 50 ms", note="500 members")
    with database.reading() as session:
        again = [once(lambda: score_work(session, context)) for _ in range(ROUNDS)]
        floor = [once(lambda: rfm_table(session, LAST_DAY)) for _ in range(ROUNDS)]
    yield BenchRow("scores of everybody, each day: reading", timing(again), {"sums alone": median(floor)})


def _write(database: Database, piece: Piece, context: Context) -> None:
    with database.transaction() as session:
        piece(session, context)


def _bought(database: Database, context: Context) -> BenchRow:
    """Score those who just bought, as many as one write takes."""
    with database.reading() as session:
        keys = list(rfm_table(session, LAST_DAY).keys)
    chance, spent = random.Random(5), []
    for _round in range(ROUNDS):
        with database.transaction() as session:
            mark(session, chance.sample(keys, DIRTY_AT_ONCE), context)
        spent.append(once(lambda: _write(database, catch_up, context)))
    return BenchRow("scores after purchases, one write", timing(spent), note=f"{DIRTY_AT_ONCE} members")

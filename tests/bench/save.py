"""One save of the intake form: ticket, item, condition, loan with deposit, history, audit; on disk when it returns."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.db.engine import PRAGMAS, Database
from crmdesk.migrations.schema import metadata
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.services.loans import LendLoaner, LoanMade, lend
from crmdesk.services.ticket_intake import ItemFacts, MarkFacts, TakeIn, take_in
from crmdesk.services.unit import perform
from tests.bench.bulk import insert_rows
from tests.bench.row import BenchRow, Ctx, once, timing
from tests.bench.search import bench_context
from tests.bench.store import store_path
from tests.bench.store_rows import FIRST_STORE

MEMBERS = 50_000
SAVES = 200
Write = tuple[str, Any]


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give the row: the services against the same statements by the bare driver."""
    store = store_path(min(MEMBERS, ctx.members), folder=ctx.store().parent)
    metadata()
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.db"
        shutil.copyfile(store, ready)
        people, loaners = _prepare(ready)
        mine, bare = Path(folder) / "mine.db", Path(folder) / "bare.db"
        shutil.copyfile(ready, mine)
        shutil.copyfile(ready, bare)
        ours, saves = _save_all(mine, people, loaners)
        raw = _repeat(bare, saves)
    yield BenchRow(
        "save: repair taken in and a loaner lent, synced to disk",
        timing(ours),
        {"bare driver, same writes": timing(raw).median},
        reach="≤ 10 ms, ≤ 5 × raw",
        note=f"{sum(map(len, saves)) / len(saves):.0f} writes a save; reads and checks of the rules are ours alone",
    )


def _prepare(path: Path) -> tuple[list[int], list[int]]:
    database = Database.open(path)
    with database.transaction() as session:
        keys = list(session.execute(select(Member.id)).scalars())
        people = random.Random(5).sample(keys, SAVES)
        columns = ("id", "store_id", "code", "category", "size_class", "name", "value", "deposit")
        codes = [
            (place + 1, FIRST_STORE, f"L{place:04d}", "suitcase", "small", "登机箱", 60000, 20000)
            for place in range(SAVES)
        ]
        insert_rows(session.connection(), metadata().tables["loaner"], columns, codes)
        loaners = list(session.execute(select(Loaner.id)).scalars())
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return people, loaners


def _save_all(path: Path, people: list[int], loaners: list[int]) -> tuple[list[float], list[list[Write]]]:
    database, context = Database.open(path), bench_context()
    times: list[float] = []
    saves: list[list[Write]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, _x: object, many: bool) -> None:  # noqa: ANN401, FBT001
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            several = many and isinstance(parameters[0], tuple)
            saves[-1].extend((statement, one) for one in (parameters if several else [parameters]))

    event.listen(database.engine, "before_cursor_execute", note)
    for member, loaner in zip(people, loaners, strict=True):
        saves.append([])
        times.append(once(lambda: perform(database, context, _intake(member, loaner))))  # noqa: B023 - called at once
    event.remove(database.engine, "before_cursor_execute", note)
    database.dispose()
    return times[10:], saves


def _intake(member_id: int, loaner_id: int) -> Any:  # noqa: ANN401 - a write
    def write(session: Session, context: Context) -> Outcome[LoanMade]:
        item = ItemFacts(ItemCategory.SUITCASE, "拉杆箱 20 寸", brand="Aurora", colour="银色")
        request = TakeIn(
            TicketKind.REPAIR,
            member_id,
            "机场托运后左前轮断裂，无法拖行。",
            "轮子断",
            item=item,
            faults=("luggage.wheel",),
            accessories=("密码锁", "防尘袋"),
            marks=(MarkFacts(0.2, 0.9, "luggage.wheel"), MarkFacts(0.8, 0.3)),
        )
        ticket = take_in(session, request, context)
        loan = lend(session, LendLoaner(loaner_id, ticket.value.id, member_id, signed=True), context)
        return Outcome(loan.value, ticket.changed | loan.changed)

    return write


def _repeat(path: Path, saves: list[list[Write]]) -> list[float]:
    driver = sqlcipher.connect(str(path), isolation_level=None, cached_statements=256)
    for pragma in PRAGMAS:
        driver.execute(pragma)

    def save(writes: list[Write]) -> None:
        driver.execute("BEGIN IMMEDIATE")
        for statement, parameters in writes:
            driver.execute(statement, parameters)
        driver.execute("COMMIT")

    times = [once(lambda writes=writes: save(writes)) for writes in saves]  # type: ignore[misc]
    driver.close()
    return times[10:]

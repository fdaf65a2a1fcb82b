"""The bench store: a million members with all they bought, brought and were asked, made from a seed and kept.

`python tests/bench/store.py --members 1000000` makes it beforehand; the rows of the bench make it when it is missing.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # started as a file
    sys.path.insert(0, str(ROOT))

from crmdesk.db.engine import PRAGMAS, Database  # noqa: E402
from crmdesk.db.search import member_index  # noqa: E402
from crmdesk.migrations import runner  # noqa: E402
from crmdesk.migrations.schema import metadata  # noqa: E402
from crmdesk.services.search_index import mark_whole, words_of  # noqa: E402
from crmdesk.services.ticket_due import keep_store  # noqa: E402
from tests.bench import store_rows as rows  # noqa: E402
from tests.bench.bulk import batches, insert_rows, without_indexes  # noqa: E402
from tests.bench.people import names, phones  # noqa: E402
from tests.bench.store_rows import Plan  # noqa: E402

MILLION = 1_000_000
FOLDER = Path(tempfile.gettempdir()) / "crmdesk-bench"
# What decides what is in the file: a change of any makes a new one.
_MADE_BY = (
    "tests/bench/people.py",
    "tests/bench/store_rows.py",
    "crmdesk/core/search_text.py",
    "crmdesk/core/hanzi.py",
    "crmdesk/db/name_readings.py",
)
_QUICK = ("PRAGMA synchronous=OFF", "PRAGMA secure_delete=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA cache_size=-400000")

Say = Callable[[str], None]


def store_path(members: int = MILLION, seed: int = 7, folder: Path = FOLDER, say: Say = print) -> Path:
    """Give the file of the bench store, made first when it is not there yet."""
    path = folder / f"store-{members}-{seed}-{_fingerprint()}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".making")
        for left in folder.glob(f"{half.name}*"):
            left.unlink()
        _make(half, Plan(members, seed), say)
        for old in folder.glob(f"store-{members}-{seed}-*.db"):
            old.unlink()
        half.rename(path)
    return path


def _fingerprint() -> str:
    digest = hashlib.sha256()
    schema = sorted((ROOT / "crmdesk" / "migrations" / "versions").glob("*.py"))
    for path in (*(ROOT / name for name in _MADE_BY), *schema):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def _make(path: Path, plan: Plan, say: Say) -> None:
    started = time.perf_counter()

    def told(what: str) -> None:
        say(f"{time.perf_counter() - started:7.1f} s  {what}")

    database = Database.open(path)
    runner.upgrade(database)
    writers = database.engine.execution_options(crmdesk_writes=True)
    with writers.connect() as connection:
        _set(connection, *_QUICK)
        with connection.begin(), without_indexes(connection):
            _fill(connection, plan, told)
        told("indexes")
        with connection.begin():
            _fill_search(connection, plan, told)
            _keep_clocks(connection, told)
        _set(connection, *PRAGMAS, "PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    told(f"{path.stat().st_size / 1e6:.0f} MB")


def _set(connection: Connection, *statements: str) -> None:
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError
    for statement in statements:
        driver.execute(statement)


def _fill(connection: Connection, plan: Plan, told: Say) -> None:
    tables, ids = metadata().tables, rows.member_ids(plan)
    _fill_stores(connection, tables["store"], tables["staff"])
    insert_rows(connection, tables["member"], rows.MEMBER_COLUMNS, rows.member_rows(plan, ids))
    insert_rows(connection, tables["member_phone"], rows.PHONE_COLUMNS, rows.phone_rows(plan, ids))
    told(f"{len(ids)} members")
    for batch in batches(rows.purchase_rows(plan, ids)):
        insert_rows(connection, tables["purchase"], rows.PURCHASE_COLUMNS, [purchase for purchase, _ in batch])
        lines = [line for _, some in batch for line in some]
        insert_rows(connection, tables["purchase_line"], rows.LINE_COLUMNS, lines)
    connection.exec_driver_sql(
        "INSERT INTO member_value (member_id, store_id, purchases, days, pieces, net, first_day, last_day) "
        "SELECT m.id, m.store_id, count(p.id), count(DISTINCT p.day), coalesce(sum(p.pieces), 0), "
        "coalesce(sum(p.net), 0), min(p.day), max(p.day) "
        "FROM member m LEFT JOIN purchase p ON p.member_id = m.id GROUP BY m.id"
    )
    told("purchases and values")
    for cases in batches(rows.ticket_rows(plan, ids)):
        insert_rows(connection, tables["item"], rows.ITEM_COLUMNS, [case[0] for case in cases])
        insert_rows(connection, tables["ticket"], rows.TICKET_COLUMNS, [case[1] for case in cases])
        events = [event for case in cases for event in case[2:]]
        insert_rows(connection, tables["ticket_event"], rows.EVENT_COLUMNS, events)
    told("tickets")
    insert_rows(connection, tables["callback"], rows.CALLBACK_COLUMNS, rows.callback_rows(plan, ids))
    told("callbacks")


def _fill_stores(connection: Connection, store: Table, staff: Table) -> None:
    stores = [(rows.FIRST_STORE + place, code, name) for place, (code, name) in enumerate(rows.STORES)]
    insert_rows(connection, store, ("id", "code", "name"), stores)
    people = [
        (rows.FIRST_STAFF + place, stores[place // rows.STAFF_PER_STORE][0], f"店员{place}", "clerk")
        for place in range(len(stores) * rows.STAFF_PER_STORE)
    ]
    insert_rows(connection, staff, ("id", "store_id", "name", "role"), people)


def _fill_search(connection: Connection, plan: Plan, told: Say) -> None:
    index = member_index(connection)
    people = zip(rows.member_ids(plan), names(plan.seed, plan.members), phones(plan.seed, plan.members), strict=True)
    with Session(connection) as session:
        for batch in batches(people):
            index.put(session, [(key, words_of(name, [digits])) for key, name, digits in batch])
        mark_whole(session)
        told("search index")


def _keep_clocks(connection: Connection, told: Say) -> None:
    with Session(connection) as session:
        for place in range(len(rows.STORES)):
            keep_store(session, rows.FIRST_STORE + place)
    told("clocks")


def main() -> None:
    """Make the store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=MILLION)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    given = parser.parse_args()
    print(store_path(given.members, given.seed, given.folder))


if __name__ == "__main__":
    main()

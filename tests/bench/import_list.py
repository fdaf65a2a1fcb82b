"""A hundred thousand members from .xlsx: read, checked, matched, written; against reading and bare inserts."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from tests.bench.child import peak_mb
from tests.bench.people import names, phones
from tests.bench.row import BenchRow, Ctx, Timing, in_own_process, once
from tests.bench.store import store_path

STORE_MEMBERS = 50_000
LIST = 100_000
SEED = 99
TABLES = ("member", "member_phone", "member_value", "card", "ledger_entry", "imported_row")


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give the row, each side in a process of its own."""
    count = min(LIST, max(ctx.members // 10, 1000))
    store = store_path(min(STORE_MEMBERS, ctx.members), folder=ctx.store().parent)
    with tempfile.TemporaryDirectory() as folder:
        sheet, mine, bare = (Path(folder) / name for name in ("members.xlsx", "mine.db", "bare.db"))
        write_list(sheet, count)
        shutil.copyfile(store, mine)
        shutil.copyfile(store, bare)
        ours = in_own_process("tests.bench.import_list:ours", str(sheet), str(mine))
        floor = in_own_process("tests.bench.import_list:floor", str(sheet), str(mine), str(bare))
    found = floor.value
    yield BenchRow(
        f"import {count:,} members from .xlsx",
        Timing(ours.value["ms"], ours.value["ms"]),
        {
            "read + raw insert": found["read"] + found["insert"],
            "read + raw insert + search words": found["read"] + found["insert"] + found["words"],
        },
        ours.value["grown_mb"],
        "≤ 3 × (read + raw insert); ≤ 300 MB",
        f"{ours.value['created']:,} created; reading alone {found['read']:.0f} ms, rows {found['insert']:.0f} ms",
    )


def write_list(path: Path, count: int) -> None:
    """Write the list as a till exports it."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("会员")
    sheet.write_row(0, 0, ("姓名", "手机号", "性别", "生日", "等级", "备注"))
    people = zip(names(SEED, count), phones(SEED, count), strict=True)
    for place, (name, phone) in enumerate(people):
        day = f"19{60 + place % 40}-{1 + place % 12:02d}-{1 + place % 28:02d}"
        sheet.write_row(place + 1, 0, (name, phone, "女" if place % 3 else "男", day, "普通", ""))
    book.close()


def ours(sheet: str, store: str) -> dict[str, float]:
    """Import the list the way the command does; called in a process of its own."""
    from crmdesk.core.roles import RIGHTS, Role
    from crmdesk.db.engine import Database
    from crmdesk.migrations.schema import metadata
    from crmdesk.services.imports_file import open_import
    from crmdesk.services.imports_parts import take_in
    from tests.bench.search import bench_context

    metadata()
    database = Database.open(Path(store))
    clerk = bench_context()
    context = replace(clerk, actor=replace(clerk.actor, role=Role.OWNER, rights=RIGHTS[Role.OWNER]))
    before = peak_mb()
    created: list[int] = []

    def work() -> None:
        request = open_import(Path(sheet))
        created.append(take_in(database, context, request).created)

    spent = once(work)
    database.dispose()
    return {"ms": spent, "created": created[0], "grown_mb": peak_mb() - before}


def floor(sheet: str, store: str, bare: str) -> dict[str, float]:
    """Read the sheet, and insert what the import left by the bare driver; called in a process of its own."""
    from python_calamine import CalamineWorkbook

    from crmdesk.db.engine import PRAGMAS

    read = once(lambda: CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python())
    driver = sqlcipher.connect(bare, isolation_level=None)
    for pragma in PRAGMAS:
        driver.execute(pragma)
    made = _made(store)
    words = _words(made)

    def insert() -> None:
        driver.execute("BEGIN IMMEDIATE")
        for table, found in made.items():
            if found:
                places = ", ".join("?" * len(found[0]))
                driver.executemany(f"INSERT INTO {table} VALUES ({places})", found)  # noqa: S608 - our tables
        driver.execute("COMMIT")

    def insert_words() -> None:
        driver.execute("BEGIN IMMEDIATE")
        driver.executemany("INSERT INTO member_search(rowid, words) VALUES (?, ?)", words)
        driver.execute("COMMIT")

    driver.execute("PRAGMA foreign_keys=OFF")
    return {"read": read, "insert": once(insert), "words": once(insert_words)}


def _made(store: str) -> dict[str, list[Any]]:
    driver = sqlcipher.connect(store)
    run = driver.execute("SELECT max(id) FROM import_run").fetchone()[0]
    keys = {table: "member_id" if table == "member_value" else "id" for table in TABLES}
    asked = {table: f"SELECT * FROM {table} WHERE {key} > ?" for table, key in keys.items()}  # noqa: S608 - our tables
    made = {table: driver.execute(statement, (run,)).fetchall() for table, statement in asked.items()}
    driver.close()
    return made


def _words(made: dict[str, list[Any]]) -> list[tuple[int, str]]:
    from crmdesk.migrations.schema import metadata
    from crmdesk.services.search_index import words_of

    tables = metadata().tables
    place = {name: [column.name for column in tables[name].columns] for name in ("member", "member_phone")}
    digits: dict[int, list[str]] = {}
    for row in made["member_phone"]:
        found = dict(zip(place["member_phone"], row, strict=True))
        digits.setdefault(found["member_id"], []).append(found["digits"])
    people = [dict(zip(place["member"], row, strict=True)) for row in made["member"]]
    return [(one["id"], " ".join(words_of(one["name"], digits.get(one["id"], [])))) for one in people]


if __name__ == "__main__":
    write_list(Path(sys.argv[1]), LIST)

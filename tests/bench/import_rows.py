"""Importing 100,000 members from a workbook, against reading it and inserting the same rows by the bare driver."""

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineWorkbook
from sqlalchemy import event
from sqlcipher3 import dbapi2 as sqlcipher

from crmdesk.core.roles import Role
from crmdesk.db.engine import PRAGMAS
from crmdesk.exchange.fields import ImportKind
from crmdesk.services.imports_file import open_mapped
from crmdesk.services.imports_parts import take_in
from tests.bench.people import names, phones
from tests.bench.row import BenchRow, Ctx, in_own_process, once, timing
from tests.builders.outside_files import write_xlsx
from tests.builders.shop import Shop, open_shop

MEMBERS: Final = 100_000
FULL_STORE: Final = 1_000_000
ROUNDS: Final = 3
HEAD: Final = ("姓名", "手机号", "卡号", "性别", "生日", "会员等级", "积分", "地址", "导购", "备注")
Write = tuple[str, list[Any]]


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give the rows: a first import, and the same file once more."""
    count = max(MEMBERS * min(ctx.members, FULL_STORE) // FULL_STORE, 1000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "members.xlsx"
        write_xlsx(path, list(_lines(count)))
        measured = [in_own_process(f"{__name__}:import_times", str(path), 1) for _ in range(ROUNDS)]
        twice = in_own_process(f"{__name__}:import_times", str(path), 2).value
        read, inserted = in_own_process(f"{__name__}:floor", str(path)).value
    first = timing([one.value[0] for one in measured])
    peak = max(one.peak_mb for one in measured)
    against = {"reading the file and inserting the same rows": read + inserted}
    note = f"reading {read:,.0f} ms, bare inserts with the search index {inserted:,.0f} ms; ours checks and matches"
    reach = "≤ 3 × (read + raw insert), ≤ 300 MB"
    yield BenchRow(f"import {count:,} members from .xlsx", first, against, peak, reach, note)
    yield BenchRow(
        f"import the same {count:,} members again", timing(twice[1:]), against, None, "", "everybody is on file already"
    )


def import_times(path: str, times: int) -> list[float]:
    """Import a file into a fresh store so many times; give the milliseconds of each."""
    with tempfile.TemporaryDirectory() as folder:
        shop = open_shop(Path(folder))
        taken = [once(lambda: _take(shop, path)) for _ in range(times)]
        shop.close()
    return taken


def floor(path: str) -> list[float]:
    """Give the milliseconds of reading the cells, and of repeating an import's inserts without the program."""
    read = once(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    with tempfile.TemporaryDirectory() as folder:
        shop = open_shop(Path(folder))
        shutil.copyfile(Path(folder) / "crmdesk.db", Path(folder) / "bare.db")
        writes: list[Write] = []

        def note(_c: object, _cursor: object, statement: str, parameters: Any, _x: object, many: bool) -> None:  # noqa: ANN401, FBT001
            if statement.startswith("INSERT"):
                several = many and isinstance(parameters[0], tuple)
                writes.append((statement, list(parameters) if several else [parameters]))

        event.listen(shop.database.engine, "before_cursor_execute", note)
        _take(shop, path)
        shop.close()
        inserted = once(lambda: _repeat(Path(folder) / "bare.db", writes))
    return [read, inserted]


def _take(shop: Shop, path: str) -> None:
    take_in(shop.database, shop.context(Role.MANAGER), open_mapped(Path(path), ImportKind.MEMBERS, None))


def _repeat(path: Path, writes: Sequence[Write]) -> None:
    driver = sqlcipher.connect(str(path), isolation_level=None, cached_statements=256)
    for pragma in PRAGMAS:
        driver.execute(pragma)
    driver.execute("BEGIN IMMEDIATE")
    for statement, parameters in writes:
        driver.executemany(statement, parameters)
    driver.execute("COMMIT")
    driver.close()


def _lines(count: int) -> Iterator[Sequence[object]]:
    yield HEAD
    chance = random.Random(7)
    for place, (name, phone) in enumerate(zip(names(7, count), phones(7, count), strict=True)):
        day = f"{1960 + place % 45}-{place % 12 + 1:02d}-{place % 28 + 1:02d}"
        level = chance.choice(("普通", "银卡", "金卡", "钻石"))
        street = f"杭州市西湖区文三路 {place} 号"
        yield (name, phone, f"V{place:07d}", "女男"[place % 2], day, level, place % 900, street, "林婉", "")

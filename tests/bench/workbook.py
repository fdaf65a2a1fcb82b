"""The owner's workbook against XlsxWriter writing the same cells; each in a process of its own."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

from crmdesk.core.workbook_tally import Tally
from crmdesk.documents.sheets import owner_fields as fields
from crmdesk.documents.sheets.owner import write_owner_workbook
from tests.bench.row import BenchRow, Ctx, in_own_process, once, timing
from tests.builders.owner_workbook import Year

ROUNDS: Final = 3
FULL_STORE: Final = 1_000_000


def write_ours(path: Path, percent: float) -> None:
    """Write the whole workbook: data, group sheets, summary, charts."""
    write_owner_workbook(path, Year(percent / 100).facts())


def write_peer(path: Path, percent: float) -> None:
    """Write the cells of the data sheets alone with XlsxWriter in constant-memory mode; it has the easier work."""
    import xlsxwriter

    facts = Year(percent / 100).facts()
    tally = Tally(facts.first, facts.as_of, facts.stores, facts.levels)
    streams = (
        (fields.REPAIRS, tally.repairs(facts.repairs)),
        (fields.COMPLAINTS, tally.complaints(facts.complaints)),
        (fields.RETURNS, tally.returns(facts.returns)),
        (fields.LOANERS, tally.loaners(facts.loaners)),
        (fields.LOANS, tally.loans(facts.loans)),
        (fields.CALLBACKS, tally.callbacks(facts.callbacks)),
        (fields.MEMBERS, tally.members(facts.members)),
        (fields.PURCHASES, tally.purchases(facts.purchases)),
    )
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    codes = {"money": "#,##0.00", "date": "yyyy-mm-dd", "text": "@", "integer": "#,##0", "percent": "0.0%"}
    formats = {kind: book.add_format({"num_format": code}) for kind, code in codes.items()}
    for columns, rows in streams:
        _write_rows(book.add_worksheet(), columns, rows, formats)
    book.close()


def _write_rows(
    sheet: Any,  # noqa: ANN401 - XlsxWriter has no types
    columns: Iterable[fields.Field],
    rows: Iterable[Sequence[Any]],
    formats: dict[str, Any],
) -> None:
    text, number, day = sheet.write_string, sheet.write_number, sheet.write_datetime
    kinds = [column.kind.value for column in columns]
    for line, row in enumerate(rows, 4):
        for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
            if value is None or value == "":
                continue
            if isinstance(value, date):
                day(line, place, value, formats["date"])
            elif kind == "money":
                number(line, place, value / 100, formats["money"])
            elif kind in {"integer", "percent"}:
                number(line, place, value, formats[kind])
            else:
                text(line, place, str(value), formats["text"])


def time_ours(percent: float) -> dict[str, float]:
    """Give milliseconds and the file's size; called in a process of its own."""
    return _timed(write_ours, percent)


def time_peer(percent: float) -> dict[str, float]:
    """Give milliseconds and the file's size; called in a process of its own."""
    return _timed(write_peer, percent)


def _timed(write: Callable[[Path, float], None], percent: float) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "owner.xlsx"
        milliseconds = once(lambda: write(path, percent))
        return {"ms": milliseconds, "mb": path.stat().st_size / 1e6}


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Measure both writers, smaller where the bench store is smaller than a million members."""
    percent = min(max(ctx.members * 100 // FULL_STORE, 1), 100)
    ours = [in_own_process("tests.bench.workbook:time_ours", percent) for _ in range(ROUNDS)]
    peer = [in_own_process("tests.bench.workbook:time_peer", percent) for _ in range(ROUNDS)]
    yield BenchRow(
        "owner's workbook of a year",
        timing([one.value["ms"] for one in ours]),
        {"XlsxWriter constant_memory, same cells": median(one.value["ms"] for one in peer)},
        max(one.peak_mb for one in ours),
        "ahead of XlsxWriter, at most 200 MB",
        f"{ours[0].value['mb']:.1f} MB; ours also writes group sheets, formulas with values and charts",
    )

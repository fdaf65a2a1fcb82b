"""The owner's workbook: every sheet, its formulas with their values, names and print set-up."""

import functools
import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
import python_calamine
from openpyxl import Workbook

from crmdesk.core.i18n import set_language
from crmdesk.core.workbook_facts import OwnerWorkbookFacts, PurchaseLine, RepairLine
from crmdesk.documents.sheets.owner import SHEETS, write_owner_workbook
from tests.builders.owner_workbook import Year
from tests.unit.sheets.beginnings import BEGINNINGS

EMPTY = OwnerWorkbookFacts(
    business="文三路店",
    first=date(2026, 11, 1),
    last=date(2026, 11, 30),
    as_of=date(2026, 11, 21),
    made_at=datetime(2026, 11, 21, 6, 30, tzinfo=UTC),
    stores=("文三路店",),
)


def written(facts: OwnerWorkbookFacts) -> io.BytesIO:
    stream = io.BytesIO()
    write_owner_workbook(stream, facts)
    stream.seek(0)
    return stream


@functools.cache
def small_bytes(language: str) -> bytes:
    set_language(language)
    return written(Year(0.002).facts()).getvalue()


def small(language: str = "en") -> io.BytesIO:
    return io.BytesIO(small_bytes(language))


@functools.cache
def small_book(language: str = "en") -> Workbook:
    return openpyxl.load_workbook(small(language))


def figures_of(stream: io.BytesIO) -> dict[str, object]:
    """Give the values of the figures by their names, as stored beside the formulas."""
    stream.seek(0)
    book = openpyxl.load_workbook(stream, data_only=True)
    names = {name: book.defined_names[name].attr_text for name in book.defined_names if name.startswith("figure_")}
    sheet = book.worksheets[0]
    return {
        name.removeprefix("figure_"): sheet[str(place).split("!")[1].replace("$", "")].value
        for name, place in names.items()
    }


def test_all_sheets_in_order_in_both_languages() -> None:
    assert small_book().sheetnames == list(SHEETS.values())
    chinese = small_book("zh_CN").sheetnames
    assert chinese[:4] == ["总览", "周趋势", "月度", "维修"]
    assert len(chinese) == len(SHEETS)


def test_nothing_english_is_left_in_the_chinese_workbook() -> None:
    stream = small("zh_CN")
    texts: Counter[str] = Counter()
    book = python_calamine.load_workbook(stream)
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python()[:5]:
            texts.update(cell for cell in row if isinstance(cell, str))
    english = [text for text in texts if re.search("[A-Za-z]{4,}", text) and "-" not in text]
    assert [text for text in english if text not in {"wheel broken", "zip fault", "sole"} and "(" not in text] == []


def test_every_formula_has_a_name_for_each_range_and_a_value() -> None:
    stream = small()
    formulas = small_book()
    values = openpyxl.load_workbook(stream, data_only=True)
    names = set(formulas.defined_names)
    count = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                text = cell.value if isinstance(cell.value, str) else str(getattr(cell.value, "text", ""))
                used = set(re.findall(r"\b[a-z]+_[a-z_]+\b", re.sub(r'"[^"]*"', "", text)))
                assert used <= names, (sheet.title, cell.coordinate, used - names)
                assert values[sheet.title][cell.coordinate].value is not None, (sheet.title, cell.coordinate, text)
    assert count > 600


def test_no_line_of_facts_holds_a_formula() -> None:
    formulas = small_book()
    for key in ("repairs", "complaints", "returns", "loaners", "loans", "callbacks", "members", "purchases"):
        sheet = formulas[SHEETS[key]]
        assert all(cell.data_type != "f" for row in sheet.iter_rows(min_row=5) for cell in row)


@pytest.mark.parametrize("text", BEGINNINGS)
def test_hostile_names_of_stores_and_guides_stay_text(text: str) -> None:
    lines = [PurchaseLine(date(2026, 11, 5), text, text, "M1", text, text, 2, 10_000)]
    stream = written(replace(EMPTY, business=text, stores=(), purchases=lines))
    book = python_calamine.load_workbook(stream)
    assert book.get_sheet_by_name("Stores").to_python()[4][0] == text
    assert book.get_sheet_by_name("Guides").to_python()[4][0] == text
    assert book.get_sheet_by_name("Purchases").to_python()[4][1:6] == [text, text, "M1", text, text]


def test_a_workbook_without_any_line_opens_and_shows_dashes() -> None:
    stream = written(EMPTY)
    shown = figures_of(stream)
    assert shown["repairs"] == 0
    assert shown["turnaround"] == shown["on_time"] == shown["file_rate"] == "–"
    assert openpyxl.load_workbook(stream)["Repairs"].auto_filter.ref == "A4:AA4"


def test_figures_worked_out_by_hand() -> None:
    def repair(day: int, ready: int | None, collected: int | None, store: str = "文三路店") -> RepairLine:
        done = None if ready is None else date(2026, 11, ready)
        gone = None if collected is None else date(2026, 11, collected)
        return RepairLine(
            "R", store, date(2026, 11, day), "M1", "周建国", "138", "bag", "x", "zip", "wear", "ready",
            date(2026, 11, 8), None, None, done, gone, day == 2, 1_000, 500, 0, 0, 50,
        )  # fmt: skip

    purchases = [
        PurchaseLine(date(2026, 11, 1), "文三路店", "1", "M1", "周", "李梅", 3, 30_000),
        PurchaseLine(date(2026, 11, 9), "文三路店", "2", "M1", "周", "李梅", 2, 10_000),
        PurchaseLine(date(2026, 11, 9), "湖滨店", "3", "M2", "吴", "", 1, 10_000),
        PurchaseLine(date(2026, 11, 10), "文三路店", "4", "M1", "周", "李梅", -1, -10_000),
    ]
    repairs = [repair(1, 5, 6), repair(2, 9, 10), repair(3, 8, 20), repair(4, 7, None), repair(5, None, None)]
    shown = figures_of(written(replace(EMPTY, repairs=repairs, purchases=purchases)))
    assert shown["repairs"] == 5
    assert shown["turnaround"] == 8  # 5, 8, 17
    assert shown["turnaround_late"] == pytest.approx(15.2)  # position 1.8: 8 + 0.8 × 9
    assert shown["on_time"] == 0.75  # 5, 8, 7 in time, 9 late
    assert shown["come_back"] == 0.2
    assert shown["uncollected"] == 1
    assert shown["repair_cost"] == pytest.approx(5 * 15.5)
    assert shown["net_sales"] == 400
    assert shown["return_rate"] == pytest.approx(0.2)
    assert shown["return_rate_pieces"] == pytest.approx(1 / 6)
    assert shown["items_per_ticket"] == 2
    assert shown["twice"] == 0.5


def test_the_pareto_falls_and_its_line_ends_at_one() -> None:
    values = openpyxl.load_workbook(small(), data_only=True)["Root causes"]
    rows = [row for row in values.iter_rows(min_row=5, max_col=4, values_only=True) if isinstance(row[1], int)]
    counts = [int(str(row[1])) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert rows[-1][3] == pytest.approx(1)


def test_frozen_header_filter_and_print_set_up_of_data_sheets() -> None:
    book = small_book()
    for key in ("repairs", "members", "stores", "purchases"):
        sheet = book[SHEETS[key]]
        assert sheet.freeze_panes == "B5"
        assert str(sheet.auto_filter.ref).startswith("A4:")
        assert sheet.print_title_rows == "$4:$4"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)


def test_charts_are_kept() -> None:
    parts = zipfile.ZipFile(small()).namelist()
    assert sum(part.startswith("xl/charts/chart") for part in parts) == 9


def test_totals_follow_the_filter() -> None:
    sheet = small_book()["Purchases"]
    assert str(sheet["H3"].value).startswith("=SUBTOTAL(109,H5:H")
    assert str(sheet["A3"].value).startswith("=SUBTOTAL(103,A5:A")


def test_phones_are_text_and_days_are_days() -> None:
    book = small_book()
    header = [cell.value for cell in book["Repairs"][4]]
    line = book["Repairs"][5]
    phone, taken_in = line[header.index("Phone")], line[header.index("Taken in on")]
    assert (phone.data_type, phone.number_format) == ("s", "@")
    assert isinstance(taken_in.value, datetime)

"""A year's holidays from a file: taken whole, or every row that cannot be taken named by its number."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crmdesk.core.clock_errors import CalendarSheetError, SheetTrouble
from crmdesk.exchange.calendar_sheet import read_calendar
from crmdesk.exchange.troubles import FileRefusedError


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "2027.csv"
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_year_as_announced(tmp_path: Path, encoding: str) -> None:
    text = "日期,休或班,名称\n2027-02-05,休,春节\n2027/2/14,班,春节\n2027年10月1日,放假,国庆节\n"
    sheet = read_calendar(_file(tmp_path, text, encoding), 2027)
    assert sheet.days == {
        date(2027, 2, 5): (False, "春节"),
        date(2027, 2, 14): (True, "春节"),
        date(2027, 10, 1): (False, "国庆节"),
    }


def test_without_heading_and_names_with_tabs(tmp_path: Path) -> None:
    sheet = read_calendar(_file(tmp_path, "2027-05-01\trest\n2027-05-08\tWork\n"), 2027)
    assert sheet.days == {date(2027, 5, 1): (False, ""), date(2027, 5, 8): (True, "")}


def test_a_workbook_with_real_dates(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Day", "What", "Name"])
    sheet.append([date(2027, 1, 1), "rest", "New Year"])
    book.save(tmp_path / "days.xlsx")
    assert read_calendar(tmp_path / "days.xlsx", 2027).days == {date(2027, 1, 1): (False, "New Year")}


def test_every_row_that_cannot_be_taken_is_named(tmp_path: Path) -> None:
    text = "日期,休或班,名称\n2027-02-05,休,春节\n\n2027-02-30,休,\n2026-01-01,休,\n2027-02-05,班,\n2027-03-01,调休,\n"
    text += f"2027-03-02,休,{'长' * 41}\n"
    with pytest.raises(CalendarSheetError) as caught:
        read_calendar(_file(tmp_path, text), 2027)
    assert [(one.row, one.trouble) for one in caught.value.rows] == [
        (4, SheetTrouble.NO_DAY),
        (5, SheetTrouble.OTHER_YEAR),
        (6, SheetTrouble.TWICE),
        (7, SheetTrouble.NO_WORD),
        (8, SheetTrouble.LONG_NAME),
    ]


def test_a_file_that_names_no_day(tmp_path: Path) -> None:
    with pytest.raises(CalendarSheetError) as caught:
        read_calendar(_file(tmp_path, "日期,休或班,名称\n"), 2027)
    assert caught.value.rows == ()


@given(st.binary(max_size=300))
def test_whatever_the_file_holds(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("calendar") / "2027.csv"
    path.write_bytes(content)
    with suppress(CalendarSheetError, FileRefusedError):
        read_calendar(path, 2027)

"""Lists as workbooks and CSV files, read again with two other libraries."""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from crmdesk.core.cell_guard import unguarded
from crmdesk.core.file_trouble import FileInUseError, FolderNotThereError, FolderNotWritableError
from crmdesk.core.money import Money
from crmdesk.core.trouble import DiskFullError
from crmdesk.core.workbook_facts import Cell, CellKind, Column, ImportErrorsFacts, RejectedRow, TableFacts
from crmdesk.documents.sheets.csv_table import write_csv
from crmdesk.documents.sheets.frame import sheet_title
from crmdesk.documents.sheets.import_errors import write_import_errors
from crmdesk.documents.sheets.saving import as_trouble, replacing
from crmdesk.documents.sheets.table import write_table
from tests.unit.sheets.beginnings import BEGINNINGS, HARD

NOW = datetime(2026, 11, 21, 6, 5, tzinfo=UTC)
COLUMNS = (
    Column("姓名"),
    Column("手机", width=16),
    Column("金额", CellKind.MONEY),
    Column("日期", CellKind.DATE),
    Column("时间", CellKind.DATETIME),
    Column("比例", CellKind.PERCENT),
    Column("件数", CellKind.INTEGER),
    Column("按时", CellKind.YES_NO),
    Column("状态", words={"ready": "可取件"}),
)
ROW: tuple[Cell, ...] = ("周建国", "+8613800138000", 128_050, date(2026, 11, 1), NOW, 0.29, 5, True, "ready")


def at(*parts: int) -> datetime:
    """Give a moment as sheets know it: wall clock, without zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def facts(rows: Sequence[Sequence[Cell]], columns: Sequence[Column] = COLUMNS) -> TableFacts:
    return TableFacts("会员", columns, iter(rows), NOW, filters="等级：金卡", made_by="周敏")


def written(rows: Sequence[Sequence[Cell]], columns: Sequence[Column] = COLUMNS) -> io.BytesIO:
    stream = io.BytesIO()
    write_table(stream, facts(rows, columns))
    stream.seek(0)
    return stream


def read_again(stream: io.BytesIO) -> list[list[object]]:
    stream.seek(0)
    return [list(row) for row in python_calamine.load_workbook(stream).get_sheet_by_index(0).to_python()]


def test_values_have_their_own_types() -> None:
    sheet = openpyxl.load_workbook(written([ROW])).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert [cell.value for cell in sheet[2]] == [
        "周建国", "+8613800138000", 1280.5, at(2026, 11, 1), at(2026, 11, 21, 14, 5), 0.29, 5, "Yes",
        "可取件",
    ]  # fmt: skip
    formats = [cell.number_format for cell in sheet[2]]
    assert formats[1:4] == ["@", "#,##0.00", "yyyy\\-mm\\-dd"]
    assert formats[5] == "0.0%"


def test_a_second_library_reads_the_same() -> None:
    assert read_again(written([ROW]))[1] == [
        "周建国", "+8613800138000", 1280.5, date(2026, 11, 1), at(2026, 11, 21, 14, 5), 0.29, 5.0, "Yes",
        "可取件",
    ]  # fmt: skip


def test_header_is_frozen_filtered_and_printed_on_each_page() -> None:
    sheet = openpyxl.load_workbook(written([ROW] * 3)).worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:I4"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_what_was_filtered_when_and_by_whom_is_kept() -> None:
    book = openpyxl.load_workbook(written([ROW]))
    about = {row[0]: row[1] for row in book.worksheets[-1].iter_rows(min_row=2, values_only=True)}
    assert about == {"Filter": "等级：金卡", "Rows": "1", "Created on": "2026-11-21 14:05", "Created by": "周敏"}


@pytest.mark.parametrize("text", BEGINNINGS + HARD)
def test_no_text_becomes_a_formula_and_every_text_comes_back(text: str) -> None:
    columns = [Column("a"), Column("b", width=3), Column("c", words={"x": "y"})]
    stream = written([(text, text, text)], columns)
    assert not re.search(b"<f[ >]", zipfile.ZipFile(stream).read("xl/worksheets/sheet1.xml"))
    for cell in openpyxl.load_workbook(stream).worksheets[0][2]:
        assert cell.data_type == "s"
    assert read_again(stream)[1] == [text, text, text]


@pytest.mark.parametrize("text", BEGINNINGS)
def test_titles_and_words_are_no_formulas_either(text: str) -> None:
    stream = written([("x",)], [Column(text, words={"x": text})])
    assert read_again(stream) == [[text], [text]]


@pytest.mark.parametrize("text", BEGINNINGS + HARD)
def test_csv_guards_text_and_gives_it_back(text: str) -> None:
    stream = io.BytesIO()
    write_csv(stream, facts([(text,)], [Column("a")]))
    assert stream.getvalue().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))
    assert rows[1][0][0] not in "=+-@\t\r\n|%＝＋－＠"
    assert unguarded(rows[1][0]) == text


def test_csv_values() -> None:
    stream = io.BytesIO()
    assert write_csv(stream, facts([ROW, ("仇英", None, Money(-5), None, None, None, None, None, "lent")])) == 2
    lines = stream.getvalue().decode("utf-8-sig").splitlines()
    assert lines[1] == "周建国,'+8613800138000,1280.50,2026-11-01,2026-11-21 14:05,0.29,5,Yes,可取件"
    assert lines[2] == "仇英,,-0.05,,,,,,lent"


def test_money_is_exact_and_floats_are_refused() -> None:
    amounts = [0, 1, -1, 10, 29_900, 123_456_789_01, -5]
    sheet = openpyxl.load_workbook(written([(fen,) for fen in amounts], [Column("x", CellKind.MONEY)])).worksheets[0]
    assert [round(float(str(row[0])) * 100) for row in sheet.iter_rows(min_row=2, values_only=True)] == amounts
    with pytest.raises(TypeError):
        written([(1.5,)], [Column("x", CellKind.MONEY)])
    with pytest.raises(TypeError):
        write_csv(io.BytesIO(), facts([(1.5,)], [Column("x", CellKind.MONEY)]))


def test_numbers_that_a_sheet_cannot_hold() -> None:
    columns = [Column("x", CellKind.INTEGER), Column("y", CellKind.PERCENT), Column("z", CellKind.DATE)]
    rows = [(10**17, float("nan"), date(1899, 5, 6)), (-3, float("inf"), date(1900, 3, 1))]
    sheet = openpyxl.load_workbook(written(rows, columns)).worksheets[0]
    values = list(sheet.iter_rows(min_row=2, values_only=True))
    assert values == [("100000000000000000", None, "1899-05-06"), (-3, None, at(1900, 3, 1))]


def test_a_moment_without_zone_is_a_defect() -> None:
    with pytest.raises(ValueError, match="time zone"):
        written([(NOW.replace(tzinfo=None),)], [Column("x", CellKind.DATETIME)])


@pytest.mark.parametrize("unit", ["x", "汉", "👜"])
def test_text_over_the_limit_is_cut_and_says_so(unit: str) -> None:
    stream = written([(unit * 40_000,)], [Column("x")])
    value = str(openpyxl.load_workbook(stream).worksheets[0]["A2"].value)
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    kept = value.count(unit)
    assert value == unit * kept + f"… [cut, {40_000 - kept} more characters]"


def test_half_a_character_does_not_break_the_file() -> None:
    stream = written([("a\ud83db",)], [Column("x")])
    assert openpyxl.load_workbook(stream).worksheets[0]["A2"].value == "a\ufffdb"
    text = io.BytesIO()
    write_csv(text, facts([("a\ud83db",)], [Column("x")]))


def test_more_rows_than_a_sheet_go_on_to_the_next() -> None:
    stream = io.BytesIO()
    assert write_table(stream, facts([(f"{n}",) for n in range(5)], [Column("n")]), rows_per_sheet=2) == 5
    book = openpyxl.load_workbook(stream)
    assert book.sheetnames == ["会员", "会员 (2)", "会员 (3)", "About this list"]
    assert [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets[:3]] == [
        ["n", "0", "1"], ["n", "2", "3"], ["n", "4"],
    ]  # fmt: skip


def test_an_empty_list_has_its_header() -> None:
    sheet = openpyxl.load_workbook(written([])).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert sheet.max_row == 1


def test_equal_facts_make_equal_sheets() -> None:
    one, two = (zipfile.ZipFile(written([ROW] * 50)) for _ in range(2))
    assert one.read("xl/worksheets/sheet1.xml") == two.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("text", "title"),
    [("a/b:c*?[d]\\", "a b c   d"), ("", "1"), ("'x'", "x"), ("汉" * 40, "汉" * 31)],
)
def test_names_of_sheets_are_legal(text: str, title: str) -> None:
    assert sheet_title(text) == title


def test_rows_to_mend_keep_what_was_there() -> None:
    stream = io.BytesIO()
    rows = [
        RejectedRow(7, ["=x", "1.38E+10"], ["手机号不完整", "姓名为空"]),
        RejectedRow(12, ["a", "b", "beyond"], ["x"]),
        RejectedRow(13, ["short"], ["y"]),
    ]
    assert write_import_errors(stream, ImportErrorsFacts("会员.xlsx", ["姓名", "手机"], rows, NOW)) == 3
    assert read_again(stream) == [
        ["Original row", "姓名", "手机", "", "What is wrong"],
        [7.0, "=x", "1.38E+10", "", "手机号不完整; 姓名为空"],
        [12.0, "a", "b", "beyond", "x"],
        [13.0, "short", "", "", "y"],
    ]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"old")

    def write_half() -> None:
        with replacing(path) as file:
            file.write(b"half")
            raise KeyError(path)

    with pytest.raises(KeyError):
        write_half()
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["list.xlsx"]


def test_a_path_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / ("名" * 70 + ".xlsx")
    for _ in range(2):
        assert write_table(path, facts([ROW])) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FolderNotThereError) as caught:
        write_table(tmp_path / "gone" / "list.xlsx", facts([ROW]))
    assert caught.value.path.endswith("list.xlsx")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("wb", buffering=0) as file, pytest.raises(OSError, match="space") as caught:
        write_csv(file, facts([ROW]))
    assert isinstance(as_trouble(caught.value, Path("list.csv")), DiskFullError)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a file's size")
def test_a_disk_that_fills_up_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "list.xlsx"
    path.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
    try:
        with pytest.raises(DiskFullError) as caught:
            write_table(path, facts([ROW] * 5_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.path == str(path)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["list.xlsx"]


def test_troubles_by_what_the_system_says(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    denied = PermissionError(13, "denied")
    assert isinstance(as_trouble(denied, path), FolderNotWritableError)
    path.write_bytes(b"")
    assert isinstance(as_trouble(denied, path), FileInUseError)
    assert isinstance(as_trouble(OSError(28, "full"), path), DiskFullError)
    assert as_trouble(OSError(5, "I/O error"), path).args[0].startswith("file not written")

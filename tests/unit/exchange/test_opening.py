"""Ordinary files as stores have them: titles, merged headers, blank rows, encodings, delimiters."""

from datetime import date, datetime
from pathlib import Path

import pytest

from crmdesk.core.cell_guard import guarded
from crmdesk.exchange.opening import open_table
from crmdesk.exchange.sniff import FileKind
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble
from tests.builders.outside_files import DATA, package, write_text, write_xlsx

ROWS = [["姓名", "手机"], ["周敏", "13800138000"], ["欧阳娜娜", "13900139000"]]


def test_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [["姓名", "生日"], ["周敏", date(1985, 3, 5)], ["𠮷", 3.5]]
    table = open_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert table.headers == ("姓名", "生日")
    assert list(table.rows()) == [(2, ["周敏", date(1985, 3, 5)]), (3, ["𠮷", 3.5])]
    assert table.origin.sheet_names == ("名单",)
    assert table.row_estimate == 2


def test_what_a_text_file_guards_from_formulas_is_read_as_it_was(tmp_path: Path) -> None:
    words = ["+86 138 0013 8000", "=1+1", "'quoted", "周敏", "-5"]
    path = tmp_path / "a.csv"
    path.write_text("甲,乙,丙,丁,戊\n" + ",".join(guarded(word) for word in words) + "\n", encoding="utf-8")
    assert "'=1+1" in path.read_text(encoding="utf-8")
    assert list(open_table(path).rows()) == [(2, words)]


def test_rows_can_be_read_again(tmp_path: Path) -> None:
    table = open_table(write_xlsx(tmp_path / "a.xlsx", ROWS))
    assert list(table.rows()) == list(table.rows())
    assert table.sample(1) == [(2, ["周敏", "13800138000"])]


def test_an_old_workbook_with_title_line_and_blank_row() -> None:
    table = open_table(DATA / "members.xls")
    assert table.origin.kind is FileKind.XLS
    assert table.headers == ("姓名", "手机", "生日", "积分", "备注")
    assert [(number, cells[:3]) for number, cells in table.rows()] == [
        (3, ["周敏", 13800138000, date(1985, 3, 5)]),
        (5, ["欧阳娜娜", "139 0013 9000", "农历八月十五"]),
    ]


def test_titles_blank_rows_and_columns_keep_the_numbers_of_excel(tmp_path: Path) -> None:
    rows: list[list[str]] = [
        ["", "", "2026 年会员名单"],
        [],
        ["", "", "姓名", "手机"],
        [],
        ["", "", "周敏", "13800138000"],
    ]
    table = open_table(write_xlsx(tmp_path / "a.xlsx", rows, merged=["C1:D1"]))
    assert table.headers == ("姓名", "手机")
    assert table.header_rows == (3,)
    assert [table.letters(index) for index in range(2)] == ["C", "D"]
    assert list(table.rows()) == [(5, ["周敏", "13800138000"])]


def test_two_header_rows_become_one(tmp_path: Path) -> None:
    rows = [["姓名", "联系方式", "", "性别"], ["", "手机", "微信", ""], ["周敏", "13800138000", "zm", "女"]]
    table = open_table(write_xlsx(tmp_path / "a.xlsx", rows, merged=["A1:A2", "B1:C1", "D1:D2"]))
    assert table.headers == ("姓名", "手机", "微信", "性别")
    assert table.header_rows == (1, 2)
    assert [number for number, _ in table.rows()] == [3]


def test_group_titles_above_the_header_are_titles(tmp_path: Path) -> None:
    rows: list[list[object]] = [["基本信息", "", "消费"], ["姓名", "手机", "积分"], ["周敏", "13800138000", 5]]
    table = open_table(write_xlsx(tmp_path / "a.xlsx", rows, merged=["A1:B1"]))
    assert table.headers == ("姓名", "手机", "积分")


def test_a_file_without_header(tmp_path: Path) -> None:
    table = open_table(write_text(tmp_path / "a.csv", [["周敏", "13800138000"], ["李雷", "13900139000"]]))
    assert table.header_rows == ()
    assert table.headers == ("", "")
    assert len(list(table.rows())) == 2


def test_the_person_may_say_where_the_header_is(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.csv", [["x", "y"], ["aa", "bb"], ["周敏", "13800138000"]])
    assert open_table(path, header_row=2).headers == ("aa", "bb")
    assert [number for number, _ in open_table(path, header_row=0).rows()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(encoding: str, codec: str, delimiter: str, tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.csv", ROWS, encoding, delimiter)
    table = open_table(path)
    assert (table.origin.encoding, table.origin.delimiter) == (codec, delimiter)
    assert table.headers == ("姓名", "手机")
    assert list(table.rows()) == [(2, ["周敏", "13800138000"]), (3, ["欧阳娜娜", "13900139000"])]


def test_rare_characters_survive_gb18030(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.csv", [["姓名", "手机"], ["𠮷䶮㛃", "1"]], "gb18030")
    assert next(open_table(path).rows())[1][0] == "𠮷䶮㛃"


def test_quotes_line_breaks_zero_bytes_and_numbers_of_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('姓名,备注\r\n"周\n敏","说""好"""\r\n\r\n李\0雷,a\r\n'.encode())
    assert list(open_table(path).rows()) == [(2, ["周\n敏", '说"好"']), (4, ["李雷", "a"])]


def test_the_file_may_name_its_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\n姓名;备注\r\n周敏;a,b\r\n", encoding="utf-8")
    assert list(open_table(path).rows()) == [(2, ["周敏", "a,b"])]


def test_content_counts_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(package())
    table = open_table(path)
    assert table.origin.kind is FileKind.XLSX
    assert not table.origin.suffix_fits


def test_a_sheet_by_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    assert open_table(path, "名单").origin.sheet == "名单"
    with pytest.raises(FileRefusedError) as refused:
        open_table(path, "别的")
    assert refused.value.reason is FileTrouble.NO_SUCH_SHEET
    assert refused.value.detail == "名单"


def test_days_with_time(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 5, 14, 3)  # noqa: DTZ001
    rows: list[list[object]] = [["日期", "金额"], [moment, 5]]
    table = open_table(write_xlsx(tmp_path / "a.xlsx", rows))
    assert next(table.rows())[1][0] in {moment, date(2026, 3, 5)}

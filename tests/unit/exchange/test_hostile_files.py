"""Files that could do harm are refused with their own reason, quickly and without eating memory."""

import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from crmdesk.exchange.ole_container import container_of
from crmdesk.exchange.opening import open_table
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble
from tests.builders.outside_files import DATA, HEADER_XML, MEMBER_XML, archive_of, package, sheet_part

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
STRINGS = "<sst><si><t>&a;</t></si><si><t>b</t></si></sst>"
SHEET = "xl/worksheets/sheet1.xml"


def _lying_size() -> bytes:
    """Declare 100 bytes for a part that unpacks to a megabyte, in both headers."""
    real = sheet_part(HEADER_XML + MEMBER_XML + " " * 1_000_000)
    content = package(replaced={SHEET: real})
    size = struct.pack("<I", len(real.encode()))
    return content.replace(size, struct.pack("<I", 100))


def _wrong_checksum() -> bytes:
    content = bytearray(package())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        part = archive.getinfo(SHEET)
    at = part.header_offset + 30 + len(part.filename)
    content[at + part.compress_size // 2] ^= 0xFF
    return bytes(content)


def _protected_xls() -> bytes:
    """Turn the record behind the workbook's beginning into FILEPASS."""
    content = bytearray((DATA / "members.xls").read_bytes())
    at = content.find(b"\x09\x08\x10\x00")
    at += 4 + struct.unpack_from("<H", content, at + 2)[0]
    struct.pack_into("<H", content, at, 0x002F)
    return bytes(content)


def _xls_with_far_cell() -> bytes:
    content = bytearray((DATA / "members.xls").read_bytes())
    at = content.find(struct.pack("<HHH", 0x00FD, 10, 4))  # a text in row 5
    struct.pack_into("<HH", content, at + 4, 65_535, 255)
    return bytes(content)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _xls(strings: bytes, count: int, cells: bytes) -> bytes:
    """Build an .xls with one sheet from its records."""
    bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    table = _record(0x00FC, struct.pack("<II", count, count) + strings)
    sheet_name = b"\x00\x00\x01\x00S"
    place = len(bof) + len(table) + 4 + 4 + len(sheet_name) + 4
    body = bof + table + _record(0x0085, struct.pack("<I", place) + sheet_name) + _record(0x000A, b"")
    return container_of(body + bof + cells + _record(0x000A, b""))


def _xls_with_one_text_everywhere() -> bytes:
    text = struct.pack("<HB", 8_000, 0) + b"x" * 8_000
    cells = b"".join(_record(0x00FD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(20_000))
    return _xls(text, 1, cells)


def _xls_with_many_strings_declared() -> bytes:
    return _xls(struct.pack("<HB", 1, 0) + b"x", 0x7FFFFFFF, b"")


def _encrypted_part() -> bytes:
    content = bytearray(package())
    central = content.find(b"PK\x01\x02")
    content[central + 8] |= 1
    return bytes(content)


def _row(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


REFUSED: dict[str, tuple[str, Callable[[], bytes], FileTrouble]] = {
    "entity bomb": ("a.xlsx", lambda: package(replaced={SHEET: sheet_part(HEADER_XML, BOMB)}), FileTrouble.SUSPICIOUS),
    "external entity": (
        "a.xlsx",
        lambda: package(replaced={"xl/sharedStrings.xml": XXE + STRINGS}),
        FileTrouble.SUSPICIOUS,
    ),
    "one huge cell": (
        "a.xlsx",
        lambda: package(HEADER_XML + _row(2, f'<c r="A2" t="inlineStr"><is><t>{"长" * 6_000_000}</t></is></c>')),
        FileTrouble.SUSPICIOUS,
    ),
    "one long cell": (
        "a.xlsx",
        lambda: package(HEADER_XML + _row(2, f'<c r="A2" t="inlineStr"><is><t>{"长" * 1_000_000}</t></is></c>')),
        FileTrouble.CELL_TOO_LONG,
    ),
    "size that lies": ("a.xlsx", _lying_size, FileTrouble.SUSPICIOUS),
    "value in the last cell": (
        "a.xlsx",
        lambda: package(HEADER_XML + MEMBER_XML + _row(1_048_576, '<c r="XFD1048576"><v>1</v></c>')),
        FileTrouble.STRAY_CELL,
    ),
    "value far away, written unusually": (
        "a.xlsx",
        lambda: package(HEADER_XML + MEMBER_XML + "<row r='900000'><c s='1' r='ZZ900000'><v>1</v></c></row>"),
        FileTrouble.STRAY_CELL,
    ),
    "address beyond every sheet": (
        "a.xlsx",
        lambda: package(HEADER_XML + _row(2, '<c r="A99999999999"><v>1</v></c>')),
        FileTrouble.DAMAGED,
    ),
    "columns beyond every sheet": (
        "a.xlsx",
        lambda: package(HEADER_XML + _row(2, '<c r="ZZZZZ2"><v>1</v></c>')),
        FileTrouble.DAMAGED,
    ),
    "address hidden in a reference": (
        "a.xlsx",
        lambda: package(HEADER_XML + _row(2, '<c r="&#88;&#70;&#68;1048576"><v>1</v></c>')),
        FileTrouble.STRAY_CELL,
    ),
    "one long text in every cell": (
        "a.xlsx",
        lambda: package(
            "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_000)),
            {"xl/sharedStrings.xml": f'<sst xmlns="x"><si><t>{"长" * 30_000}</t></si></sst>'},
        ),
        FileTrouble.TOO_MANY_CELLS,
    ),
    "one long text in every cell of an old workbook": (
        "a.xls",
        _xls_with_one_text_everywhere,
        FileTrouble.TOO_MANY_CELLS,
    ),
    "old workbook that promises too much": ("a.xls", _xls_with_many_strings_declared, FileTrouble.DAMAGED),
    "part above the package": ("a.xlsx", lambda: package(replaced={"../../evil.xml": "<x/>"}), FileTrouble.SUSPICIOUS),
    "part with a drive": ("a.xlsx", lambda: package(replaced={"C:/evil.xml": "<x/>"}), FileTrouble.SUSPICIOUS),
    "very many parts": (
        "a.xlsx",
        lambda: package(replaced={f"xl/p{n}.xml": "<x/>" for n in range(2_100)}),
        FileTrouble.SUSPICIOUS,
    ),
    "sheet in UTF-16": (
        "a.xlsx",
        lambda: package(replaced={SHEET: sheet_part(HEADER_XML).encode("utf-16")}),
        FileTrouble.SUSPICIOUS,
    ),
    "no XML in a part": (
        "a.xlsx",
        lambda: package(replaced={SHEET: "x" + sheet_part(HEADER_XML)}),
        FileTrouble.DAMAGED,
    ),
    "text that is not there": (
        "a.xlsx",
        lambda: package(_row(1, '<c r="A1" t="s"><v>99</v></c>')),
        FileTrouble.DAMAGED,
    ),
    "wrong checksum": ("a.xlsx", _wrong_checksum, FileTrouble.DAMAGED),
    "cut off": ("a.xlsx", lambda: package()[:-200], FileTrouble.TRUNCATED),
    "password": ("a.xlsx", (DATA / "password.xlsx").read_bytes, FileTrouble.PASSWORD),
    "encrypted part": ("a.xlsx", _encrypted_part, FileTrouble.PASSWORD),
    "old workbook with password": ("a.xls", _protected_xls, FileTrouble.PASSWORD),
    "old workbook cut off": ("a.xls", lambda: (DATA / "members.xls").read_bytes()[:1_500], FileTrouble.TRUNCATED),
    "old workbook with a far cell": ("a.xls", _xls_with_far_cell, FileTrouble.STRAY_CELL),
    "picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, FileTrouble.PICTURE),
    "web page": ("a.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", FileTrouble.HTML),
    "old XML table": (
        "a.xls",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        FileTrouble.XML_SHEET,
    ),
    "document": ("a.xlsx", lambda: archive_of({"word/document.xml": "<x/>"}), FileTrouble.OTHER_DOCUMENT),
    "open document sheet": (
        "a.xlsx",
        lambda: archive_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        FileTrouble.OTHER_SHEET,
    ),
    "binary workbook": ("a.xlsx", lambda: archive_of({"xl/workbook.bin": "x"}), FileTrouble.OTHER_SHEET),
    "archive": ("a.xlsx", lambda: archive_of({"readme.txt": "x"}), FileTrouble.ARCHIVE),
    "portable document": ("a.csv", lambda: b"%PDF-1.7 ...", FileTrouble.PDF),
    "program": ("a.csv", lambda: bytes(range(256)) * 40, FileTrouble.BINARY),
    "nothing": ("a.csv", lambda: b"", FileTrouble.EMPTY),
    "only blanks": ("a.csv", lambda: b"\xef\xbb\xbf \r\n\r\n", FileTrouble.EMPTY),
    "only empty cells": ("a.csv", lambda: b",,,\r\n,,,\r\n", FileTrouble.NO_ROWS),
    "UTF-32": ("a.csv", lambda: "姓名,手机\n".encode("utf-32"), FileTrouble.ENCODING),
    "two encodings": (
        "a.csv",
        lambda: "姓名\n".encode() + "周敏,\u00e9".encode("gb18030") + b"\xff\n",
        FileTrouble.ENCODING,
    ),
    "long cell": ("a.csv", lambda: "姓名,手机\n".encode() + b"x" * 3_000_000, FileTrouble.CELL_TOO_LONG),
    "open quote": ("a.csv", lambda: '姓名,备注\n"周敏,'.encode() + b"a,b\n" * 100_000, FileTrouble.QUOTE_OPEN),
    "very many columns": ("a.csv", lambda: "姓名\n".encode() + b"," * 900_000, FileTrouble.TOO_MANY_CELLS),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_its_own_reason(case: str, tmp_path: Path) -> None:
    name, make, trouble = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(make())
    began = time.process_time()
    with pytest.raises(FileRefusedError) as refused:
        for _row in open_table(path).rows():
            pass
    assert refused.value.reason is trouble
    assert time.process_time() - began < 10
    assert refused.value.name == name


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError) as refused:
        open_table(tmp_path / "none.xlsx")
    assert refused.value.reason is FileTrouble.MISSING
    with pytest.raises(FileRefusedError) as refused:
        open_table(tmp_path)
    assert refused.value.reason is FileTrouble.NOT_A_FILE


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        '<row r="1048576" s="1" customFormat="1"/>',
        "".join(f'<row r="{n}"><c r="XFD{n}" s="1"/></row>' for n in range(3, 2_000)),
    ],
    ids=["cell", "row", "column"],
)
def test_formats_without_values_far_away_do_no_harm(far: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(package(HEADER_XML + MEMBER_XML + far))
    table = open_table(path)
    assert list(table.rows()) == [(2, ["周敏", 13800138000.0])]


@pytest.mark.parametrize(
    "rows",
    [
        (
            '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
            '<row><c t="inlineStr"><is><t>周敏</t></is></c><c><v>13800138000</v></c></row>'
        ),
        HEADER_XML.replace('"', "'") + MEMBER_XML.replace('<c r="A2" t="inlineStr"', '<c t="inlineStr" r="A2"'),
    ],
    ids=["no addresses", "other quotes and order"],
)
def test_unusual_but_valid_sheets_are_read(rows: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(package(rows))
    assert list(open_table(path).rows()) == [(2, ["周敏", 13800138000.0])]


def test_what_the_guards_hold_in_memory_is_small(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,手机\n".encode() + "周敏,13800138000\n".encode() * 50_000)
    tracemalloc.start()
    count = sum(1 for _ in open_table(path).rows())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 50_000
    assert peak < 8_000_000


def test_an_old_workbook_may_promise_any_size(tmp_path: Path) -> None:
    content = bytearray((DATA / "members.xls").read_bytes())
    at = content.find(struct.pack("<HH", 0x0200, 14))
    struct.pack_into("<IIHH", content, at + 4, 0, 0xFFFFFFFF, 0, 0xFFFF)
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert len(list(open_table(path).rows())) == 2

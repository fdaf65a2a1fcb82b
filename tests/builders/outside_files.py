"""Files as they come from outside: ordinary, odd and hostile, all made in code."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

import xlsxwriter

DATA: Final = Path(__file__).resolve().parents[1] / "data"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_RELATIONS: Final = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
WORKBOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS: Final = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{WORKBOOK_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_RELATIONS}<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_RELATIONS}<Relationship Id="r1" Type="{_OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/relationships/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    ),
    "xl/sharedStrings.xml": f'{_XML}<sst xmlns="{_MAIN}"><si><t>姓名</t></si><si><t>手机</t></si></sst>',
}
HEADER_XML: Final = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
MEMBER_XML: Final = '<row r="2"><c r="A2" t="inlineStr"><is><t>周敏</t></is></c><c r="B2"><v>13800138000</v></c></row>'


def sheet_part(rows: str, prolog: str = "") -> str:
    """Return the XML of a worksheet with these rows."""
    return f'{_XML}{prolog}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def package(rows: str = HEADER_XML + MEMBER_XML, replaced: dict[str, str | bytes] | None = None) -> bytes:
    """Return an .xlsx with one sheet, some parts replaced or added."""
    parts = _PARTS | {"xl/worksheets/sheet1.xml": sheet_part(rows)} | (replaced or {})
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def archive_of(parts: dict[str, str]) -> bytes:
    """Return a zip with just these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Path:
    """Write an ordinary workbook as Excel would; `merged` are ranges such as `A1:C1`."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet("名单")
        for area in merged:
            sheet.merge_range(area, "")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value not in {"", None}:
                    sheet.write(number, column, value)
    return path


def write_text(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write a text file."""
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    return path

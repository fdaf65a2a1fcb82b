"""Puts together a workbook: openpyxl's package with our spooled rows inside its sheets."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import IO, BinaryIO, Final
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook

from crmdesk.documents.sheets.rows import RowSpool

# Level 3 costs a third less time than the usual 6 for files that are a seventh larger.
_COMPRESSION: Final = 3
_SHEET_PART: Final = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_SHEET_DATA: Final = re.compile(r"<sheetData\s*/>|<sheetData>.*?</sheetData>", re.DOTALL)
_DIMENSION: Final = re.compile(r"<dimension [^>]*/>")
# Elements that come after ignoredErrors in a sheet (ISO/IEC 29500, CT_Worksheet).
_AFTER_IGNORED: Final = re.compile(r"<(?:smartTags|drawing|legacyDrawing|picture|tableParts)\b|</worksheet>")


def write_package(workbook: Workbook, bodies: Mapping[str, Sequence[RowSpool]], target: BinaryIO) -> None:
    """Write ``workbook`` to ``target`` with the rows of ``bodies``, by sheet title, in place of its own.

    The spools of a sheet follow each other from top to bottom.

    Nothing in it depends on the moment of writing except what openpyxl notes in the document properties.
    """
    frame = io.BytesIO()
    workbook.save(frame)
    titles = [sheet.title for sheet in workbook.worksheets]
    deflated = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION)
    with zipfile.ZipFile(frame) as source, deflated as package:
        for part in source.infolist():
            found = _SHEET_PART.fullmatch(part.filename)
            spools = bodies.get(titles[int(found.group(1)) - 1]) if found else None
            content = source.read(part)
            # A name instead of a ZipInfo: the entry is dated 1980, so equal facts make equal bytes.
            with package.open(part.filename, "w") as entry:
                if spools is None:
                    entry.write(content)
                else:
                    _write_sheet(entry, content.decode(), spools)


def _write_sheet(entry: IO[bytes], frame: str, spools: Sequence[RowSpool]) -> None:
    data = _SHEET_DATA.search(frame)
    if data is None:
        raise ValueError(frame[:200])
    head, tail = _DIMENSION.sub("", frame[: data.start()]), frame[data.end() :]
    entry.write(f"{head}<sheetData>".encode())
    for spool in spools:
        for chunk in spool.chunks():
            entry.write(chunk)
    entry.write(f"</sheetData>{_without_text_warnings(tail, spools[-1].next_row - 1)}".encode())


def _without_text_warnings(tail: str, last_row: int) -> str:
    """Keep Excel from marking phones and numbers that are text on purpose with a green corner."""
    note = f'<ignoredErrors><ignoredError sqref={quoteattr(f"A1:XFD{max(last_row, 1)}")} numberStoredAsText="1"/>'
    place = _AFTER_IGNORED.search(tail)
    at = place.start() if place else len(tail)
    return f"{tail[:at]}{note}</ignoredErrors>{tail[at:]}"

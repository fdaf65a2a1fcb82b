"""What a file really is, by its content; the suffix is only compared."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import olefile

from crmdesk.core.errors import EnvironmentTroubleError
from crmdesk.exchange.limits import LARGEST_FILE, MEBIBYTE
from crmdesk.exchange.text_encoding import utf16_without_mark
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble


class FileKind(StrEnum):
    """The kinds that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A file that can be tried.

    Attributes:
        path: where it is.
        kind: by content.
        suffix_fits: false when the name says something else (an .xlsx named .csv); it is read all the same.
    """

    path: Path
    kind: FileKind
    suffix_fits: bool


_SUFFIXES: Final = {
    FileKind.XLSX: {".xlsx", ".xlsm", ".xltx", ".et"},
    FileKind.XLS: {".xls", ".xlt", ".et"},
    FileKind.TEXT: {".csv", ".txt", ".tsv", ".tab"},
}
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Sector sizes of a container: 512 or 4,096 bytes, small sectors 64; a wrong one would be reserved as memory.
_SHIFTS: Final = slice(30, 34)
_USUAL_SHIFTS: Final = (b"\x09\x00\x06\x00", b"\x0c\x00\x06\x00")
_OTHERS: Final = (
    (b"\x89PNG", FileTrouble.PICTURE),
    (b"\xff\xd8\xff", FileTrouble.PICTURE),
    (b"GIF8", FileTrouble.PICTURE),
    (b"II*\x00", FileTrouble.PICTURE),
    (b"MM\x00*", FileTrouble.PICTURE),
    (b"%PDF-", FileTrouble.PDF),
    (b"{\\rtf", FileTrouble.OTHER_DOCUMENT),
    (b"Rar!", FileTrouble.ARCHIVE),
    (b"7z\xbc\xaf", FileTrouble.ARCHIVE),
    (b"\x1f\x8b", FileTrouble.ARCHIVE),
    (b"SQLite format 3\x00", FileTrouble.BINARY),
    (b"\x7fELF", FileTrouble.BINARY),
)
_HTML: Final = re.compile(
    rb"\A\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|meta|table|body|div|style)\b", re.IGNORECASE | re.DOTALL
)
_XML: Final = re.compile(rb"\A\s*<\?xml")
_XML_SHEET: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
_WIDE_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROL: Final = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What parsers of containers raise over nonsense.
_BROKEN: Final = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    EOFError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
_HEAD: Final = 64 * 1024
_MOST_CONTROL: Final = 0.02


def sniff(path: Path) -> Sniffed:
    """Return what the file is.

    Raises:
        FileRefusedError: it is missing, empty, too big, protected, damaged, or nothing that can be read.
        EnvironmentTroubleError: the computer does not let it be read.
    """
    head = _head(path)
    kind = _kind(path, head)
    return Sniffed(path, kind, path.suffix.lower() in _SUFFIXES[kind])


def _head(path: Path) -> bytes:
    try:
        if not path.exists():
            raise FileRefusedError(FileTrouble.MISSING, name=path.name)
        if not path.is_file():
            raise FileRefusedError(FileTrouble.NOT_A_FILE, name=path.name)
        size = path.stat().st_size
        if size == 0:
            raise FileRefusedError(FileTrouble.EMPTY, name=path.name)
        if size > LARGEST_FILE:
            raise FileRefusedError(FileTrouble.TOO_BIG, name=path.name, detail=f"{size // MEBIBYTE}")
        with path.open("rb") as handle:
            return handle.read(_HEAD)
    except OSError as trouble:
        raise EnvironmentTroubleError("read", str(path)) from trouble


def _kind(path: Path, head: bytes) -> FileKind:
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return _zip_kind(path)
    if head.startswith(_OLE):
        if head[_SHIFTS] not in _USUAL_SHIFTS:
            raise FileRefusedError(FileTrouble.DAMAGED, name=path.name)
        return _ole_kind(path)
    for magic, trouble in _OTHERS:
        if head.startswith(magic):
            raise FileRefusedError(trouble, name=path.name)
    no_text = _text_trouble(head)
    if no_text:
        raise FileRefusedError(no_text, name=path.name)
    return FileKind.TEXT


def _zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            mimetype = package.read("mimetype")[:100] if "mimetype" in names and len(names) > 1 else b""
    except (zipfile.BadZipFile, zlib.error, struct.error, *_BROKEN) as trouble:
        raise FileRefusedError(FileTrouble.TRUNCATED, name=path.name) from trouble
    if "xl/workbook.xml" in names or (mimetype == b"" and _has(names, "xl/worksheets/")):
        return FileKind.XLSX
    if "xl/workbook.bin" in names or b"spreadsheet" in mimetype:
        raise FileRefusedError(FileTrouble.OTHER_SHEET, name=path.name)
    if _has(names, "word/") or _has(names, "ppt/") or mimetype:
        raise FileRefusedError(FileTrouble.OTHER_DOCUMENT, name=path.name)
    raise FileRefusedError(FileTrouble.ARCHIVE, name=path.name)


def _has(names: Iterable[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in names)


def _ole_kind(path: Path) -> FileKind:
    try:
        with olefile.OleFileIO(str(path)) as container:
            streams = {entry[0].lower() for entry in container.listdir() if entry}
    except (struct.error, *_BROKEN) as trouble:
        raise FileRefusedError(FileTrouble.TRUNCATED, name=path.name) from trouble
    if "encryptedpackage" in streams:
        raise FileRefusedError(FileTrouble.PASSWORD, name=path.name)
    if streams & {"workbook", "book"}:
        return FileKind.XLS
    raise FileRefusedError(FileTrouble.OTHER_DOCUMENT, name=path.name)


def _text_trouble(head: bytes) -> FileTrouble | None:
    if head.startswith(_WIDE_BOMS) or utf16_without_mark(head):
        return None
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return FileTrouble.HTML
    if _XML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return FileTrouble.XML_SHEET if _XML_SHEET in head else FileTrouble.OTHER_DOCUMENT
    if head[:2] == b"BM" and b"\x00\x00" in head[:20]:
        return FileTrouble.PICTURE
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return FileTrouble.EMPTY
    if len(_CONTROL.findall(head)) > len(head) * _MOST_CONTROL:
        return FileTrouble.BINARY
    return None

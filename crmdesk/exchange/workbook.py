"""Rows of an .xlsx or .xls, read after the guards have let it pass."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from crmdesk.exchange.ole_guard import clean_container
from crmdesk.exchange.sniff import FileKind, Sniffed
from crmdesk.exchange.table import Origin, Row
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble
from crmdesk.exchange.zip_guard import check_package

# The reader is written in Rust; what it did not foresee arrives as this, which is no Exception.
_PANIC: Final = "PanicException"


class WorkbookSource:
    """One sheet of a workbook."""

    def __init__(self, sniffed: Sniffed, wanted: str | None = None) -> None:
        """Check the file and read one sheet.

        Args:
            sniffed: the file.
            wanted: the sheet's name; None takes the first visible sheet that has something in it.

        Raises:
            FileRefusedError: dangerous, damaged, protected, too big, without the sheet or without any row.
        """
        name = sniffed.path.name
        with _readable(name), _open(sniffed) as workbook:
            names = _visible(workbook)
            self._sheet, sheet_name = _choose(workbook, names, wanted, name)
        self.first_column = (self._sheet.start or (0, 0))[1] + 1
        self.row_estimate = self._sheet.height
        self.origin = Origin(name, sniffed.kind, sniffed.suffix_fits, sheet_name, names)

    def rows(self) -> Iterator[Row]:
        """Yield numbered rows."""
        yield from enumerate(self._sheet.iter_rows(), start=1)


def _open(sniffed: Sniffed) -> CalamineWorkbook:
    if sniffed.kind is FileKind.XLS:
        return CalamineWorkbook.from_filelike(BytesIO(clean_container(sniffed.path)))
    check_package(sniffed.path)
    return CalamineWorkbook.from_path(str(sniffed.path))


def _visible(workbook: CalamineWorkbook) -> tuple[str, ...]:
    return tuple(
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    )


def _choose(
    workbook: CalamineWorkbook, names: tuple[str, ...], wanted: str | None, file_name: str
) -> tuple[CalamineSheet, str]:
    if not names:
        raise FileRefusedError(FileTrouble.NO_SHEET, name=file_name)
    if wanted is not None and wanted not in names:
        raise FileRefusedError(FileTrouble.NO_SUCH_SHEET, name=file_name, detail=", ".join(names)[:400])
    for name in [wanted] if wanted is not None else names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.start is not None and sheet.height:
            return sheet, name
    raise FileRefusedError(FileTrouble.NO_ROWS, name=file_name)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Turn whatever the reader says about a broken file into one refusal."""
    try:
        yield
    except FileRefusedError:
        raise
    except PasswordError as trouble:
        raise FileRefusedError(FileTrouble.PASSWORD, name=name) from trouble
    except (CalamineError, ValueError, OSError) as trouble:
        raise FileRefusedError(FileTrouble.DAMAGED, name=name) from trouble
    except BaseException as trouble:
        if type(trouble).__name__ != _PANIC:
            raise
        raise FileRefusedError(FileTrouble.DAMAGED, name=name) from trouble

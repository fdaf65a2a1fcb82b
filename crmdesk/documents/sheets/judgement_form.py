"""The judgement form of a batch as a workbook: fixed columns, lists to choose from, a hidden key in each row."""

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.judgement_sheet import ASKED, CHECKED, KEY_HEADER, KNOWN, TITLES, SheetColumn, key_text
from crmdesk.core.paper_facts.batch import BatchLineFacts, JudgementFormFacts
from crmdesk.core.workbook_facts import CellKind
from crmdesk.documents.sheets.frame import Frame, apply_frame, sheet_title
from crmdesk.documents.sheets.look import Look
from crmdesk.documents.sheets.output import opened
from crmdesk.documents.sheets.package import write_package
from crmdesk.documents.sheets.rows import RowSpool, StyledCell

if TYPE_CHECKING:
    from crmdesk.core.workbook_facts import Cell

TITLE_ROW: Final = 1
HEADER_ROW: Final = 3
FIRST_ROW: Final = 4
_C = SheetColumn
_TITLE: Final = mark("Judgement form")
_HINT: Final = mark("Fill in the light cells only; the parts make the whole cost. Do not move columns or rows.")
_COLUMNS: Final = (*KNOWN, *ASKED)
_MONEY: Final = frozenset({_C.VALUE, _C.COST, _C.CUSTOMER, _C.STORE, _C.HEAD_OFFICE, _C.SUPPLIER, _C.CARRIER})
_WIDTHS: Final = {
    _C.NUMBER: 20.0,
    _C.ITEM: 26.0,
    _C.ACCESSORIES: 16.0,
    _C.FAULTS: 16.0,
    _C.SAID: 34.0,
    _C.REPAIRABLE: 12.0,
    _C.LIABILITY: 16.0,
    _C.REMEDY: 22.0,
    _C.DECIDED_BY: 14.0,
    _C.WORDS: 34.0,
}
_NARROW: Final = 12.0
_ROW_HEIGHT: Final = 34.0
_HEADER_HEIGHT: Final = 34.0
_MOST_MONEY: Final = 10_000_000
_MOST_DAYS: Final = 365


def write_judgement_form(target: Path | BinaryIO, facts: JudgementFormFacts, language: str) -> int:
    """Write the form to an .xlsx file in ``language`` and give the number of its rows.

    Only the cells to be filled in are open; the sheet is protected without password. The lists stand on a hidden sheet,
    since their words hold commas.

    Raises:
        EnvironmentTroubleError: the file could not be written; what was there before is untouched.
    """
    with opened(target) as output:
        workbook = Workbook()
        look = Look(workbook)
        sheet = workbook.worksheets[0]
        sheet.title = sheet_title(facts.number)
        spool = output.spool()
        _write_rows(spool, facts, look, language)
        lists = workbook.create_sheet("lists")
        lists.sheet_state = "hidden"
        _write_lists(lists, facts)
        _dress(sheet, facts, spool.next_row - 1)
        write_package(workbook, {sheet.title: (spool,)}, output.file)
    return len(facts.lines)


def _write_rows(spool: RowSpool, facts: JudgementFormFacts, look: Look, language: str) -> None:
    def say(message: str) -> str:
        return gettext_in(language, message)

    title = f"{say(_TITLE)} {facts.number}"
    spool.add([(look.named("title"), f"{title}  ·  {facts.store.name}")], 30.0)
    spool.add([(look.named("caption"), say(_HINT))])
    header: list[StyledCell | None] = [(look.header(_kind(column)), say(TITLES[column])) for column in _COLUMNS]
    spool.add([*header, (look.header(CellKind.TEXT), KEY_HEADER)], _HEADER_HEIGHT)
    for line in facts.lines:
        spool.add(_row(line, facts.number, look), _ROW_HEIGHT)


def _row(line: BatchLineFacts, batch: str, look: Look) -> list[StyledCell | None]:
    known: dict[SheetColumn, Cell] = {
        _C.NUMBER: line.number,
        _C.ITEM: line.item,
        _C.ACCESSORIES: line.accessories,
        _C.FAULTS: line.faults,
        _C.SAID: line.said,
        _C.VALUE: line.value,
    }
    cells: list[StyledCell | None] = [(look.body(_kind(column)), known[column]) for column in KNOWN]
    cells += [(look.reply(_kind(column)), None) for column in ASKED]
    key = key_text(batch, *(str(known[column]) for column in CHECKED))
    return [*cells, (look.body(CellKind.TEXT), key)]


def _kind(column: SheetColumn) -> CellKind:
    if column in _MONEY:
        return CellKind.MONEY
    return CellKind.INTEGER if column is _C.DAYS else CellKind.TEXT


def _write_lists(sheet: Worksheet, facts: JudgementFormFacts) -> None:
    choices = facts.choices
    for place, words in enumerate((choices.repairable, choices.liability, choices.remedy), start=1):
        for row, word in enumerate(words, start=1):
            sheet.cell(row=row, column=place, value=word)


def _dress(sheet: Worksheet, facts: JudgementFormFacts, last_row: int) -> None:
    widths = [_WIDTHS.get(column, _NARROW) for column in _COLUMNS]
    apply_frame(sheet, Frame(widths, HEADER_ROW, last_row, 1, landscape=True, caption=facts.number))
    key = sheet.column_dimensions[get_column_letter(len(_COLUMNS) + 1)]
    key.hidden, key.width = True, 40
    choices = facts.choices
    lists = {_C.REPAIRABLE: choices.repairable, _C.LIABILITY: choices.liability, _C.REMEDY: choices.remedy}
    for place, (column, words) in enumerate(lists.items(), start=1):
        area = f"{quote_sheetname('lists')}!${get_column_letter(place)}$1:${get_column_letter(place)}${len(words)}"
        _validate(sheet, column, last_row, DataValidation("list", formula1=f"={area}", allow_blank=True))
    for column in (one for one in ASKED if one in _MONEY):
        amount = DataValidation("decimal", operator="between", formula1="0", formula2=str(_MOST_MONEY))
        _validate(sheet, column, last_row, amount)
    days = DataValidation("whole", operator="between", formula1="0", formula2=str(_MOST_DAYS))
    _validate(sheet, _C.DAYS, last_row, days)
    protection = sheet.protection
    protection.sheet = True
    # False means: allowed although protected.
    protection.formatColumns = protection.formatRows = protection.autoFilter = False


def _validate(sheet: Worksheet, column: SheetColumn, last_row: int, rule: DataValidation) -> None:
    letter = get_column_letter(_COLUMNS.index(column) + 1)
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.add(f"{letter}{FIRST_ROW}:{letter}{max(last_row, FIRST_ROW)}")
    sheet.add_data_validation(rule)

"""The sentences for files and rows that are not taken: one message per reason, translated when shown."""

from typing import Final

from crmdesk.core.i18n import gettext, mark
from crmdesk.exchange.mapping import MappingError, MappingTrouble
from crmdesk.exchange.problems import Reason, RowProblem
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble

FILE_SENTENCES: Final[dict[FileTrouble, str]] = {
    FileTrouble.MISSING: mark("“{name}” does not exist (any more)."),
    FileTrouble.NOT_A_FILE: mark("“{name}” is a folder, not a file."),
    FileTrouble.EMPTY: mark("“{name}” is empty."),
    FileTrouble.TOO_BIG: mark("“{name}” is too big ({detail} MB). Split it into several files."),
    FileTrouble.PASSWORD: mark("“{name}” is protected with a password. Open it in Excel, take the password off, save."),
    FileTrouble.TRUNCATED: mark("“{name}” is incomplete; its end is missing. Copy or export it again."),
    FileTrouble.DAMAGED: mark("“{name}” is damaged. Open it in Excel and save it again as .xlsx."),
    FileTrouble.SUSPICIOUS: mark("“{name}” is built in a way that ordinary tables are not; it was not opened."),
    FileTrouble.HTML: mark("“{name}” is a web page with the name of a table. Open it in Excel and save it as .xlsx."),
    FileTrouble.XML_SHEET: mark("“{name}” is an old XML table. Open it in Excel and save it as .xlsx."),
    FileTrouble.OTHER_SHEET: mark("“{name}” is a table in another format. Save it as .xlsx and try again."),
    FileTrouble.OTHER_DOCUMENT: mark("“{name}” is a document, not a table."),
    FileTrouble.PICTURE: mark("“{name}” is a picture, not a table."),
    FileTrouble.PDF: mark("“{name}” is a PDF. Ask for the table itself (.xlsx or .csv)."),
    FileTrouble.ARCHIVE: mark("“{name}” is a packed folder. Unpack it and choose the table inside."),
    FileTrouble.BINARY: mark("“{name}” is no table."),
    FileTrouble.ENCODING: mark(
        "The characters of “{name}” cannot be read (row {row}). Save it in Excel as “CSV UTF-8” or .xlsx."
    ),
    FileTrouble.CELL_TOO_LONG: mark("“{name}” has a cell longer than any table allows."),
    FileTrouble.QUOTE_OPEN: mark("“{name}”: a quotation mark in row {row} is never closed."),
    FileTrouble.TOO_MANY_CELLS: mark("“{name}” has too many cells. Split it, or save it as CSV."),
    FileTrouble.STRAY_CELL: mark("“{name}” has a forgotten cell far outside, at {detail}. Delete it and save."),
    FileTrouble.NO_SHEET: mark("“{name}” has no visible sheet."),
    FileTrouble.NO_SUCH_SHEET: mark("“{name}” has no such sheet. It has: {detail}"),
    FileTrouble.NO_ROWS: mark("There is nothing in “{name}”."),
}

ROW_SENTENCES: Final[dict[Reason, str]] = {
    Reason.NAME_MISSING: mark("The name is missing."),
    Reason.NAME_NOT_A_NAME: mark("“{value}” is a number, not a name."),
    Reason.NO_KEY: mark("Neither phone nor card nor member number is given."),
    Reason.PHONE_NOT_A_NUMBER: mark("“{value}” is no phone number."),
    Reason.PHONE_TOO_SHORT: mark("“{value}” has too few digits for a phone number."),
    Reason.PHONE_TOO_LONG: mark("“{value}” has too many digits for a phone number."),
    Reason.PHONE_DIGITS_LOST: mark("Excel has lost digits of this phone number (“{value}”). Type it again as text."),
    Reason.PHONE_UNKNOWN_SHAPE: mark("“{value}” is not built like a phone number."),
    Reason.PHONE_PICKED: mark("Only the phone number was taken out of “{value}”."),
    Reason.GENDER_UNKNOWN: mark("“{value}” is no known gender; left empty."),
    Reason.DATE_NOT_A_DATE: mark("“{value}” is no date."),
    Reason.DATE_IMPOSSIBLE: mark("“{value}” does not exist in the calendar."),
    Reason.DATE_AMBIGUOUS: mark("“{value}” can be read as two dates. Write it as 2026-03-05."),
    Reason.DATE_YEAR_MISSING: mark("“{value}” lacks the year."),
    Reason.DATE_YEAR_ONLY: mark("“{value}” is only a year; month and day are missing."),
    Reason.DATE_LUNAR: mark("“{value}” is a lunar date; a solar one is needed here."),
    Reason.DATE_MISSING: mark("The date is missing."),
    Reason.DATE_FUTURE: mark("“{value}” lies in the future."),
    Reason.BIRTHDAY_FUTURE: mark("The birthday “{value}” lies in the future; only month and day were taken."),
    Reason.BIRTHDAY_TOO_OLD: mark("The year of the birthday “{value}” cannot be right; it was left out."),
    Reason.BIRTHDAY_TOO_YOUNG: mark("The birthday “{value}” has a very recent year; only month and day were taken."),
    Reason.LEVEL_UNKNOWN: mark("“{value}” is no known level; the ordinary one is used."),
    Reason.CARE_CLASS_UNKNOWN: mark("“{value}” is no known care class; left as it is."),
    Reason.MONEY_NOT_A_NUMBER: mark("“{value}” is no amount of money."),
    Reason.MONEY_TOO_FINE: mark("“{value}” has more than two decimal places."),
    Reason.MONEY_TOO_LARGE: mark("“{value}” is too large an amount."),
    Reason.MONEY_NEGATIVE: mark("A balance cannot be below zero (“{value}”)."),
    Reason.AMOUNT_MISSING: mark("Neither amount nor price is given."),
    Reason.AMOUNT_DIFFERS: mark("The amount {value} is more than price times quantity."),
    Reason.NUMBER_NOT_WHOLE: mark("“{value}” is no whole number."),
    Reason.NUMBER_NEGATIVE: mark("“{value}” is below zero."),
    Reason.QUANTITY_ZERO: mark("The quantity is zero."),
    Reason.EMAIL_NOT_AN_ADDRESS: mark("“{value}” is no e-mail address; left empty."),
    Reason.TOO_LONG: mark("The text is too long for this field: “{value}”"),
    Reason.TOTAL_LINE: mark("A line with a total; skipped."),
    Reason.REPEATED_HEADER: mark("The header once more; skipped."),
    Reason.DUPLICATE_IN_FILE: mark("“{value}” stands in row {other_row} already."),
    Reason.PHONE_SHARED_IN_FILE: mark("“{value}” is also the phone of the person in row {other_row}."),
    Reason.KNOWN_MEMBER: mark("A member with “{value}” is on file already."),
    Reason.PHONE_SHARED_IN_STORE: mark("“{value}” is also the phone of another member."),
    Reason.CARD_OF_ANOTHER: mark("The card “{value}” belongs to another member."),
    Reason.UNKNOWN_MEMBER: mark("No member has “{value}”."),
    Reason.UNKNOWN_GUIDE: mark("There is no guide “{value}”; left empty."),
    Reason.UNKNOWN_STORE: mark("There is no store “{value}”."),
    Reason.ALREADY_IMPORTED: mark("“{value}” has been imported before; skipped."),
    Reason.KEY_CONFLICT: mark("“{value}” belongs to another member; the key that was chosen decides who is meant."),
    Reason.WHO_UNCLEAR: mark("Several members have “{value}”; give the name or the member number."),
    Reason.PERSON_DIFFERS: mark("Whoever has this number, card or phone is not called “{value}”."),
    Reason.CARD_STATE_UNKNOWN: mark("“{value}” is no state of a card."),
    Reason.RECEIPT_HELD_BACK: mark("Another line of the receipt “{value}” is refused (row {other_row})."),
}

MAPPING_SENTENCES: Final[dict[MappingTrouble, str]] = {
    MappingTrouble.NOT_JSON: mark("The mapping file is not valid JSON."),
    MappingTrouble.WRONG_KIND: mark("The mapping file is for another kind of list (“{detail}”)."),
    MappingTrouble.UNKNOWN_FIELD: mark("The mapping file names an unknown field: “{detail}”"),
    MappingTrouble.UNKNOWN_COLUMN: mark("The file has no column “{detail}”."),
    MappingTrouble.FIELD_TWICE: mark("Two columns are mapped to “{detail}”; only one can be."),
}


def file_sentence(refused: FileRefusedError) -> str:
    """Return what to tell the person about a file that is not read, in the current language."""
    sentence = gettext(FILE_SENTENCES[refused.reason])
    return sentence.format(name=refused.name, detail=refused.detail, row=refused.row)


def row_sentence(problem: RowProblem) -> str:
    """Return what to tell the person about one value of one row, in the current language."""
    return gettext(ROW_SENTENCES[problem.reason]).format(value=problem.value, other_row=problem.other_row)


def mapping_sentence(refused: MappingError) -> str:
    """Return what to tell the person about a mapping that does not fit, in the current language."""
    return gettext(MAPPING_SENTENCES[refused.reason]).format(detail=refused.detail)

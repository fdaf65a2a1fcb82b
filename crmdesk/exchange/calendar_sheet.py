"""Reads a year's holidays as announced: one day on each row with rest or work and a name; refuses row by row."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from crmdesk.core.clock_errors import CalendarSheetError, RowRefusal, SheetTrouble
from crmdesk.core.dates import DateError, parse_day
from crmdesk.exchange.cells import line_of
from crmdesk.exchange.opening import open_table
from crmdesk.exchange.table import Cell, Row

_REST: Final = frozenset({"rest", "off", "holiday", "休", "休息", "放假", "假", "休假", "节假日"})
_WORK: Final = frozenset({"work", "worked", "workday", "班", "上班", "补班", "工作", "工作日"})
_LONGEST_NAME: Final = 40
_MOST_ROWS: Final = 400
_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class CalendarSheet:
    """A year as announced: each named day, whether it is worked, and its name."""

    name: str
    year: int
    days: dict[date, tuple[bool, str]]


def read_calendar(path: Path, year: int) -> CalendarSheet:
    """Read ``path`` for ``year``; the columns are day, rest or work, name; a heading may stand above.

    Raises:
        CalendarSheetError: rows that cannot be taken, each with its number and what is wrong; or none at all.
        FileRefusedError: the file is not read, with the reason.
        EnvironmentTroubleError: the computer does not let it be read.
    """
    table = open_table(path, header_row=0)
    days: dict[date, tuple[bool, str]] = {}
    refused: list[RowRefusal] = []
    for place, row in enumerate(islice(table.rows(), _MOST_ROWS)):
        found = _day(row, year, days)
        if isinstance(found, RowRefusal):
            # What stands on top and is no day at all is the heading.
            if place or found.trouble is not SheetTrouble.NO_DAY or any(map(str.isdigit, found.text)):
                refused.append(found)
        else:
            days[found[0]] = found[1:]
    if refused or not days:
        raise CalendarSheetError(path.name, tuple(refused))
    return CalendarSheet(path.name, year, days)


def _day(row: Row, year: int, known: dict[date, tuple[bool, str]]) -> tuple[date, bool, str] | RowRefusal:
    number, cells = row
    first, word, name = (*cells, "", "", "")[:_COLUMNS]
    day, said = _date(first), line_of(word).casefold()
    text = line_of(name)
    shown = line_of(first)
    trouble: SheetTrouble | None = None
    if day is None:
        trouble = SheetTrouble.NO_DAY
    elif day.year != year:
        trouble = SheetTrouble.OTHER_YEAR
    elif day in known:
        trouble = SheetTrouble.TWICE
    elif said not in _REST | _WORK:
        trouble, shown = SheetTrouble.NO_WORD, said
    elif len(text) > _LONGEST_NAME:
        trouble, shown = SheetTrouble.LONG_NAME, text
    if day is None or trouble is not None:
        return RowRefusal(number, trouble or SheetTrouble.NO_DAY, shown)
    return day, said in _WORK, text


def _date(cell: Cell) -> date | None:
    if isinstance(cell, bool | time | timedelta):
        return None
    try:
        return parse_day(cell)
    except DateError:
        return None

"""Rows that hold no record: sums at the end, the header printed again on every page."""

from enum import StrEnum
from typing import Final

from crmdesk.core.text_clean import clean_line
from crmdesk.exchange.mapping import Mapping
from crmdesk.exchange.table import Cell


class NoRecord(StrEnum):
    """What a row is; the values of the last two are reasons."""

    RECORD = "record"
    TOTAL = "total_line"
    HEADER = "repeated_header"


_TOTALS: Final = ("合计", "总计", "小计", "本页合计", "共计", "汇总", "total", "grand total", "subtotal")
_LONGEST_TOTAL: Final = 14
_FEWEST_HEADERS: Final = 2


_STARTS: Final = frozenset(spelled[:2] for word in _TOTALS for spelled in (word, word.title(), word.upper()))


def _is_total(word: str) -> bool:
    if len(word) > _LONGEST_TOTAL * 2:
        return False
    plain = clean_line(word).lower().rstrip(":： ")
    return plain in _TOTALS or (plain.startswith(_TOTALS[:6]) and not plain[2:].isalpha())


class RowSorter:
    """Tells records from sums and repeated headers."""

    def __init__(self, mapping: Mapping) -> None:
        """Remember the headers; the first two are enough to suspect a row."""
        self._columns = [column for column in mapping.columns if column.header]
        self._suspects = [(column.index, column.header) for column in self._columns[:_FEWEST_HEADERS]]

    def kind(self, cells: list[Cell]) -> NoRecord:
        """Return whether a row is a record, a sum, or the header again."""
        for cell in cells:
            if cell != "":
                if isinstance(cell, str) and (cell[:2] in _STARTS or cell[:1] == " ") and _is_total(cell):
                    return NoRecord.TOTAL
                break
        for index, header in self._suspects:
            if index < len(cells) and cells[index] == header and self._repeats_header(cells):
                return NoRecord.HEADER
        return NoRecord.RECORD

    def _repeats_header(self, cells: list[Cell]) -> bool:
        filled = [column for column in self._columns if column.index < len(cells) and cells[column.index] != ""]
        same = [column for column in filled if cells[column.index] == column.header]
        return len(same) >= min(_FEWEST_HEADERS, len(filled)) and len(same) * 2 > len(filled)

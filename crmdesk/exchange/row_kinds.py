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


def no_record(cells: list[Cell], mapping: Mapping) -> NoRecord:
    """Return whether a row is a record, a sum, or the header again."""
    first = next((cell for cell in cells if cell != ""), "")
    if not isinstance(first, str) or len(first) > _LONGEST_TOTAL * 2:
        return NoRecord.RECORD
    word = first.strip()
    if word[:2] in _STARTS and _is_total(word):
        return NoRecord.TOTAL
    if any(word == column.header for column in mapping.columns) and _repeats_header(cells, mapping):
        return NoRecord.HEADER
    return NoRecord.RECORD


_STARTS: Final = frozenset(spelled[:2] for word in _TOTALS for spelled in (word, word.title(), word.upper()))


def _is_total(word: str) -> bool:
    plain = clean_line(word).lower().rstrip(":： ")
    return plain in _TOTALS or (plain.startswith(_TOTALS[:6]) and not plain[2:].isalpha())


def _repeats_header(cells: list[Cell], mapping: Mapping) -> bool:
    filled = [column for column in mapping.columns if column.index < len(cells) and cells[column.index] != ""]
    same = [column for column in filled if cells[column.index] == column.header]
    return len(same) >= min(_FEWEST_HEADERS, len(filled)) and len(same) * 2 > len(filled)

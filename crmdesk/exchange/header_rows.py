"""Finds the header among title lines, merged groups and blank rows."""

import re
from dataclasses import dataclass
from typing import Final

from crmdesk.core.text_clean import clean_line
from crmdesk.exchange.header_words import is_known_header
from crmdesk.exchange.limits import HEADER_WITHIN
from crmdesk.exchange.table import Cell, Row, is_blank

_LIKE_DATA: Final = re.compile(r"[0-9]{4,}|\A[-+]?[0-9.,]+\Z|[0-9]{1,4}[-/.年][0-9]{1,2}")
_LONGEST_HEADER: Final = 40
_FEWEST_TEXTS: Final = 2


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: the texts and the rows that they stand in (none when there is no header)."""

    texts: tuple[str, ...]
    rows: tuple[int, ...]


def find_header(rows: list[Row]) -> Header:
    """Return the header among the first rows of a sheet.

    The row with most known words wins; without any known word the first row of at least two short texts without
    figures. A second row directly below or above that only has header texts fills and refines it: `联系方式` over
    `手机 | 微信`.
    """
    head = [(number, cells) for number, cells in rows[:HEADER_WITHIN] if not is_blank(cells)]
    width = max((len(cells) for _, cells in rows), default=0)
    scores = [_score(cells) for _, cells in head]
    best = max(range(len(head)), key=lambda at: scores[at], default=None)
    if best is None:
        return Header(("",) * width, ())
    if scores[best] < _FEWEST_TEXTS and not (scores[best] == 1 and len(_texts(head[best][1])) == 1):
        best = next((at for at, (_, cells) in enumerate(head) if _only_texts(cells, _FEWEST_TEXTS)), None)
        if best is None:
            return Header(("",) * width, ())
    return _with_neighbour(head, best, width)


def _with_neighbour(head: list[Row], best: int, width: int) -> Header:
    number, cells = head[best]
    texts = _labels(cells, width)
    for at, lower in ((best + 1, True), (best - 1, False)):
        if not 0 <= at < len(head):
            continue
        other_number, other = head[at]
        if abs(other_number - number) == 1 and _is_second_header(cells, other, lower=lower):
            extra = _labels(other, width)
            pairs = zip(extra, texts, strict=True) if lower else zip(texts, extra, strict=True)
            return Header(tuple(below or above for below, above in pairs), tuple(sorted((number, other_number))))
    return Header(texts, (number,))


def _is_second_header(header: list[Cell], other: list[Cell], *, lower: bool) -> bool:
    if not _only_texts(other, 1) or not _score(other):
        return False
    if lower:
        return True
    # A line above belongs to the header only where it says something over an empty header cell.
    return any(text and not below for text, below in zip(_texts_at(other), _texts_at(header), strict=False))


def _score(cells: list[Cell]) -> int:
    return sum(1 for text in {*_texts(cells)} if is_known_header(text))


def _texts(cells: list[Cell]) -> list[str]:
    return [text for text in _texts_at(cells) if text]


def _texts_at(cells: list[Cell]) -> list[str]:
    return [clean_line(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_HEADER * 4 else "" for cell in cells]


def _only_texts(cells: list[Cell], fewest: int) -> bool:
    filled = [cell for cell in cells if cell != ""]
    texts = [text for text in _texts(cells) if len(text) <= _LONGEST_HEADER and not _LIKE_DATA.search(text)]
    return len(texts) == len(filled) and len(texts) >= fewest


def _labels(cells: list[Cell], width: int) -> tuple[str, ...]:
    texts = [clean_line(str(cell))[:_LONGEST_HEADER] if cell != "" else "" for cell in cells]
    return tuple(texts + [""] * (width - len(texts)))

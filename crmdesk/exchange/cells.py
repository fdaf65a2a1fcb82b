"""Cells as text and as numbers, without knowing what they mean."""

import re
from datetime import date, datetime, time
from typing import Final

from crmdesk.core.money import LARGEST_FEN, Money, MoneyError
from crmdesk.core.text_clean import clean_line
from crmdesk.exchange.table import Cell

_MINUS: Final = str.maketrans({"−": "-", "﹣": "-", "－": "-", "–": "-", "（": "(", "）": ")"})
_IN_BRACKETS: Final = re.compile(r"\((.+)\)\Z")
_COUNT_WORDS: Final = re.compile(r"[,，\s]|(?:件|个|只|双|条|套|分|点|pcs?)\Z", re.IGNORECASE)
_WHOLE_MONEY: Final = re.compile(r"整\Z")
_WITHOUT_VALUE: Final = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "/",
        "\\",
        "无",
        "没有",
        "暂无",
        "不详",
        "未知",
        "空",
        "null",
        "none",
        "n/a",
        "na",
        "nil",
        "#n/a",
    }
)
# Sums in a spreadsheet end in ….0000000002; anything coarser was typed.
_DUST: Final = 1e-4


def text_of(cell: Cell) -> str:
    """Return a cell as the person sees it: 3.0 as 3, a day without time as a day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def line_of(cell: Cell) -> str:
    """Return a cell as one clean line."""
    return clean_line(cell if isinstance(cell, str) else text_of(cell))


def says_nothing(text: str) -> bool:
    """Tell whether a clean text only says that there is no value: 无, -, N/A."""
    return text.lower() in _WITHOUT_VALUE


def money_of(cell: Cell) -> Money:
    """Return the money that a cell means: 1280.5, `¥1,280.50 元`, `(500)` for minus 500.

    Raises:
        MoneyError: no number, finer than a fen, or larger than a shop ever sees.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _money_of_number(cell)
    text = _WHOLE_MONEY.sub("", clean_line(text_of(cell)).translate(_MINUS))
    negative = _IN_BRACKETS.match(text)
    money = Money.parse(negative.group(1) if negative else text)
    return -money if negative else money


def whole_of(cell: Cell) -> int:
    """Return the whole number that a cell means: 3.0, `1,200`, `2件`.

    Raises:
        ValueError: no number, or not whole.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if cell != int(cell):
            raise ValueError(cell)
        return int(cell)
    text = _COUNT_WORDS.sub("", clean_line(text_of(cell)).translate(_MINUS))
    number = float(text)
    if not number.is_integer() or abs(number) > LARGEST_FEN:
        raise ValueError(text)
    return int(number)


def _money_of_number(value: float) -> Money:
    if value != value or abs(value) * 100 > LARGEST_FEN:  # noqa: PLR0124 - not a number is unequal to itself
        raise MoneyError(str(value), "too_large")
    fen = round(value * 100)
    if abs(fen - value * 100) > _DUST:
        raise MoneyError(str(value), "too_fine")
    return Money(fen)

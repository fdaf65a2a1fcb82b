"""One cell as sheet XML: escaping, numbers, dates; text can never become a formula here."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from crmdesk.core.i18n import gettext
from crmdesk.core.money import FEN_PER_YUAN, Money
from crmdesk.core.workbook_facts import Cell, CellKind, Column

# Excel's limit, in UTF-16 units.
TEXT_LIMIT: Final = 32_767
# Below this many characters no text can be over the limit.
_SURELY_SHORT: Final = TEXT_LIMIT // 2
# Excel counts days from 1899-12-30, but believes in 29 February 1900; earlier days are written as text.
_DAY_ZERO: Final = 693_594
_FIRST_SAFE_DAY: Final = 61
_SECONDS_A_DAY: Final = 86_400
# Excel keeps 15 digits of a number; longer ones are identifiers and are written as text.
_SAFE_INTEGER: Final = 10**15
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")

CellMaker = Callable[[Cell, int], str]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula (without ``=``) and the value it has now; only our own code makes these.

    ``array`` formulas are evaluated element by element (entered with Ctrl+Shift+Enter in older Excel).
    """

    text: str
    value: str | float | None = None
    array: bool = False


def _replaced(match: re.Match[str]) -> str:
    found = match.group()
    if found in "&<>":
        return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[found]
    if len(found) > 1:
        return f"_x005F{found}"
    if "\ud800" <= found <= "\udfff":
        return "\ufffd"
    return f"_x{ord(found):04X}_"


def escaped(text: str) -> str:
    """Give ``text`` as XML content of a cell.

    Characters that XML cannot hold become ``_xHHHH_`` (ISO/IEC 29500, ST_Xstring), which Excel turns back; a text that
    looks like such an escape is escaped itself. Half of a surrogate pair becomes U+FFFD.
    """
    return _SPECIAL.sub(_replaced, text)


def shortened(text: str) -> str:
    """Give ``text`` cut to what a cell can hold, ending in a note with the number of characters left out."""
    if len(text) <= _SURELY_SHORT:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * TEXT_LIMIT:
        return text
    longest_note = gettext("… [cut, {count} more characters]").format(count=len(text))
    kept = units[: 2 * (TEXT_LIMIT - len(longest_note))].decode("utf-16-le", "ignore")
    return kept + gettext("… [cut, {count} more characters]").format(count=len(text) - len(kept))


def text_body(text: str) -> str:
    """Give the inside of an inline string cell."""
    text = shortened(text)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<is><t{space}>{escaped(text)}</t></is>"


def number_text(value: float) -> str:
    """Give a number as XML; not-a-number and infinity, which a sheet cannot hold, give an empty text."""
    if type(value) is float:
        return repr(value) if math.isfinite(value) else ""
    return str(int(value))


def day_serial(day: date) -> int:
    """Give Excel's number of ``day``."""
    return day.toordinal() - _DAY_ZERO


def moment_serial(moment: datetime, zone: ZoneInfo) -> float:
    """Give Excel's number of an aware ``moment`` on the wall clock of ``zone``, to the second.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone")
    local = moment.astimezone(zone)
    seconds = (local.hour * 60 + local.minute) * 60 + local.second
    return day_serial(local) + seconds / _SECONDS_A_DAY


def value_cell(place: str, style: int, value: Cell | Formula) -> str:
    """Give one cell of a hand-made row at ``place`` ("B7"); dates and money must be numbers already."""
    head = f'<c r="{place}" s="{style}"'
    if value is None:
        return head + "/>"
    if isinstance(value, Formula):
        return _formula_cell(head, place, value)
    if isinstance(value, str):
        return f'{head} t="inlineStr">{text_body(value)}</c>'
    if isinstance(value, Money):
        return f"{head}><v>{value.fen / FEN_PER_YUAN!r}</v></c>"
    if isinstance(value, date):
        return f"{head}><v>{day_serial(value)}</v></c>"
    return f"{head}><v>{number_text(value)}</v></c>"


def _formula_cell(head: str, place: str, formula: Formula) -> str:
    kind = f' t="array" ref="{place}"' if formula.array else ""
    body = f"<f{kind}>{escaped(formula.text)}</f>"
    if formula.value is None:
        return f"{head}>{body}</c>"
    if isinstance(formula.value, str):
        return f'{head} t="str">{body}<v>{escaped(formula.value)}</v></c>'
    return f"{head}>{body}<v>{number_text(formula.value)}</v></c>"


def cell_maker(letter: str, style: int, column: Column, zone: ZoneInfo) -> CellMaker:
    """Give the function that writes the cells of one ``column``, called with a value and the row's number."""
    head, tail = f'<c r="{letter}', f'" s="{style}"'
    match column.kind:
        case CellKind.TEXT:
            return _text_maker(head, tail, column.words)
        case CellKind.YES_NO:
            return _yes_no_maker(head, tail)
        case CellKind.MONEY:
            return _money_maker(head, tail)
        case CellKind.DATE:
            return _date_maker(head, tail)
        case CellKind.DATETIME:
            return _moment_maker(head, tail, zone)
        case CellKind.INTEGER | CellKind.DECIMAL | CellKind.PERCENT | CellKind.DAYS:
            return _number_maker(head, tail)


def _text_maker(head: str, tail: str, words: Mapping[str, str] | None) -> CellMaker:
    special = _SPECIAL.search
    begin = f'{tail} t="inlineStr"><is><t>'
    known = {} if words is None else {value: text_body(word) for value, word in words.items()}

    def make(value: Cell, row: int) -> str:
        if value is None or value == "":
            return ""
        text = value if type(value) is str else str(value)
        if text in known:
            return f'{head}{row}{tail} t="inlineStr">{known[text]}</c>'
        if special(text) or len(text) > _SURELY_SHORT or text != text.strip():
            return f'{head}{row}{tail} t="inlineStr">{text_body(text)}</c>'
        return f"{head}{row}{begin}{text}</t></is></c>"

    return make


def _yes_no_maker(head: str, tail: str) -> CellMaker:
    bodies = {answer: text_body(word) for answer, word in ((True, gettext("Yes")), (False, gettext("No")))}

    def make(value: Cell, row: int) -> str:
        return "" if value is None else f'{head}{row}{tail} t="inlineStr">{bodies[bool(value)]}</c>'

    return make


def _money_maker(head: str, tail: str) -> CellMaker:
    def make(value: Cell, row: int) -> str:
        if value is None:
            return ""
        fen = value.fen if isinstance(value, Money) else value
        if type(fen) is not int:
            msg = f"money must be whole fen, not {type(fen).__name__}"
            raise TypeError(msg)
        return f"{head}{row}{tail}><v>{fen / FEN_PER_YUAN!r}</v></c>"

    return make


def _date_maker(head: str, tail: str) -> CellMaker:
    def make(value: Cell, row: int) -> str:
        if not isinstance(value, date):
            return "" if value is None else f'{head}{row}{tail} t="inlineStr">{text_body(str(value))}</c>'
        serial = value.toordinal() - _DAY_ZERO
        if serial < _FIRST_SAFE_DAY:
            return f'{head}{row}{tail} t="inlineStr">{text_body(value.isoformat())}</c>'
        return f"{head}{row}{tail}><v>{serial}</v></c>"

    return make


def _moment_maker(head: str, tail: str, zone: ZoneInfo) -> CellMaker:
    def make(value: Cell, row: int) -> str:
        if not isinstance(value, datetime):
            return "" if value is None else f'{head}{row}{tail} t="inlineStr">{text_body(str(value))}</c>'
        return f"{head}{row}{tail}><v>{moment_serial(value, zone)!r}</v></c>"

    return make


def _number_maker(head: str, tail: str) -> CellMaker:
    def make(value: Cell, row: int) -> str:
        if type(value) is int and -_SAFE_INTEGER < value < _SAFE_INTEGER:
            return f"{head}{row}{tail}><v>{value}</v></c>"
        if isinstance(value, float):
            return f"{head}{row}{tail}><v>{value!r}</v></c>" if math.isfinite(value) else ""
        return "" if value is None else f'{head}{row}{tail} t="inlineStr">{text_body(str(value))}</c>'

    return make

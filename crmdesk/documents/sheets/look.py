"""How our workbooks look: one quiet style for every sheet, number formats by kind of column."""

from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from crmdesk.core.workbook_facts import CellKind, Column

FONT: Final = "Microsoft YaHei"
INK: Final = "1F2933"
QUIET: Final = "6B7785"
ACCENT: Final = "0B67A3"
LINE: Final = "D9E0E7"
HEADER_FILL: Final = "E8F1F8"
TOTAL_FILL: Final = "F5F7F9"
REPLY_FILL: Final = "FFF9E8"
PALE: Final = "BBD5E8"
SERIES: Final = (ACCENT, "D97706")

FORMATS: Final[dict[CellKind, str]] = {
    CellKind.TEXT: "@",
    CellKind.INTEGER: "#,##0",
    CellKind.DECIMAL: "#,##0.00",
    CellKind.MONEY: "#,##0.00",
    CellKind.DATE: "yyyy\\-mm\\-dd",
    CellKind.DATETIME: "yyyy\\-mm\\-dd\\ hh:mm",
    CellKind.PERCENT: "0.0%",
    CellKind.DAYS: "#,##0.0",
    CellKind.YES_NO: "General",
}
WIDTHS: Final[dict[CellKind, float]] = {
    CellKind.TEXT: 14,
    CellKind.INTEGER: 9,
    CellKind.DECIMAL: 11,
    CellKind.MONEY: 13,
    CellKind.DATE: 12,
    CellKind.DATETIME: 17,
    CellKind.PERCENT: 9,
    CellKind.DAYS: 9,
    CellKind.YES_NO: 7,
}
RIGHT: Final = frozenset({CellKind.INTEGER, CellKind.DECIMAL, CellKind.MONEY, CellKind.PERCENT, CellKind.DAYS})

_LARGEST_WIDTH: Final = 60
_FIRST_WIDE: Final = 0x1100
_PADDING: Final = 3.0
_SHORT_TITLE: Final = 10.0

_line = Side(style="thin", color=LINE)
_strong = Side(style="medium", color=ACCENT)


class Look:
    """Hands out style numbers of one workbook, each registered once in openpyxl's own style table."""

    def __init__(self, workbook: Workbook) -> None:
        """Style cells on a sheet of ``workbook`` that is not part of it, so nothing is left behind."""
        self._sheet = Worksheet(workbook)
        self._known: dict[tuple[str, str, bool], int] = {}

    def body(self, kind: CellKind, *, whole_days: bool = False) -> int:
        """Give the style of a data cell."""
        number_format = FORMATS[CellKind.INTEGER] if whole_days else FORMATS[kind]
        return self._style("body", number_format, right=kind in RIGHT)

    def reply(self, kind: CellKind) -> int:
        """Give the style of a cell that its reader fills in: open on a protected sheet."""
        return self._style("reply", FORMATS[kind], right=kind in RIGHT)

    def total(self, kind: CellKind) -> int:
        """Give the style of a cell in the line of totals."""
        return self._style("total", FORMATS[kind], right=kind in RIGHT)

    def counted(self, pattern: str) -> int:
        """Give the style of a count that is shown inside words: ``{count} lines``."""
        before, _, after = pattern.replace('"', "").partition("{count}")
        return self._style("total", f'"{before}"#,##0"{after}"', right=False)

    def formatted(self, number_format: str) -> int:
        """Give the style of a data cell, left-aligned, with its own number format."""
        return self._style("body", number_format, right=False)

    def header(self, kind: CellKind) -> int:
        """Give the style of a column's title."""
        return self._style("header", "General", right=kind in RIGHT)

    def named(self, role: str, kind: CellKind = CellKind.YES_NO) -> int:
        """Give the style of a ``role``: title, caption, section, label, figure, note, words."""
        return self._style(role, FORMATS[kind], right=kind in RIGHT)

    def _style(self, role: str, number_format: str, *, right: bool) -> int:
        key = (role, number_format, right)
        if key not in self._known:
            cell = self._sheet.cell(row=1, column=len(self._known) + 1)
            cell.number_format = number_format
            cell.font = _FONTS.get(role, _FONTS["body"])
            cell.alignment = _alignment(role, right=right)
            if role in _FILLS:
                cell.fill = PatternFill("solid", start_color=_FILLS[role], end_color=_FILLS[role])
            if role in _BORDERS:
                cell.border = _BORDERS[role]
            if role == "reply":
                cell.protection = Protection(locked=False)
            self._known[key] = cell.style_id
        return self._known[key]


def _alignment(role: str, *, right: bool) -> Alignment:
    wrap = role in {"header", "words", "reply"}
    right = right or role == "figure"
    vertical = "top" if role == "words" else "center"
    side = "right" if right else "left"
    # Keeps text off the number in the column before it.
    indent = int(not right and role in {"body", "header", "total", "note", "reply"})
    return Alignment(horizontal=side, vertical=vertical, wrap_text=wrap, indent=indent)


_FONTS: Final = {
    "body": Font(name=FONT, size=10, color=INK),
    "header": Font(name=FONT, size=10, bold=True, color=INK),
    "total": Font(name=FONT, size=10, bold=True, color=INK),
    "title": Font(name=FONT, size=16, bold=True, color=ACCENT),
    "caption": Font(name=FONT, size=9, color=QUIET),
    "section": Font(name=FONT, size=11, bold=True, color=ACCENT),
    "figure": Font(name=FONT, size=11, bold=True, color=INK),
    "note": Font(name=FONT, size=9, color=QUIET),
}
_FILLS: Final = {"header": HEADER_FILL, "total": TOTAL_FILL, "reply": REPLY_FILL}
_BORDERS: Final = {
    "header": Border(bottom=_strong),
    "total": Border(bottom=_line),
    "section": Border(bottom=_strong),
    "label": Border(bottom=_line),
    "figure": Border(bottom=_line),
    "note": Border(bottom=_line),
    "words": Border(bottom=_line),
    "reply": Border(bottom=_line, right=_line),
}


def shown_width(text: str) -> float:
    """Give about how many characters wide ``text`` is; a Chinese character counts two."""
    return sum(2 if ord(char) >= _FIRST_WIDE else 1 for char in text)


def column_width(column: Column) -> float:
    """Give the width of ``column``: as asked for or by kind, never narrower than its title and the filter's arrow."""
    asked = column.width or WIDTHS[column.kind]
    title = shown_width(column.title)
    # Long titles are broken into two lines.
    needed = title if title <= _SHORT_TITLE else max(title / 2 + 1, _SHORT_TITLE)
    return min(max(asked, needed + _PADDING), max(asked, _LARGEST_WIDTH))

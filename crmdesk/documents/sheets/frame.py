"""The frame of a sheet: widths, frozen header, filter, print set-up; everything but the rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from crmdesk.core.i18n import gettext

_A4: Final = 9
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_TITLE_LIMIT: Final = 31
_POINTS_A_LINE: Final = 18.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of a sheet are. ``header_row`` 0: no header. Rows and columns count from 1."""

    widths: Sequence[float]
    header_row: int = 0
    last_row: int = 0
    frozen_columns: int = 0
    landscape: bool = True
    caption: str = ""


def sheet_title(text: str, taken: Sequence[str] = ()) -> str:
    """Give ``text`` as a legal name of a sheet that is not among ``taken``: 31 characters, none of the forbidden."""
    plain = _FORBIDDEN.sub(" ", text).strip().strip("'")[:_TITLE_LIMIT].strip() or "1"
    used = {name.casefold() for name in taken}
    title, number = plain, 1
    while title.casefold() in used:
        number += 1
        title = f"{plain[: _TITLE_LIMIT - 5]} ({number})"
    return title


def apply_frame(sheet: Worksheet, frame: Frame) -> None:
    """Give ``sheet`` its widths, frozen panes, filter and print set-up: A4, one page wide, header on each page."""
    for place, width in enumerate(frame.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight = _POINTS_A_LINE
    sheet.sheet_format.customHeight = True
    if frame.header_row:
        last_column = get_column_letter(len(frame.widths))
        sheet.freeze_panes = f"{get_column_letter(frame.frozen_columns + 1)}{frame.header_row + 1}"
        sheet.auto_filter.ref = f"A{frame.header_row}:{last_column}{max(frame.last_row, frame.header_row)}"
        sheet.print_title_rows = f"{frame.header_row}:{frame.header_row}"
    _apply_print(sheet, frame)


def _apply_print(sheet: Worksheet, frame: Frame) -> None:
    sheet.page_setup.orientation = "landscape" if frame.landscape else "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.6
    margins.header = margins.footer = 0.3
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.left.text = _printed(sheet.title)
    header.right.text = _printed(frame.caption)
    footer.center.text = gettext("Page {page} of {pages}").format(page="&P", pages="&N")
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = header, footer


def _printed(text: str) -> str:
    """Give ``text`` for a header: ``&`` starts a code there, and 255 characters are the limit of the whole line."""
    return text[:100].replace("&", "&&")

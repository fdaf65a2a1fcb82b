"""An address in little room: set as large as it fits, broken into lines, cut only below the smallest size."""

from collections.abc import Sequence
from typing import Final

from crmdesk.documents.pdf.text import Style, lines_of, one_line

_SIZES: Final = (10.0, 9.0, 8.0, 7.0)


def fitted_lines(lines: Sequence[str], width: float, room: float) -> tuple[Style, list[str]]:
    """Give the largest style in which the lines fit, broken to the width."""
    fitted: list[str] = []
    style, most = Style(_SIZES[0], leading=1.3), 1
    for size in _SIZES:
        style = Style(size, leading=1.3)
        fitted = [part for line in lines for part in lines_of(line, style, width)]
        most = max(int(room / style.line_mm), 1)
        if len(fitted) <= most:
            return style, fitted
    return style, [*fitted[: most - 1], one_line("".join(fitted[most - 1 :]), style, width)]

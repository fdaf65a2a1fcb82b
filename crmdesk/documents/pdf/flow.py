"""Stacking parts onto pages: what does not fit goes on, pages are counted, a long roll is one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crmdesk.core.paper_facts.common import PrintFacts
from crmdesk.core.paper_facts.formats import MONO_FORMATS, SIZES, PaperFormat, Size
from crmdesk.documents.pdf.blocks import Block
from crmdesk.documents.pdf.document import Document
from crmdesk.documents.pdf.styles import QUIET
from crmdesk.documents.pdf.text import one_line, width_mm
from crmdesk.documents.pdf.units import Sheet
from crmdesk.documents.pdf.words import Words

MOST_PAGES: Final = 300  # a list of 10,000 rows; nothing that a store prints is longer
_FOOT: Final = 5.0  # millimetres at the page's end for number and page count


@dataclass(frozen=True, slots=True)
class Placed:
    """A part and the height on the page where it begins."""

    block: Block
    y: float


@dataclass(frozen=True, slots=True)
class Foot:
    """The line at the end of each page."""

    left: str
    right: str = ""


def foot(words: Words, number: str, printed: PrintFacts) -> Foot:
    """Give the foot line of an ordinary paper: number, who printed when, reprint mark."""
    parts = [
        number,
        words.gettext("Printed {moment} by {name}").format(moment=words.moment(printed.at), name=printed.by),
    ]
    if printed.reprint:
        parts.append(words.gettext("Reprint {count}").format(count=printed.reprint))
    return Foot("  ·  ".join(part for part in parts if part.strip()))


def total_height(blocks: Sequence[Block], width: float) -> float:
    """Give the height of ``blocks`` below one another."""
    return sum(block.height(width) for block in blocks)


def paginate(blocks: Sequence[Block], width: float, room: float) -> list[list[Placed]]:
    """Put ``blocks`` onto pages of ``room`` millimetres; a part that can be split is, one that cannot moves on."""
    pages: list[list[Placed]] = [[]]
    waiting = list(reversed(blocks))
    y = 0.0
    while waiting and len(pages) <= MOST_PAGES:
        block = waiting.pop()
        if block.fits(width, room - y):
            pages[-1].append(Placed(block, y))
            y += block.height(width)
            continue
        parts = block.split(width, room - y)
        if parts is None and not pages[-1]:
            pages[-1].append(Placed(block, y))  # taller than a page: it is drawn as far as it goes
            y = room
            continue
        if parts is not None:
            pages[-1].append(Placed(parts[0], y))
            waiting.append(parts[1])
        else:
            waiting.append(block)
        pages.append([])
        y = 0.0
    return pages[:MOST_PAGES]


def draw_pages(document: Document, blocks: Sequence[Block], paper: PaperFormat, foot_line: Foot) -> None:
    """Draw one copy of a paper on as many pages as it takes."""
    size = SIZES[paper]
    if paper is PaperFormat.ROLL80:
        _draw_roll(document, blocks, size, foot_line)
        return
    pages = paginate(blocks, size.inner_width, size.inner_height - _FOOT)
    for place, parts in enumerate(pages, start=1):
        sheet = document.page(size.width, size.height, mono=paper in MONO_FORMATS)
        draw_placed(sheet, parts, size.side, size.ends, size.inner_width)
        draw_foot(sheet, size.height - size.ends - QUIET.line_mm, foot_line, f"{place}/{len(pages)}", size.side)


def _draw_roll(document: Document, blocks: Sequence[Block], size: Size, foot_line: Foot) -> None:
    pages = paginate(blocks, size.inner_width, size.inner_height - _FOOT)
    for parts in pages:
        last = parts[-1] if parts else None
        high = (last.y + last.block.height(size.inner_width) if last else 0) + 2 * size.ends + _FOOT
        sheet = document.page(size.width, high, mono=True)
        draw_placed(sheet, parts, size.side, size.ends, size.inner_width)
        count = "" if len(pages) == 1 else f"{pages.index(parts) + 1}/{len(pages)}"
        draw_foot(sheet, high - size.ends - QUIET.line_mm, foot_line, count, size.side)


def draw_placed(sheet: Sheet, parts: Sequence[Placed], x: float, top: float, width: float) -> None:
    """Draw the parts of one page."""
    for part in parts:
        part.block.draw(sheet, x, top + part.y, width)


def draw_foot(sheet: Sheet, y: float, foot_line: Foot, count: str, side: float) -> None:
    """Draw the foot line: number and printing to the left, page count to the right."""
    right = "   ".join(part for part in (foot_line.right, count) if part)
    room = sheet.width - 2 * side - width_mm(right, QUIET) - 4
    sheet.text(side, y, one_line(foot_line.left, QUIET, room), QUIET)
    sheet.text_right(sheet.width - side, y, right, QUIET)

"""Sends a PDF to a printer: each page as the raster that the preview shows, at the printer's own resolution."""

from math import ceil

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from crmdesk.core.i18n import mark
from crmdesk.core.printer_trouble import PrinterMissingError, PrinterRefusedError
from crmdesk.core.progress import Progress
from crmdesk.views.support.pdf_pages import MM_PER_INCH, PageSize, page_image, page_sizes
from crmdesk.views.support.print_setup import PrintSetup

MOST_DPI = 400  # a whole part of the printer's resolution below this: bars keep whole dots, memory stays small
SAME_MM = 1.5  # drivers name their papers in whole millimetres or points


def printers() -> list[str]:
    """Give the names of the printers of this PC, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: (name != usual, name))


TRAYS: dict[str, QPrinter.PaperSource] = {
    mark("Upper tray"): QPrinter.PaperSource.Upper,
    mark("Middle tray"): QPrinter.PaperSource.Middle,
    mark("Lower tray"): QPrinter.PaperSource.Lower,
    mark("Manual feed"): QPrinter.PaperSource.Manual,
    mark("Envelope feed"): QPrinter.PaperSource.Envelope,
    mark("Tractor"): QPrinter.PaperSource.Tractor,
    mark("Cassette"): QPrinter.PaperSource.Cassette,
}


def print_pdf(pdf: bytes, setup: PrintSetup, progress: Progress) -> int:
    """Print every page of `pdf`; give the number of pages.

    Raises:
        PrinterMissingError: the printer is not there.
        PrinterRefusedError: the driver did not take the job.
    """
    info = QPrinterInfo.printerInfo(setup.printer)
    if info.isNull():
        raise PrinterMissingError(setup.printer)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName("crmdesk")
    if setup.tray in TRAYS:
        printer.setPaperSource(TRAYS[setup.tray])
    return draw(pdf, printer, setup, progress)


def draw(pdf: bytes, printer: QPrinter, setup: PrintSetup, progress: Progress) -> int:
    """Draw `pdf` on `printer` (a real one, or one that writes a file).

    Raises:
        PrinterRefusedError: it cannot be drawn on.
    """
    known = QPrinterInfo(printer).supportedPageSizes()
    layouts = [_layout(size, known) for size in page_sizes(pdf)]
    rounds = _ask_for_copies(printer, setup.copies)
    printer.setFullPage(True)
    printer.setPageLayout(layouts[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefusedError(setup.printer)
    try:
        for turn in range(rounds * len(layouts)):
            number = turn % len(layouts)
            progress.check()
            if turn and not _next_page(printer, layouts[number]):
                raise PrinterRefusedError(setup.printer)
            _draw_page(painter, printer, pdf, number, setup)
            progress.report(turn + 1, rounds * len(layouts))
    finally:
        painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise PrinterRefusedError(setup.printer)
    return len(layouts)


def _ask_for_copies(printer: QPrinter, copies: int) -> int:
    """Leave copies to the driver where it can; otherwise give how often everything is drawn."""
    if printer.supportsMultipleCopies():
        printer.setCopyCount(copies)
        return 1
    return copies


def _layout(size: PageSize, known: list[QPageSize]) -> QPageLayout:
    short, long = sorted((size.width, size.height))
    turned = size.width > size.height and _is_upright_turned(short, long, known)
    return QPageLayout(
        _page_size(short, long) if turned else _page_size(size.width, size.height),
        QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
    )


def _is_upright_turned(short: float, long: float, known: list[QPageSize]) -> bool:
    """Tell whether a wide page is upright paper turned, as a wide A5 is, or a card whose driver names it upright.

    Forms and labels without such a name lie in the printer as wide as they are: turned, they print sideways.
    """
    if _page_size(short, long).id() is not QPageSize.PageSizeId.Custom:
        return True
    return _names(known, short, long) and not _names(known, long, short)


def _names(known: list[QPageSize], width: float, height: float) -> bool:
    sizes = [page.size(QPageSize.Unit.Millimeter) for page in known]
    return any(abs(size.width() - width) <= SAME_MM and abs(size.height() - height) <= SAME_MM for size in sizes)


def _page_size(width: float, height: float) -> QPageSize:
    return QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def _next_page(printer: QPrinter, layout: QPageLayout) -> bool:
    printer.setPageLayout(layout)
    return printer.newPage()


def _draw_page(painter: QPainter, printer: QPrinter, pdf: bytes, number: int, setup: PrintSetup) -> None:
    resolution = printer.resolution()
    part = ceil(resolution / MOST_DPI)
    image = page_image(pdf, number, resolution / part)
    dots_per_tenth = resolution / MM_PER_INCH / 10
    place = QRectF(
        setup.shift_x * dots_per_tenth, setup.shift_y * dots_per_tenth, image.width() * part, image.height() * part
    )
    painter.drawImage(place, image)

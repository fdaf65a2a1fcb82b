"""Preview and print: the same raster, at the right place, and kept choices."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, qGray
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import GivenOut, PaperWay
from crmdesk.core.printer_trouble import PrinterMissingError
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.session import Session
from crmdesk.views.support import dialog_room
from crmdesk.views.support import preview as preview_module
from crmdesk.views.support import printing as printing_module
from crmdesk.views.support.dialogs import Question
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.pdf_pages import PageSize, page_image, page_sizes
from crmdesk.views.support.preview import Preview
from crmdesk.views.support.print_job import _layout, draw, print_pdf
from crmdesk.views.support.print_setup import PrintSetup, keep_setup, read_setup
from crmdesk.views.support.printing import PaperDesk


def paper(pages: int = 1, size: tuple[float, float] = (210, 148)) -> bytes:
    """A wide A5 with a black square 20 mm from the left and 30 mm from the top, 10 mm wide."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(size[0] * mm, size[1] * mm))
    for _ in range(pages):
        canvas.rect(20 * mm, (size[1] - 40) * mm, 10 * mm, 10 * mm, fill=1, stroke=0)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def dark(image: QImage, x_mm: float, y_mm: float, dpi: float) -> bool:
    return qGray(image.pixel(round(x_mm * dpi / 25.4), round(y_mm * dpi / 25.4))) < 128


def edges(image: QImage, dpi: float) -> tuple[bool, bool, bool, bool]:
    """Inside the square near two corners, and outside near them."""
    return (
        dark(image, 20.5, 30.5, dpi),
        dark(image, 29.5, 39.5, dpi),
        dark(image, 19.5, 29.5, dpi),
        dark(image, 30.5, 40.5, dpi),
    )


def test_pages_are_drawn_to_scale() -> None:
    pdf = paper(2)
    sizes = page_sizes(pdf)
    assert [(round(size.width), round(size.height)) for size in sizes] == [(210, 148), (210, 148)]
    image = page_image(pdf, 1, 150)
    assert (image.width(), image.height()) == (1241, 875)  # a part of a dot counts as a dot
    assert edges(image, 150) == (True, True, False, False)


@pytest.mark.parametrize(("shift", "size"), [((0, 0), (210, 148)), ((35, -20), (148, 210))])
def test_what_is_seen_is_what_prints(tmp_path: Path, shift: tuple[int, int], size: tuple[int, int]) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(600)
    setup = PrintSetup(shift_x=shift[0], shift_y=shift[1])
    assert draw(paper(2, size), printer, setup, NoProgress()) == 2
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert [(round(page.width), round(page.height)) for page in page_sizes(printed)] == [size, size]
    image = page_image(printed, 1, 200)
    x, y = shift[0] / 10, shift[1] / 10
    assert dark(image, 20.5 + x, 30.5 + y, 200)
    assert dark(image, 29.5 + x, 39.5 + y, 200)
    assert not dark(image, 19.5 + x, 29.5 + y, 200)
    assert not dark(image, 30.5 + x, 40.5 + y, 200)


def test_copies_are_drawn_where_the_driver_cannot_count(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(150)
    draw(paper(2), printer, PrintSetup(copies=3), NoProgress())
    assert len(page_sizes((tmp_path / "printed.pdf").read_bytes())) == (2 if printer.supportsMultipleCopies() else 6)


@pytest.mark.parametrize(
    ("size", "known", "turned"),
    [
        ((210, 148), (), True),  # A5 lies upright in every printer
        ((148, 210), (), False),
        ((241, 140), (), False),  # a form is as wide as its tractor
        ((241, 140), ((241, 139.7),), False),
        ((60, 40), ((40, 60), (60, 40)), False),
        ((85.6, 54), ((53.98, 85.6),), True),  # a card printer that names its card upright
    ],
)
def test_wide_pages_are_turned_only_where_the_paper_lies_upright(
    *, size: tuple[float, float], known: tuple[tuple[float, float], ...], turned: bool
) -> None:
    names = [QPageSize(QSizeF(*one), QPageSize.Unit.Millimeter) for one in known]
    layout = _layout(PageSize(*size), names)
    assert (layout.orientation() is QPageLayout.Orientation.Landscape) == turned
    seen = layout.fullRect(QPageLayout.Unit.Millimeter)
    assert (seen.width(), seen.height()) == pytest.approx(size, abs=0.5)


def test_a_missing_printer_is_said() -> None:
    with pytest.raises(PrinterMissingError):
        print_pdf(paper(), PrintSetup(printer="EPSON LQ-630K"), NoProgress())


def test_choices_are_kept_for_each_kind_of_paper(settings: DeskFile) -> None:
    assert read_setup(settings, "service_slip") == PrintSetup()
    chosen = PrintSetup("EPSON LQ-630K", "Tractor", 2, 15, -30)
    keep_setup(settings, "service_slip", chosen)
    assert read_setup(settings, "service_slip") == chosen
    assert read_setup(settings, "vip_card") == PrintSetup()


def test_preview_shows_turns_zooms_and_keeps(
    jobs: JobRunner, settings: DeskFile, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialog_room, "screen_area", lambda _widget: QRect(0, 0, 1366, 768))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    pdf = paper(2)
    dialog = PaperDesk(window, jobs, settings).preview("Slip R-01", lambda: pdf, "service_slip")
    assert not dialog.save_button.isEnabled()
    qtbot.waitUntil(lambda: not dialog.image().isNull())
    assert dialog.image().width() <= dialog._scroll.viewport().width()
    assert not dialog._scroll.horizontalScrollBar().isVisible()
    assert dialog.save_button.isEnabled()
    assert dialog._place.text() == "1 of 2"
    dialog.turn(1)
    dialog.zoom_by(1)
    qtbot.waitUntil(lambda: dialog.image().width() == round(210 / 25.4 * 96))
    assert edges(dialog.image(), 96) == (True, True, False, False)
    dialog.zoom_by(1)
    qtbot.waitUntil(lambda: dialog.image().width() == round(210 / 25.4 * 144))
    assert dialog._place.text() == "2 of 2"
    dialog.write_to(tmp_path / "kept.pdf")
    qtbot.waitUntil(jobs.is_idle)
    assert (tmp_path / "kept.pdf").read_bytes() == pdf
    dialog.close()


def test_papers_are_shown_one_after_the_other(jobs: JobRunner, settings: DeskFile, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    desk = PaperDesk(window, jobs, settings)
    first, second, third = (desk.preview(title, paper, title) for title in ("Slip", "Agreement", "Receipt"))
    assert [one.isVisible() for one in (first, second, third)] == [True, False, False]
    assert first._more.text() == "2 more papers follow"
    first.reject()
    assert second.isVisible()
    assert second._more.text() == "1 more paper follows"
    second.close()
    assert third.isVisible()
    assert third._more.isHidden()
    third.close()
    assert desk.preview("Tag", paper, "tag").isVisible()
    qtbot.waitUntil(jobs.is_idle)


def test_a_paper_that_cannot_be_made_is_said(jobs: JobRunner, settings: DeskFile, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def broken() -> bytes:
        raise OSError(28, "No space left on device")

    PaperDesk(window, jobs, settings).print_now("Slip", broken, "service_slip")  # no printer kept: preview
    qtbot.waitUntil(lambda: bool(window.findChildren(Question)))
    assert not [dialog for dialog in window.findChildren(Preview) if dialog.isVisible()]
    window.findChildren(Question)[0].close()


# -- what really left is noted ---------------------------------------------------------------------


@dataclass
class Notes:
    """What was noted, with the exact bytes."""

    outs: list[GivenOut] = field(default_factory=list)

    def note(self, _session: Session, _context: Context, out: GivenOut) -> Outcome[None]:
        self.outs.append(out)
        return Outcome(None)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Give what a printer called HP got; nothing is plugged in where tests run."""
    sent: list[bytes] = []

    def send(pdf: bytes, setup: PrintSetup, _progress: Progress) -> int:
        if setup.printer != "HP":
            raise PrinterMissingError(setup.printer)
        sent.append(pdf)
        return 1

    monkeypatch.setattr(preview_module, "print_pdf", send)
    monkeypatch.setattr(printing_module, "print_pdf", send)
    monkeypatch.setattr(printing_module, "printers", lambda: ["HP"])
    return sent


def shown(desk: PaperDesk, notes: Notes, qtbot: QtBot) -> tuple[Preview, bytes]:
    pdf = paper()
    dialog = desk.preview("Slip", lambda: pdf, "service_slip", notes.note)
    qtbot.waitUntil(lambda: not dialog.image().isNull())
    return dialog, pdf


def test_a_preview_that_is_closed_notes_nothing(jobs: JobRunner, settings: DeskFile, qtbot: QtBot) -> None:
    window, notes = QWidget(), Notes()
    qtbot.addWidget(window)
    window.show()
    dialog, _pdf = shown(PaperDesk(window, jobs, settings), notes, qtbot)
    dialog.close()
    qtbot.waitUntil(jobs.is_idle)
    assert not notes.outs


def test_what_is_printed_is_noted_with_its_bytes(
    jobs: JobRunner, settings: DeskFile, qtbot: QtBot, printed: list[bytes]
) -> None:
    window, notes = QWidget(), Notes()
    qtbot.addWidget(window)
    window.show()
    keep_setup(settings, "service_slip", PrintSetup("HP", copies=2))
    dialog, pdf = shown(PaperDesk(window, jobs, settings), notes, qtbot)
    dialog.choice.setup = lambda: PrintSetup("HP", copies=2)  # type: ignore[method-assign]
    dialog.print_now()
    dialog.reject()
    assert dialog.isVisible()  # it is not known yet whether the paper leaves
    qtbot.waitUntil(lambda: bool(notes.outs))
    assert notes.outs == [GivenOut(pdf, PaperWay.PRINTED, "HP", 2)]
    assert printed == [pdf]
    PaperDesk(window, jobs, settings).print_now("Slip", lambda: pdf, "service_slip", notes.note)
    qtbot.waitUntil(lambda: len(notes.outs) == 2)
    assert printed == [pdf, pdf]


def test_a_printer_that_refuses_notes_nothing(
    jobs: JobRunner, settings: DeskFile, qtbot: QtBot, printed: list[bytes]
) -> None:
    window, notes = QWidget(), Notes()
    qtbot.addWidget(window)
    window.show()
    dialog, _pdf = shown(PaperDesk(window, jobs, settings), notes, qtbot)
    dialog.choice.setup = lambda: PrintSetup("gone")  # type: ignore[method-assign]
    dialog.print_now()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Question)))
    dialog.findChildren(Question)[0].close()
    dialog.close()
    qtbot.waitUntil(jobs.is_idle)
    assert (notes.outs, printed) == ([], [])


def test_what_is_saved_is_noted_and_a_look_offers_nothing(
    jobs: JobRunner, settings: DeskFile, qtbot: QtBot, tmp_path: Path
) -> None:
    window, notes = QWidget(), Notes()
    qtbot.addWidget(window)
    window.show()
    desk = PaperDesk(window, jobs, settings)
    dialog, pdf = shown(desk, notes, qtbot)
    dialog.write_to(tmp_path / "slip.pdf")
    qtbot.waitUntil(lambda: bool(notes.outs))
    assert notes.outs == [GivenOut((tmp_path / "slip.pdf").read_bytes(), PaperWay.SAVED)]
    dialog.close()
    looking = desk.look("As it was", lambda: pdf)
    qtbot.waitUntil(lambda: not looking.image().isNull())
    assert not looking.print_button.isVisible()
    assert not looking.save_button.isEnabled()
    looking.close()
    qtbot.waitUntil(jobs.is_idle)

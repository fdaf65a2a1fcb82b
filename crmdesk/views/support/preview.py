"""The preview: a page of the PDF itself, printer and shift beside it, print or keep as a file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.papers import GivenOut, PaperWay
from crmdesk.core.progress import Progress
from crmdesk.views.support import dialog_room, errors
from crmdesk.views.support.desk import DeskSettings
from crmdesk.views.support.dialogs import save_file
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.pdf_pages import MM_PER_INCH, PageSize, page_image, page_sizes
from crmdesk.views.support.print_job import print_pdf
from crmdesk.views.support.print_setup import keep_setup, read_setup
from crmdesk.views.support.printer_choice import PrinterChoice

SCREEN_DPI = 96
ZOOMS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
SIZE = (900, 680)
_FRAME = 2
_SAME_ZOOM = 0.01


class Preview(QDialog):
    """One paper: what is seen here is what prints.

    Signals:
        given_out: GivenOut; it was printed, or saved as a file.
    """

    given_out = Signal(object)

    def __init__(
        self, parent: QWidget | None, title: str, paper_kind: str, jobs: JobRunner, settings: DeskSettings
    ) -> None:
        """Show an empty frame; `show_pdf` fills it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        dialog_room.fit(self, QSize(*SIZE))
        self._title = title
        self._kind = paper_kind
        self._jobs = jobs
        self._settings = settings
        self._pdf = b""
        self._sizes: list[PageSize] = []
        self._page = 0
        self._zoom: float | None = None  # None: as wide as the room, but not larger than the paper
        self._image = QImage()
        self._is_leaving = False  # on the way to the printer or into a file: closing waits until that is known
        self._looks_only = False
        self._paper = QLabel(gettext("Preparing the paper…"))
        self._paper.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paper.setAccessibleName(gettext("Page"))
        self._place = QLabel()
        self._more = QLabel()
        self._more.hide()
        self.choice = PrinterChoice(read_setup(settings, paper_kind))
        self._build()

    def _build(self) -> None:
        scroll = self._scroll = QScrollArea()
        scroll.setWidget(self._paper)
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.print_button = self._button(gettext("Print"), self.print_now, "Ctrl+P", primary=True)
        self.save_button = self._button(gettext("Save as PDF"), self.save, "Ctrl+S")
        bar = QHBoxLayout()
        for text, name, act in (
            ("−", gettext("Smaller"), partial(self.zoom_by, -1)),
            ("+", gettext("Larger"), partial(self.zoom_by, 1)),
            ("‹", gettext("Previous page"), partial(self.turn, -1)),
            ("›", gettext("Next page"), partial(self.turn, 1)),
        ):
            button = self._button(text, act)
            button.setAccessibleName(name)
            button.setToolTip(name)
            bar.addWidget(button)
        bar.addWidget(self._place)
        bar.addStretch(1)
        side = QVBoxLayout()
        side.addWidget(self._more)
        side.addWidget(self.choice)
        side.addStretch(1)
        side.addWidget(self.print_button)
        side.addWidget(self.save_button)
        side.addWidget(self._button(gettext("Close"), self.close))
        left = QVBoxLayout()
        left.addLayout(bar)
        left.addWidget(scroll, 1)
        whole = QHBoxLayout(self)
        whole.addLayout(left, 1)
        whole.addLayout(side)
        self._offer(ready=False)

    def _button(self, text: str, act: Callable[[], object], keys: str = "", *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "primary" if primary else "plain")
        button.setAutoDefault(primary)
        button.setShortcut(keys)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _offer(self, *, ready: bool) -> None:
        self.print_button.setEnabled(ready and not self._looks_only and bool(self.choice.printer_names()))
        self.save_button.setEnabled(ready and not self._looks_only)

    def say_waiting(self, count: int) -> None:
        """Tell how many papers come after this one."""
        more = ngettext("{n} more paper follows", "{n} more papers follow", count).format(n=count)
        self._more.setText(more if count else "")
        self._more.setVisible(bool(count))

    def only_look(self) -> None:
        """Take away what prints or saves."""
        self._looks_only = True
        self._offer(ready=False)
        for part in (self.choice, self.print_button, self.save_button):
            part.hide()

    # -- the paper -----------------------------------------------------------------------------

    def show_pdf(self, pdf: bytes) -> None:
        """Show a finished paper."""
        self._pdf = pdf
        self._jobs.compute(self, lambda _progress: page_sizes(pdf), self._sized, self._failed, key="sizes")

    def _sized(self, sizes: list[PageSize]) -> None:
        self._sizes = sizes
        self._offer(ready=bool(sizes))
        first = self.print_button if self.print_button.isEnabled() else self.save_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_page()

    def _ask_page(self) -> None:
        if not self._sizes:
            return
        pdf, page = self._pdf, self._page
        dpi = SCREEN_DPI * self._shown_zoom() * self.devicePixelRatioF()
        self._place.setText(gettext("{page} of {count}").format(page=page + 1, count=len(self._sizes)))
        self._jobs.compute(self, lambda _progress: page_image(pdf, page, dpi), self._show, self._failed, key="page")

    def _shown_zoom(self) -> float:
        if self._zoom is not None:
            return self._zoom
        wide = self._sizes[self._page].width / MM_PER_INCH * SCREEN_DPI
        # The bar at the side is counted in always: it would come and go with the height otherwise.
        room = self._scroll.width() - self._scroll.verticalScrollBar().sizeHint().width() - 2 * _FRAME
        return min(max(room / wide, ZOOMS[0]), 1.0)

    def _show(self, image: QImage) -> None:
        self._image = image
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._paper.setPixmap(QPixmap.fromImage(image))

    def _failed(self, error: Exception) -> None:
        errors.show(self, error)

    def image(self) -> QImage:
        """Give the page as it is shown."""
        return self._image

    def turn(self, step: int) -> None:
        """Show another page."""
        page = min(max(self._page + step, 0), len(self._sizes) - 1)
        if self._sizes and page != self._page:
            self._page = page
            self._ask_page()

    def zoom_by(self, step: int) -> None:
        """Show the page larger or smaller."""
        if not self._sizes:
            return
        shown = self._shown_zoom()
        further = [zoom for zoom in ZOOMS if (zoom - shown) * step > _SAME_ZOOM]
        if further:
            self._zoom = min(further) if step > 0 else max(further)
            self._ask_page()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a page that fills the width at the width."""
        super().resizeEvent(event)
        if self._zoom is None:
            self._ask_page()

    # -- out -----------------------------------------------------------------------------------

    def print_now(self) -> None:
        """Print with the choices at the side, and keep them for this kind of paper."""
        setup, pdf = self.choice.setup(), self._pdf
        keep_setup(self._settings, self._kind, setup)
        self._leave(begins=True)

        def work(progress: Progress) -> int:
            return print_pdf(pdf, setup, progress)

        out = GivenOut(pdf, PaperWay.PRINTED, setup.printer, setup.copies)
        self._jobs.compute(self, work, lambda _pages: self._printed(out), self._print_failed)

    def _leave(self, *, begins: bool) -> None:
        self._is_leaving = begins
        self._offer(ready=not begins)

    @override
    def reject(self) -> None:
        """Stay until it is known whether the paper left: it would be missing in the register otherwise."""
        if not self._is_leaving:
            super().reject()

    def _printed(self, out: GivenOut) -> None:
        self._saved(out)
        self.close()

    def _saved(self, out: GivenOut) -> None:
        self._leave(begins=False)
        self.given_out.emit(out)

    def _print_failed(self, error: Exception) -> None:
        self._leave(begins=False)
        errors.show(self, error, self.print_now)

    def save(self) -> None:
        """Ask where, and write the PDF there."""
        suggested = "".join(letter if letter.isalnum() or letter in " -_" else "_" for letter in self._title)
        save_file(self, gettext("Save as PDF"), f"{suggested.strip()}.pdf", ["PDF (*.pdf)"], self.write_to)

    def write_to(self, path: Path) -> None:
        """Write the PDF to `path`."""
        pdf = self._pdf
        out = GivenOut(pdf, PaperWay.SAVED)
        self._leave(begins=True)
        self._jobs.compute(
            self, lambda _progress: path.write_bytes(pdf), lambda _size: self._saved(out), self._save_failed
        )

    def _save_failed(self, error: Exception) -> None:
        self._leave(begins=False)
        self._failed(error)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn, plus and minus zoom."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        zoom = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.turn(step)
        elif zoom is not None:
            self.zoom_by(zoom)
        else:
            super().keyPressEvent(event)

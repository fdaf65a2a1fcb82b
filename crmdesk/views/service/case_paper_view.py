"""Pages of a document on the screen, as wide as the room: the same bytes that are kept and printed."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.pdf_pages import MM_PER_INCH, page_image, page_sizes
from crmdesk.views.support.widgets.button import IconButton
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text, show_if

_LATER_MS = 120
_LEAST, _MOST_DPI = 300, 220


class PaperView(QWidget):
    """One page at a time; Page Up and Page Down turn."""

    def __init__(self, jobs: JobRunner) -> None:
        """Show nothing yet."""
        super().__init__()
        self._jobs = jobs
        self._pdf = b""
        self._page, self._pages = 0, 0
        self._paper = QLabel()
        self._paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._paper.setAccessibleName(gettext("Page"))
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._paper)
        self._scroll.setWidgetResizable(True)
        self._scroll.setMinimumSize(QSize(_LEAST, _LEAST))
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._back = IconButton("chevron-left", gettext("Previous page"))
        self._next = IconButton("chevron-right", gettext("Next page"))
        self._back.clicked.connect(lambda _checked=False: self.turn(-1))
        self._next.clicked.connect(lambda _checked=False: self.turn(1))
        self._place = Text("", "muted")
        self._turner = QWidget()
        self._turner.setLayout(row(None, self._back, self._place, self._next, None, gap=1))
        show_if(self._turner, False)
        layout = column(self._scroll, self._turner, gap=1)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._scroll)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LATER_MS)
        self._soon.timeout.connect(self._ask)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a document; the page stays where it has that many."""
        self._pdf = pdf
        self._ask()

    def clear(self) -> None:
        """Show nothing."""
        self._pdf = b""
        self._pages = 0
        self._paper.clear()
        show_if(self._turner, False)

    @property
    def pages(self) -> int:
        """How many pages the shown document has; 0 while nothing is shown."""
        return self._pages

    def turn(self, step: int) -> None:
        """Show another page."""
        page = min(max(self._page + step, 0), max(self._pages - 1, 0))
        if page != self._page:
            self._page = page
            self._ask()

    def _ask(self) -> None:
        if not self._pdf:
            return
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        pdf, wanted, width = self._pdf, self._page, max(self._scroll.width() - bar - 4, _LEAST // 2)
        scale = self.devicePixelRatioF()

        def work(_progress: object) -> tuple[int, int, QImage]:
            sizes = page_sizes(pdf)
            page = min(wanted, len(sizes) - 1)
            dpi = min((width - 1) * scale / sizes[page].width * MM_PER_INCH, _MOST_DPI)
            return page, len(sizes), page_image(pdf, page, dpi)

        self._jobs.compute(self, work, self._came, key="page")

    def _came(self, found: tuple[int, int, QImage]) -> None:
        self._page, self._pages, image = found
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._paper.setPixmap(QPixmap.fromImage(image))
        self._place.setText(gettext("{page} of {count}").format(page=self._page + 1, count=self._pages))
        self._back.setEnabled(self._page > 0)
        self._next.setEnabled(self._page < self._pages - 1)
        show_if(self._turner, self._pages > 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the page anew when its room changes."""
        super().resizeEvent(event)
        if self._pdf:
            self._soon.start()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turn(step)

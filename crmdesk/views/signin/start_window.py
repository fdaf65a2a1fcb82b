"""The window before the work: opening, first start, signing in, recovery."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow
from typing_extensions import override

from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.support.desk import DeskSettings
from crmdesk.views.support.frame import place

_SMALLEST = (520, 360)


class StartWindow(QMainWindow):
    """Shows one page at a time, at the place where the main window will be."""

    closing = Signal()
    language_chosen = Signal(str)

    def __init__(self, settings: DeskSettings) -> None:
        """Build it empty."""
        super().__init__()
        self.setWindowTitle("crmdesk")
        self.setMinimumSize(*_SMALLEST)
        place.restore(self, settings)

    def show_page(self, page: StartPage) -> None:
        """Put `page` in place of the present one, which is destroyed."""
        page.language_chosen.connect(self.language_chosen)
        old = self.takeCentralWidget()
        self.setCentralWidget(page)
        page.take_focus()
        if old is not None:
            old.deleteLater()

    @property
    def page(self) -> StartPage | None:
        """The page that is shown."""
        shown = self.centralWidget()
        return shown if isinstance(shown, StartPage) else None

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

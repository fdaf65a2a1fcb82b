"""The start window and which page it shows; a page is built anew when the language changes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from crmdesk.bootstrap.look import Look
from crmdesk.core.i18n import current_language
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.signin.opening_page import OpeningPage
from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.signin.start_window import StartWindow

Make = Callable[[], StartPage]


class Pages(QObject):
    """Shows one page after the other; hidden while the main window is there."""

    closing = Signal()

    def __init__(self, look: Look, desk: DeskFile, *, store_is_there: bool) -> None:
        """Build the window; the language is kept in `desk` once there is a store beside it."""
        super().__init__()
        self._look = look
        self._desk = desk if store_is_there else None
        self._make: Make = OpeningPage
        self.window = StartWindow(desk)
        self.window.closing.connect(self.closing)
        self.window.language_chosen.connect(self._speak)

    def use_desk(self, desk: DeskFile) -> None:
        """Keep the language in `desk` from now on."""
        self._desk = desk

    def show(self, make: Make) -> None:
        """Show the page that `make` builds, in front."""
        self._make = make
        self.window.show_page(make())
        self.window.show()

    def come_to_front(self) -> None:
        """Show the window above all others."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def hide(self) -> None:
        """Make room for the main window; nothing of the last page is kept."""
        self.window.hide()
        self._make = OpeningPage
        self.window.show_page(OpeningPage())

    def _speak(self, language: str) -> None:
        if language != current_language():
            self._look.speak(language, self._desk)
            self.window.show_page(self._make())

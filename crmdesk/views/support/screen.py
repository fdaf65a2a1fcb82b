"""Base of every screen: knows when its data is stale, what its keys are, and whether it may be left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityRef
from crmdesk.core.topics import Topic
from crmdesk.views.support.busy_bar import BusyBar
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """One line of the sheet that `?` shows."""

    keys: str  # portable text, "Ctrl+Enter"
    text: str


class Screen(QWidget):
    """One page of the window.

    Subclasses set `topics` and `help_page`, override `title` and `reload`, and whatever else they offer.
    The first `reload` happens when the screen is first shown; later ones when one of the topics changed: at once
    while it is visible, otherwise when it is shown again.
    """

    title_changed = Signal(str)
    actions_changed = Signal()  # primary action, export or print became possible or impossible

    topics: ClassVar[frozenset[Topic]] = frozenset()
    help_page: ClassVar[str] = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Keep the desk and listen to the bus."""
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        self._reload_soon = QTimer(self)
        self._reload_soon.setSingleShot(True)
        self._reload_soon.setInterval(0)
        self._reload_soon.timeout.connect(self._reload_now)
        self._busy_bar = BusyBar(self, desk.jobs)
        desk.bus.changed.connect(self._data_changed)

    # -- what a screen says of itself --------------------------------------------------------

    def title(self) -> str:
        """Give the heading in the current language."""
        return ""

    def primary_action(self) -> QAction | None:
        """Give the one next step of this page; it is also what the big button does."""
        return None

    def key_help(self) -> list[KeyHelp]:
        """Give the keys of this page beyond those of the window."""
        return []

    def can_leave(self) -> bool:
        """Tell whether nothing would be lost by leaving now; a form whose draft is kept may be left."""
        return True

    def ask_leave(self, proceed: Callable[[], None]) -> None:
        """Ask before unsaved work is lost."""
        ask(
            self,
            gettext("Leave without saving?"),
            gettext("What you typed here has not been saved."),
            [Verb(gettext("Leave"), proceed, Kind.DANGER), Verb(gettext("Stay"))],
        )

    # -- what a screen does --------------------------------------------------------------------

    def reload(self) -> None:
        """Ask for the data again; called when shown, when topics changed, and by F5."""

    def open_ref(self, ref: EntityRef) -> None:
        """Show the thing `ref` points to."""

    def start_new(self) -> None:
        """Ctrl+N: begin a new thing of this page's kind."""

    def edit(self) -> None:
        """F2: edit what is shown."""

    def can_print(self) -> bool:
        """Tell whether the page has a paper now."""
        return False

    def print_paper(self) -> None:
        """Ctrl+P: show the paper of this page."""

    def can_export(self) -> bool:
        """Tell whether the page shows a list."""
        return False

    def export_list(self) -> None:
        """Ctrl+E: write what is seen to a workbook."""

    # -- staleness -----------------------------------------------------------------------------

    @property
    def stale(self) -> bool:
        """Whether the data changed since the last reload."""
        return self._stale

    def mark_stale(self) -> None:
        """Reload soon when visible, otherwise when shown."""
        self._stale = True
        if self.isVisible():
            self._reload_soon.start()

    def _data_changed(self, topics: frozenset[Topic]) -> None:
        if topics & self.topics:
            self.mark_stale()

    def _reload_now(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Ask for data that is new since the screen was last seen."""
        super().showEvent(event)
        if self._stale:
            self._reload_soon.start()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Show the heading in a new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.title_changed.emit(self.title())

"""The window: rail, search, the present screen, status; it knows no business."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.tones import Tone
from crmdesk.views.support import screen_keys
from crmdesk.views.support.desk import DeskSettings
from crmdesk.views.support.frame import place
from crmdesk.views.support.frame.covers import Covers
from crmdesk.views.support.frame.rail import LOCK_SHORTCUT, Rail
from crmdesk.views.support.frame.scan_catcher import ScanCatcher
from crmdesk.views.support.frame.screen_stack import ScreenStack
from crmdesk.views.support.frame.section import SectionSpec
from crmdesk.views.support.frame.status_strip import StatusStrip
from crmdesk.views.support.frame.top_bar import TopBar
from crmdesk.views.support.frame.window_keys import key_groups
from crmdesk.views.support.navigator import Navigator
from crmdesk.views.support.screen import Screen
from crmdesk.views.support.widgets.key_sheet import KeySheet
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.lock_screen import LockScreen
from crmdesk.views.support.widgets.search_hits import SearchProvider
from crmdesk.views.support.widgets.toast import ToastHost

_SMALLEST: Final = (640, 360)
_WORDS_FROM_WIDTH: Final = 1000
_LOOSE_FROM_HEIGHT: Final = 460


@dataclass(frozen=True, slots=True)
class FrameParts:
    """What the window is given.

    Args:
        navigator: knows screens, commands and history.
        settings: where this desk keeps the window's place.
        sections: the rail, from top to bottom.
        primary: msgid of the big button's verb.
        primary_command: the navigator's command behind it.
    """

    navigator: Navigator
    settings: DeskSettings
    sections: Sequence[SectionSpec]
    primary: str = mark("New ticket")
    primary_command: str = "service.new"


class MainWindow(QMainWindow):
    """The one window of the program."""

    hit_chosen = Signal(object)
    """The `ref` of a search hit; the composition root opens it."""
    lock_asked = Signal()
    help_asked = Signal(str)
    """`help_page` of the present screen."""
    closing = Signal()

    def __init__(self, parts: FrameParts) -> None:
        """Build the frame; screens are built when they are first shown."""
        super().__init__()
        self._parts = parts
        self._person_actions: Sequence[tuple[str, Callable[[], None]]] = ()
        self._may_close = False  # she was asked about unsaved work
        self.rail = Rail(parts.sections)
        self.top = TopBar()
        self.status = StatusStrip()
        self.lock_screen = LockScreen()
        self._screens = ScreenStack()
        self._covers = Covers(self._make_work(), self.lock_screen)
        self.setCentralWidget(self._covers)
        self.setMinimumSize(*_SMALLEST)
        self.toasts = ToastHost(self)
        self._key_sheet = KeySheet(self)
        self._scans = ScanCatcher(self)
        self._connect()
        self._install_keys()
        self.retranslate()
        place.restore(self, parts.settings)

    # -- building --------------------------------------------------------------------------

    def _make_work(self) -> QWidget:
        pages = QWidget()
        pages.setLayout(column(self.top, self._screens, gap=0))
        upper = row(self.rail, pages, gap=0)
        upper.setStretch(1, 1)
        work = QWidget()
        layout = column(upper, self.status, gap=0)
        layout.setStretch(0, 1)
        work.setLayout(layout)
        return work

    def _connect(self) -> None:
        navigator = self._parts.navigator
        for spec in self._parts.sections:
            navigator.register_section(spec.name, spec.factory)
        navigator.screen_changed.connect(self._show_screen)
        navigator.history_changed.connect(self._show_history)
        self.rail.chosen.connect(self.go)
        self.rail.back_asked.connect(navigator.back)
        self.rail.forward_asked.connect(navigator.forward)
        self.rail.lock_asked.connect(self.lock_asked)
        self.top.primary.clicked.connect(self._start_primary)
        self.top.search.chosen.connect(self.hit_chosen)
        self.top.badge.clicked.connect(self._show_person_menu)
        self._scans.scanned.connect(self.top.search.take_scan)

    def _install_keys(self) -> None:
        self._parts.navigator.install(self)
        screen_keys.install(self, self.shown, self._start_primary)
        for spec in self._parts.sections:
            if spec.shortcut:
                self._add_key(spec.shortcut, partial(self.go, spec.name))
        self._add_key("Ctrl+K", self._focus_search)
        self._add_key(LOCK_SHORTCUT, self.lock_asked.emit)
        self._add_key("F1", self._ask_help)

    def _add_key(self, keys: str, act: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)

    # -- what the composition root says ----------------------------------------------------

    def set_search(self, provider: SearchProvider) -> None:
        """Say who answers the search box."""
        self.top.search.set_provider(provider)

    def set_person(self, name: str, role: str, store: str) -> None:
        """Show who is signed in."""
        self.top.badge.set_person(name, role, store)
        self.lock_screen.set_person(name, store)

    def set_person_menu(self, actions: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Offer (words, what it does) below the badge: change PIN, sign out, language, look."""
        self._person_actions = tuple(actions)

    def set_count(self, section: str, count: int | None, tone: Tone | None = None) -> None:
        """Show how many things wait in a section."""
        self.rail.set_count(section, count, tone)

    def lock(self) -> None:
        """Cover everything; the lock screen's signals say when somebody wants in."""
        self.top.search.close_results()
        self.toasts.dismiss()
        self._key_sheet.dismiss()
        self._covers.lock()

    def unlock(self) -> None:
        """Show the work as it was left."""
        self._covers.unlock()

    @property
    def locked(self) -> bool:
        """Whether the lock screen covers the window."""
        return self._covers.locked

    def retranslate(self) -> None:
        """Say everything in the frame in the present language."""
        self.rail.retranslate()
        self.top.retranslate()
        self.status.retranslate()
        self.lock_screen.retranslate()
        self._show_title()

    def rebuild_screens(self) -> None:
        """Build all screens anew, after the language or the person changed; drafts keep what was typed."""
        here = self._parts.navigator.here
        for dropped in self._parts.navigator.forget_screens():
            self._screens.drop(dropped)
            dropped.deleteLater()
        self.retranslate()
        if here is not None:
            self._parts.navigator.go(here.screen, here.ref)

    # -- screens ---------------------------------------------------------------------------

    def shown(self) -> Screen | None:
        """The screen shown now."""
        shown = self._screens.shown
        return shown if isinstance(shown, Screen) else None

    @Slot(str)
    def go(self, section: str) -> None:
        """Show a section."""
        self._parts.navigator.go(section)

    @Slot(QWidget)
    def _show_screen(self, screen: QWidget) -> None:
        if isinstance(screen, Screen) and not self._screens.holds(screen):
            screen.title_changed.connect(self._show_title)
        self._screens.show_screen(screen)
        here = self._parts.navigator.here
        self.rail.show_chosen(here.screen if here else "")
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_title()

    @Slot()
    def _show_title(self) -> None:
        screen = self.shown()
        title = screen.title() if screen is not None else ""
        self.setWindowTitle(f"{title} – crmdesk" if title else "crmdesk")
        starts_own = screen is not None and type(screen).start_new is not Screen.start_new
        commands = {command.name: command.shortcut for command in self._parts.navigator.commands()}
        other = commands.get(self._parts.primary_command, "")
        self.top.primary.set_text(gettext(self._parts.primary), other if starts_own else "Ctrl+N")

    @Slot(bool, bool)
    def _show_history(self, can_go_back: bool, can_go_forward: bool) -> None:  # noqa: FBT001  (the signal's shape)
        self.rail.set_history(can_go_back=can_go_back, can_go_forward=can_go_forward)

    # -- what people do --------------------------------------------------------------------

    @Slot()
    def _start_primary(self) -> None:
        self._parts.navigator.run(self._parts.primary_command)

    def _focus_search(self) -> None:
        self.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.search.selectAll()

    def _ask_help(self) -> None:
        screen = self.shown()
        self.help_asked.emit(screen.help_page if screen is not None else "")

    @Slot()
    def _show_person_menu(self) -> None:
        if not self._person_actions:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in self._person_actions:
            menu.addAction(words, act)
        badge = self.top.badge
        below = badge.mapToGlobal(QPoint(badge.width() - menu.sizeHint().width(), badge.height() + 2))
        menu.popup(below)

    # -- events ----------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?" and not self.locked:
            self._key_sheet.show_keys(key_groups(self._parts.navigator, self.shown()))
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.BackButton:
            self._parts.navigator.back()
        elif event.button() is Qt.MouseButton.ForwardButton:
            self._parts.navigator.forward()
        else:
            super().mouseReleaseEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_room(self.size(), least_width=_WORDS_FROM_WIDTH, least_height=_LOOSE_FROM_HEIGHT)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scans.watch()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        screen = self.shown()
        if screen is not None and not self._may_close and not screen.can_leave():
            event.ignore()
            screen.ask_leave(self._close_anyway)
            return
        place.keep(self, self._parts.settings)
        self.closing.emit()
        super().closeEvent(event)

    def _close_anyway(self) -> None:
        self._may_close = True
        self.close()

"""The main window with everything behind it: built at the first sign-in, kept until the store is closed."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from crmdesk.bootstrap.clock_keeper import ClockKeeper
from crmdesk.bootstrap.day_turn import DayTurn
from crmdesk.bootstrap.features import install_all
from crmdesk.bootstrap.foundation import Foundation
from crmdesk.bootstrap.guard import Guard
from crmdesk.bootstrap.housekeeping import BackupTimer, RailCounts
from crmdesk.bootstrap.look import Look
from crmdesk.bootstrap.person_menu import person_menu
from crmdesk.bootstrap.pins import PinChange
from crmdesk.bootstrap.search import Search, open_hit
from crmdesk.bootstrap.search_keeping import SearchKeeping
from crmdesk.bootstrap.upkeep import Upkeep
from crmdesk.bootstrap.watching import FolderWatch
from crmdesk.core.clock import local_time
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.i18n import LANGUAGES, current_language, gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.db.backup_shelf import Backup
from crmdesk.queries.board_counts import section_counts
from crmdesk.queries.changes import changes_since
from crmdesk.services.maintenance import note_backup
from crmdesk.services.signin import SignedIn
from crmdesk.views.main_window import FrameParts, MainWindow
from crmdesk.views.signin.about import show_about
from crmdesk.views.signin.presenter import SignInPresenter
from crmdesk.views.support import errors
from crmdesk.views.support.navigator import UnknownNameError
from crmdesk.views.support.poller import ChangePoller
from crmdesk.views.support.theme import ThemeChoice

if TYPE_CHECKING:
    from crmdesk.views.support.help import HelpWindow

_RENEW_MS = 600_000  # the day turns, things become due


class Workplace(QObject):
    """Owns the main window; the program shows and hides it."""

    left = Signal()  # signed out
    closing = Signal()
    restore_asked = Signal()

    def __init__(self, foundation: Foundation, look: Look, presenter: SignInPresenter) -> None:
        """Build window and screens' factories; `enter` shows it for a person."""
        super().__init__()
        self._foundation = foundation
        self._look = look
        self._presenter = presenter
        self._signed_in: SignedIn | None = None
        self._help: HelpWindow | None = None
        self._register_commands()
        sections = install_all(foundation.desk())
        self._first = sections[0].name if sections else ""
        self.window = MainWindow(FrameParts(foundation.navigator, foundation.desk_file, sections))
        foundation.toasts.show_in(self.window)
        foundation.papers.show_in(self.window, foundation.jobs, foundation.desk_file)
        self._guard = Guard(foundation, self.window, presenter)
        self._backups = BackupTimer(foundation, self.window.status, self)
        self._counts = RailCounts(foundation.jobs, section_counts, self.window.set_count)
        self._poller = ChangePoller(foundation.jobs, foundation.bus, foundation.person, changes_since, self)
        self._upkeep = Upkeep(foundation, self.window.status, self)
        self._search = SearchKeeping(foundation, self.window.status, self)
        self._watch = FolderWatch(foundation, self)
        self._clocks = ClockKeeper(foundation.jobs, foundation.bus, self)
        self._day = DayTurn(foundation.jobs, foundation.bus, foundation.person, self)
        self._pins = PinChange(self.window, presenter, foundation.clock, self._pin_is_set)
        self._renew = QTimer(self)
        self._renew.setInterval(_RENEW_MS)
        self._connect()

    def _connect(self) -> None:
        window, foundation = self.window, self._foundation
        window.set_search(Search(foundation.jobs, foundation.navigator))
        window.hit_chosen.connect(open_hit(foundation.navigator))
        window.closing.connect(self.closing)
        window.help_asked.connect(self.help)
        self._guard.other_person.connect(self.sign_out)
        self._upkeep.restore_asked.connect(self.restore_asked)
        self._guard.pin_needed.connect(lambda: self._pins.ask(has_old=False, later=True))
        foundation.jobs.committed.connect(self._say_saved)
        foundation.bus.changed.connect(self._data_changed)
        self._renew.timeout.connect(self._counts.renew)
        self._look.language_changed.connect(self._speak)

    def _register_commands(self) -> None:
        register = self._foundation.navigator.register_command
        register("program.backup", mark("Back up now"), "", self.back_up)
        register("program.restore", mark("Restore a backup …"), "", self.restore)
        register("program.search_index", mark("Renew the search"), "", self.renew_search)
        register("program.change_pin", mark("Change my PIN …"), "", self.change_pin)
        register("program.lock", mark("Lock the screen"), "", self.lock)
        register("program.sign_out", mark("Sign out"), "", self.sign_out)
        register("program.language", mark("Change the language"), "", self.speak)
        register("program.theme", mark("Switch light and dark"), "", self.paint)
        register("program.help", mark("User guide"), "", partial(self.help, ""))
        register("program.about", mark("About crmdesk"), "", self.about)

    # -- coming and going ------------------------------------------------------------------

    def enter(self, signed: SignedIn) -> None:
        """Show the work of a person who was let in."""
        before = self._signed_in
        self._signed_in = signed
        self._foundation.person.enter(signed.actor, signed.store)
        self._guard.has_pin = not signed.pin_missing
        self._name_person()
        if before is not None and self.window.locked:
            self._guard.open()
        if before is None or before.actor != signed.actor:
            self.window.rebuild_screens()
            self._go_first()
        self.window.show()
        self.come_to_front()
        if before is None:
            self._start()
        self._counts.renew()
        self._guard.read_minutes()
        if signed.pin_missing:
            self._pins.ask(has_old=False, later=True)

    def _start(self) -> None:
        self._backups.start()
        self._poller.start()
        self._upkeep.start()
        self._search.start()
        self._watch.start()
        self._clocks.begin()
        self._day.start()
        self._renew.start()

    def _go_first(self) -> None:
        if self._first:
            self._foundation.navigator.go(self._first)

    def _name_person(self) -> None:
        if self._signed_in is not None:
            actor, store = self._signed_in.actor, self._signed_in.store
            self.window.set_person(actor.name, label(actor.role), store.name)
            self.window.set_person_menu(person_menu(self, self._look.theme))

    def come_to_front(self) -> None:
        """Show the window above all others."""
        if self.window.isMinimized():
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def stop(self) -> None:
        """End what runs by itself; the window is going."""
        self._renew.stop()
        self._poller.stop()
        self._backups.stop()
        self._upkeep.stop()
        self._search.stop()
        self._watch.stop()
        self._clocks.stop()
        self._day.stop()
        self._guard.stop()

    def close(self) -> None:
        """Stop, and take the window down without asking."""
        self.stop()
        self.window.hide()
        self.window.deleteLater()
        self.deleteLater()

    # -- what people ask for ---------------------------------------------------------------

    def change_pin(self) -> None:
        """Ask for a new PIN."""
        self._pins.ask(has_old=self._guard.has_pin)

    def lock(self) -> None:
        """Cover the work."""
        self._guard.lock()

    def sign_out(self) -> None:
        """Leave the desk; the sign-in page comes."""
        shown = self.window.shown()
        if shown is None or self.window.locked or shown.can_leave():
            self._leave()
        else:
            shown.ask_leave(self._leave)

    def _leave(self) -> None:
        self._foundation.drafts.flush()
        self._presenter.sign_out(self.left.emit)

    def speak(self, language: str = "") -> None:
        """Switch to a language; without one to the other one."""
        other = next(one for one in LANGUAGES if one != current_language())
        self._look.speak(language or other, self._foundation.desk_file)

    def paint(self, choice: ThemeChoice | None = None) -> None:
        """Switch the look; without a choice to light or dark, whichever is not shown."""
        other = ThemeChoice.LIGHT if self._look.theme is ThemeChoice.DARK else ThemeChoice.DARK
        self._look.paint(choice or other, self._foundation.desk_file)
        self._name_person()

    def about(self) -> None:
        """Show version and licences."""
        show_about(self.window)

    def back_up(self) -> None:
        """Make a verified backup now and write down who asked."""
        if self._may_back_up():
            self._backups.run_now(self._backed_up)

    def renew_search(self) -> None:
        """Make the search index anew beside the work."""
        self._search.rebuild()

    def restore(self) -> None:
        """Go to the list of backups."""
        if self._may_back_up():
            self.restore_asked.emit()

    def _may_back_up(self) -> bool:
        try:
            self._foundation.person.context().require(Right.BACKUP)
        except NotAllowedError as error:
            errors.show(self.window, error)
            return False
        return True

    def open_first(self, command: str) -> None:
        """Run a command of a feature, if it is there."""
        try:
            self._foundation.navigator.run(command)
        except UnknownNameError:
            self._go_first()

    # -- what happened ---------------------------------------------------------------------

    def _backed_up(self, made: Backup) -> None:
        name = made.path.name
        self._foundation.jobs.write(
            self, lambda session, context: note_backup(session, name, context), lambda _none: None
        )
        self._foundation.toasts.show(gettext("Backed up and verified"))

    def _pin_is_set(self) -> None:
        self._guard.has_pin = True
        self._foundation.toasts.show(gettext("Your new PIN is saved"))

    def _say_saved(self) -> None:
        now = local_time(self._foundation.clock.now(), self._foundation.person.store.zone)
        self.window.status.say_saved(f"{now:%H:%M}")

    def _data_changed(self, topics: frozenset[Topic]) -> None:
        if topics & {Topic.TICKETS, Topic.LOANERS, Topic.CALLBACKS}:
            self._counts.renew()

    def _speak(self) -> None:
        self._foundation.drafts.flush()
        self.window.rebuild_screens()
        self._name_person()
        if self._help is not None:
            self._help.speak()

    def help(self, page: str) -> None:
        """Show the chapter of the guide about a page."""
        if self._help is None:
            from crmdesk.views.support.help import HelpWindow

            self._help = HelpWindow(self.window, self._foundation.desk_file)
        self._help.show_page(page)

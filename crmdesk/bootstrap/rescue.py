"""When the store cannot be opened: the page that says why, and what its buttons do."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crmdesk.bootstrap.background import Background
from crmdesk.bootstrap.backing import plan_of
from crmdesk.bootstrap.pages import Pages
from crmdesk.bootstrap.recovery import offered, trouble_of
from crmdesk.bootstrap.rescue_words import rescued_words
from crmdesk.bootstrap.restoring import restore_into
from crmdesk.core.clock import Clock
from crmdesk.core.i18n import gettext
from crmdesk.core.trouble import BackupRefusedError
from crmdesk.db.backup_shelf import backup_at
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.restore import Restored
from crmdesk.db.salvage import Salvaged
from crmdesk.views.signin.recovery_page import BackupChoice, RecoveryPage, Trouble
from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.support import errors
from crmdesk.views.support.dialogs import Kind, Verb, ask, choose_folder


class Rescue(QObject):
    """Shows the recovery page for one trouble after the other."""

    retry_asked = Signal()
    folder_chosen = Signal(object)  # DataDir
    close_asked = Signal()

    def __init__(self, pages: Pages, background: Background, clock: Clock) -> None:
        """Take where pages are shown and work is done."""
        super().__init__(pages)
        self._pages = pages
        self._background = background
        self._clock = clock
        self._data: DataDir | None = None
        self._trouble: Callable[[], Trouble] | None = None
        self._page: RecoveryPage | None = None

    def show(self, error: Exception, data: DataDir) -> None:
        """Say what happened in `data`, and offer what may help."""
        self.show_trouble(lambda: trouble_of(error, data.root), data)

    def show_trouble(self, trouble: Callable[[], Trouble], data: DataDir) -> None:
        """Show the page for what `trouble` says in the present language."""
        self._data = data
        self._trouble = trouble
        folder = plan_of(data, DeskFile(data.desk_file)).target
        self._background.run(partial(offered, folder, self._clock), self._show, lambda _error: self._show([]))

    def _show(self, backups: list[BackupChoice]) -> None:
        self._pages.show(partial(self._make_page, backups))

    def _make_page(self, backups: list[BackupChoice]) -> StartPage:
        trouble = self._trouble() if self._trouble is not None else None
        if trouble is None:
            raise RuntimeError
        page = RecoveryPage(trouble, backups)
        page.retry_asked.connect(self.retry_asked)
        page.close_asked.connect(self.close_asked)
        page.folder_asked.connect(self._ask_folder)
        page.restore_asked.connect(self._restore)
        page.rescue_asked.connect(self._read_what_is_left)
        self._page = page
        return page

    def _ask_folder(self) -> None:
        choose_folder(
            self._pages.window,
            gettext("Folder with the store's data"),
            lambda path: self.folder_chosen.emit(DataDir(path)),
        )

    def _restore(self, path: Path) -> None:
        data = self._data
        if data is None or self._page is None:
            return
        self._page.set_busy(busy=True)
        self._background.run(partial(_bring_back, data, path, self._clock), self._restored, self._failed)

    def _read_what_is_left(self) -> None:
        data = self._data
        if data is None or self._page is None:
            return
        self._page.set_busy(busy=True)
        self._background.run(partial(_read_rows, data, self._clock), self._rescued, self._failed)

    def _rescued(self, saved: Salvaged) -> None:
        if self._page is not None:
            self._page.set_busy(busy=False)
        text = rescued_words(saved)
        text += "\n" + gettext("It lies in {file}; the damaged file stays as it is.").format(file=saved.path)
        ask(
            self._pages.window,
            gettext("What could be rescued"),
            text,
            [
                Verb(gettext("Not now")),
                Verb(gettext("Go on with what was rescued"), partial(self._restore, saved.path), Kind.PRIMARY),
            ],
        )

    def _restored(self, _done: Restored) -> None:
        self.retry_asked.emit()

    def _failed(self, error: Exception) -> None:
        if self._page is not None:
            self._page.set_busy(busy=False)
        errors.show(self._pages.window, error)


def _read_rows(data: DataDir, clock: Clock) -> Salvaged:
    from crmdesk.services.rescue_store import rescue_store  # the migrations are loaded by nobody else at this point

    return rescue_store(data, clock)


def _bring_back(data: DataDir, path: Path, clock: Clock) -> Restored:
    backup = backup_at(path)
    if backup is None:
        raise BackupRefusedError(str(path), "missing")
    return restore_into(data, backup, clock)

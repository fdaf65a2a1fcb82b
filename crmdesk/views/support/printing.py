"""Papers from the moment their facts are there: rendered in the pool, previewed, printed from the same bytes."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crmdesk.core.progress import Progress
from crmdesk.views.support import errors
from crmdesk.views.support.desk import DeskSettings
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.preview import Preview
from crmdesk.views.support.print_job import print_pdf, printers
from crmdesk.views.support.print_setup import read_setup


class PaperDesk(QObject):
    """What screens know as `desk.papers`."""

    def __init__(self, window: QWidget, jobs: JobRunner, settings: DeskSettings) -> None:
        """Open previews over `window`."""
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._settings = settings
        self._shown: Preview | None = None
        self._waiting: list[Preview] = []

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str) -> Preview:
        """Show the paper that `make` renders in the pool; while another one is shown it waits for its turn.

        Args:
            title: of the window, and of the file when it is kept.
            make: gives the PDF; called in another thread.
            paper_kind: printer, tray, copies and shift are kept under this name.
        """
        dialog = Preview(self._window, title, paper_kind, self._jobs, self._settings)

        def failed(error: Exception) -> None:
            dialog.reject()
            dialog.close()
            errors.show(self._window, error)

        dialog.finished.connect(lambda _result: self._next_after(dialog))
        self._jobs.compute(dialog, lambda _progress: make(), dialog.show_pdf, failed)
        self._waiting.append(dialog)
        if self._shown is None:
            self._show_next()
        else:
            self._shown.say_waiting(len(self._waiting))
        return dialog

    def _show_next(self) -> None:
        self._shown = self._waiting.pop(0) if self._waiting else None
        if self._shown is not None:
            self._shown.say_waiting(len(self._waiting))
            self._shown.open()

    def _next_after(self, gone: Preview) -> None:
        if gone is self._shown:
            self._show_next()
        elif gone in self._waiting:
            self._waiting.remove(gone)
            if self._shown is not None:
                self._shown.say_waiting(len(self._waiting))

    def print_now(self, title: str, make: Callable[[], bytes], paper_kind: str) -> None:
        """Print at once with what is kept for `paper_kind`; without a printer for it the preview opens."""
        setup = read_setup(self._settings, paper_kind)
        if setup.printer not in printers():
            self.preview(title, make, paper_kind)
            return

        def work(progress: Progress) -> int:
            return print_pdf(make(), setup, progress)

        self._jobs.compute(self, work, lambda _pages: None)

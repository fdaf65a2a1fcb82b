"""Papers from the moment their facts are there: rendered in the pool, previewed, printed from the same bytes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crmdesk.core.papers import GivenOut, PaperWay
from crmdesk.core.progress import Progress
from crmdesk.views.support import errors
from crmdesk.views.support.desk import DeskSettings, Note
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

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> Preview:
        """Show the paper that `make` renders in the pool; while another one is shown it waits for its turn.

        Args:
            title: of the window, and of the file when it is kept.
            make: gives the PDF; called in another thread.
            paper_kind: printer, tray, copies and shift are kept under this name.
            note: written each time the paper was printed or saved from there.
        """
        dialog = Preview(self._window, title, paper_kind, self._jobs, self._settings)

        def failed(error: Exception) -> None:
            dialog.reject()
            dialog.close()
            errors.show(self._window, error)

        if note is not None:
            dialog.given_out.connect(partial(self._write, note))
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

    def look(self, title: str, make: Callable[[], bytes]) -> Preview:
        """Show a paper that is only looked at."""
        dialog = self.preview(title, make, "")
        dialog.only_look()
        return dialog

    def _write(self, note: Note, out: GivenOut) -> None:
        self._jobs.write(self, lambda session, context: note(session, context, out), lambda _value: None)

    def print_now(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:
        """Print at once with what is kept for `paper_kind`; without a printer for it the preview opens."""
        setup = read_setup(self._settings, paper_kind)
        if setup.printer not in printers():
            self.preview(title, make, paper_kind, note)
            return

        def work(progress: Progress) -> GivenOut:
            pdf = make()
            print_pdf(pdf, setup, progress)
            return GivenOut(pdf, PaperWay.PRINTED, setup.printer, setup.copies)

        def done(out: GivenOut) -> None:
            if note is not None:
                self._write(note, out)

        self._jobs.compute(self, work, done)

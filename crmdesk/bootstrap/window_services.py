"""Toasts and papers for screens, which exist before the window that shows them."""

from collections.abc import Callable, Sequence

from crmdesk.views.main_window import MainWindow
from crmdesk.views.support.desk import DeskSettings, Note, ToastAction
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.printing import PaperDesk


class LateToasts:
    """Passes short messages on to the window, once there is one."""

    def __init__(self) -> None:
        self._window: MainWindow | None = None

    def show_in(self, window: MainWindow) -> None:
        """Say where messages appear."""
        self._window = window

    def show(self, text: str, actions: Sequence[ToastAction] = ()) -> None:
        """Show ``text`` with buttons."""
        if self._window is not None:
            self._window.toasts.show(text, actions)


class LatePapers:
    """Passes papers on to the window, once there is one."""

    def __init__(self) -> None:
        self._papers: PaperDesk | None = None

    def show_in(self, window: MainWindow, jobs: JobRunner, settings: DeskSettings) -> None:
        """Say over which window previews open."""
        self._papers = PaperDesk(window, jobs, settings)

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:
        """Show a paper."""
        if self._papers is not None:
            self._papers.preview(title, make, paper_kind, note)

    def print_now(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:
        """Print a paper at once."""
        if self._papers is not None:
            self._papers.print_now(title, make, paper_kind, note)

    def look(self, title: str, make: Callable[[], bytes]) -> None:
        """Show a paper that is only looked at."""
        if self._papers is not None:
            self._papers.look(title, make)

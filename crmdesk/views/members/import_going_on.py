"""Going on with an import that was stopped or killed."""

from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.core.i18n import gettext
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble
from crmdesk.queries.imports import ImportRunRow
from crmdesk.views.support.dialogs import choose_file

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crmdesk.views.members.import_half import HalfDone
    from crmdesk.views.members.import_page import ImportPage
    from crmdesk.views.members.import_presenter import ImportPresenter
    from crmdesk.views.members.import_result import ResultStep


def safe_words() -> str:
    """Give what stopping an import means."""
    return gettext("It comes in by parts. After a stop it can go on, or all of it is taken back.")


class GoingOn:
    """Goes on from the list of imports, or right after a stop."""

    def __init__(self, page: "ImportPage", window: "QWidget", presenter: "ImportPresenter") -> None:
        """Keep the page, and the widget over which it asks."""
        self._page = page
        self._window = window
        self._presenter = presenter
        self._result: ResultStep | None = None

    def connect(self, half: "HalfDone", result: "ResultStep") -> None:
        """Listen to the banners and to the button of the last step."""
        self._result = result
        half.go_on_wanted.connect(self.go_on)
        half.leave_wanted.connect(lambda run: self._presenter.leave(run.id, self._page.reload))
        result.go_on_wanted.connect(self._go_on_at_once)

    def go_on(self, run: ImportRunRow, path: Path | None = None) -> None:
        """Go on with an import; a file that is not where it was is asked for."""

        def failed(error: Exception) -> None:
            self._page.work_failed(error)
            if path is None and isinstance(error, FileRefusedError) and error.reason is FileTrouble.MISSING:
                self._ask_file(run)

        self._page.begin_work(gettext("Importing…"), safe_words())
        self._presenter.go_on(run.id, path, lambda report: self._page.show_done(report, run.file_name), failed)

    def _ask_file(self, run: ImportRunRow) -> None:
        title = gettext("Where is “{file}” now?").format(file=run.file_name)
        choose_file(self._window, title, [gettext("All files") + " (*)"], lambda path: self.go_on(run, path))

    def _go_on_at_once(self) -> None:
        report = self._page.report
        if report is not None and self._result is not None:
            name = self._result.file_name
            self._page.begin_work(gettext("Importing…"), safe_words())
            self._presenter.go_on(
                report.run_id, None, lambda made: self._page.show_done(made, name), self._page.work_failed
            )

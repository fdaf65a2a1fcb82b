"""Questions around an import: where the refused rows go, whether it is undone, whether work is stopped."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.queries.imports import ImportRunRow
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_report import ImportReport
from crmdesk.views.members.import_presenter import ImportPresenter
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask, save_file

if TYPE_CHECKING:
    from crmdesk.views.members.import_choose import ChooseStep
    from crmdesk.views.members.import_result import ResultStep


class Afterwards:
    """Asks over the page, and does what was answered."""

    def __init__(self, desk: Desk, page: QWidget, presenter: ImportPresenter) -> None:
        """Keep the page to ask over."""
        self._desk = desk
        self._page = page
        self._presenter = presenter

    def connect(self, choose: "ChooseStep", result: "ResultStep", undo: Callable[[int], None]) -> None:
        """Ask before an import is undone, wherever that is wanted."""

        def of_run(run: ImportRunRow) -> None:
            self.ask_undo(run.id, run.file_name, undo)

        choose.undo_wanted.connect(of_run)
        choose.half.undo_wanted.connect(of_run)
        result.errors_wanted.connect(lambda: self._ask_errors_of(result))
        result.undo_wanted.connect(lambda: self.ask_undo(result.run_id, result.file_name, undo))

    def _ask_errors_of(self, result: "ResultStep") -> None:
        if self._presenter.file is not None and result.report is not None:
            self.ask_errors_file(self._presenter.file, result.report)

    def ask_errors_file(self, file: ImportFile, report: ImportReport) -> None:
        """Let the person say where the refused rows are written to."""
        name = gettext("{file} - to mend.xlsx").format(file=Path(file.table.origin.name).stem)
        title = gettext("Save the refused rows")
        save_file(self._page, title, name, ["Excel (*.xlsx)"], lambda path: self.save_errors(file, report, path))

    def save_errors(self, file: ImportFile, report: ImportReport, path: Path) -> None:
        """Write the refused rows."""

        def told(_rows: int) -> None:
            self._desk.toasts.show(gettext("{file} is saved. Mend it and import it.").format(file=path.name), ())

        self._presenter.save_errors(report, file, path, told)

    def ask_undo(self, run_id: int, name: str, undo: Callable[[int], None]) -> None:
        """Ask before a whole import is taken back."""
        ask(
            self._page,
            gettext("Undo the import of “{file}”?").format(file=name),
            gettext("What it made is removed. Records that somebody has worked with since stay and are listed."),
            [Verb(gettext("Undo the import"), lambda: undo(run_id), Kind.DANGER), Verb(gettext("Keep it"))],
        )

    def ask_stop(self, stop_and_leave: Callable[[], None]) -> None:
        """Ask before work under way is given up."""
        ask(
            self._page,
            gettext("Stop the work under way?"),
            gettext("What is in stays in; the import can go on later or be taken back."),
            [Verb(gettext("Stop and leave"), stop_and_leave, Kind.DANGER), Verb(gettext("Stay"))],
        )

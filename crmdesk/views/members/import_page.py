"""The import page as its helpers know it."""

from typing import Protocol

from crmdesk.services.imports_report import ImportReport
from crmdesk.views.members.import_presenter import OpenedFile
from crmdesk.views.support.desk import Desk


class ImportPage(Protocol):
    """What going on with an import and choosing a source need of the page."""

    desk: Desk
    opened: OpenedFile | None
    report: ImportReport | None

    def reload(self) -> None:
        """Ask for the imports so far again."""
        ...

    def show_file(self, opened: OpenedFile, *, anew: bool = True) -> None:
        """Take a file as it is mapped now."""
        ...

    def begin_work(self, what: str, safe: str) -> None:
        """Show that work is under way, and what stopping it means."""
        ...

    def show_done(self, report: ImportReport, name: str = "") -> None:
        """Show what an import did."""
        ...

    def work_failed(self, error: Exception) -> None:
        """Say what was in the way."""
        ...

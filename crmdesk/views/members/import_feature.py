"""Makes the import page and its command known."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.views.support.desk import Desk

PAGE = "members.import"


def install_import(desk: Desk) -> None:
    """Register the page ``members.import`` and the command of the same name (``path``: a file to begin with)."""
    navigator = desk.navigator

    def make() -> QWidget:
        from crmdesk.views.members.import_screen import ImportScreen

        return ImportScreen(desk)

    def begin(path: Path | None = None, view: str = "") -> None:  # noqa: ARG001 - the board names a view for every list
        from crmdesk.views.members.import_screen import ImportScreen

        navigator.go(PAGE)
        shown = navigator.screen(PAGE)
        if path is not None and isinstance(shown, ImportScreen):
            shown.take_file(path)

    navigator.register_section(PAGE, make)
    navigator.register_command(PAGE, mark("Import from Excel"), "", begin)

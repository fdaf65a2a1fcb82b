"""Makes the page of batches known: its page, the opener of batches, its command."""

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind
from crmdesk.views.support.desk import Desk

PAGE = "service.batches"


def install_batches(desk: Desk) -> None:
    """Register the page ``service.batches``, the opener of batches, and the command of the same name."""
    from PySide6.QtWidgets import QWidget

    def screen() -> QWidget:
        from crmdesk.views.service.batch_screen import BatchScreen

        return BatchScreen(desk)

    navigator = desk.navigator
    navigator.register_section(PAGE, screen)
    navigator.register_opener(EntityKind.BATCH, lambda ref: navigator.go(PAGE, ref))
    navigator.register_command(PAGE, mark("Batches"), "Ctrl+Shift+B", lambda: navigator.go(PAGE))

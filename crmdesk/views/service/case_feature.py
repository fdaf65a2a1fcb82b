"""Makes complaints, returns and letters known: their views, the register of letters, the command that opens it."""

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind
from crmdesk.core.tickets import TicketKind
from crmdesk.views.support.desk import Desk

PAGE = "letters"


def install_letters(desk: Desk) -> None:
    """Register the page ``letters``, the opener of letters, and the command ``papers.letters``."""
    from PySide6.QtWidgets import QWidget

    def screen() -> QWidget:
        from crmdesk.views.service.case_letter_page import LettersPage

        return LettersPage(desk)

    navigator = desk.navigator
    navigator.register_section(PAGE, screen)
    navigator.register_opener(EntityKind.LETTER, lambda ref: navigator.go(PAGE, ref))
    navigator.register_command("papers.letters", mark("Letters"), "", lambda: navigator.go(PAGE))


def register_kinds() -> None:
    """Say which views serve complaints and returns."""
    from crmdesk.views.service import kinds
    from crmdesk.views.service.case_complaint_view import ComplaintView
    from crmdesk.views.service.case_return_view import ReturnView

    kinds.register(TicketKind.COMPLAINT, ComplaintView)
    kinds.register(TicketKind.RETURN, ReturnView)

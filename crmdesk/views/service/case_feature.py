"""Makes complaints, returns and letters known: their views, the register of letters, the command that opens it."""

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind
from crmdesk.core.tickets import TicketKind
from crmdesk.views.support.desk import Desk

PAGE = "letters"
COMPLAINTS = "complaints"


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


def install_complaints(desk: Desk) -> None:
    """Register the page ``complaints`` and the command ``service.complaints`` (``view``: a `ComplaintView`)."""
    from PySide6.QtWidgets import QWidget

    def screen() -> QWidget:
        from crmdesk.views.service.case_complaint_list import ComplaintsPage

        return ComplaintsPage(desk)

    def show(view: str = "open") -> None:
        from crmdesk.queries.complaint_lists import ComplaintView
        from crmdesk.views.service.case_complaint_list import ComplaintsPage

        desk.navigator.go(COMPLAINTS)
        shown = desk.navigator.screen(COMPLAINTS)
        if isinstance(shown, ComplaintsPage):
            shown.show_view(ComplaintView(view))

    desk.navigator.register_section(COMPLAINTS, screen)
    desk.navigator.register_command("service.complaints", mark("Complaints"), "Ctrl+Shift+K", show)


def register_kinds() -> None:
    """Say which views serve complaints and returns."""
    from crmdesk.views.service import kinds
    from crmdesk.views.service.case_complaint_view import ComplaintView
    from crmdesk.views.service.case_return_view import ReturnView

    kinds.register(TicketKind.COMPLAINT, ComplaintView)
    kinds.register(TicketKind.RETURN, ReturnView)

"""Shows the papers of a loan."""

from PySide6.QtCore import QObject

from crmdesk.core.papers import PaperKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.loan_printing import print_loan_paper


def show_agreement(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show the loan agreement, customer's and shop's copy."""
    print_loan_paper(desk, owner, PaperKind.LOAN_AGREEMENT, loan_id)


def show_return_note(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show the return note with the settlement."""
    print_loan_paper(desk, owner, PaperKind.LOAN_RETURN, loan_id)


def show_receipt(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show the receipt for the deposit; nothing when none was taken."""
    print_loan_paper(desk, owner, PaperKind.DEPOSIT_RECEIPT, loan_id)

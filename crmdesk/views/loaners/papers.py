"""Shows the papers of a loan."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import PaperKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.loan_printing import print_fee_receipt, print_labels, print_loan_paper


def show_agreement(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show the loan agreement, customer's and shop's copy."""
    print_loan_paper(desk, owner, PaperKind.LOAN_AGREEMENT, loan_id)


def show_return_note(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show the return note with the settlement."""
    print_loan_paper(desk, owner, PaperKind.LOAN_RETURN, loan_id)


def show_receipt(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show the receipt for the deposit; nothing when none was taken."""
    print_loan_paper(desk, owner, PaperKind.DEPOSIT_RECEIPT, loan_id)


def show_condition(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show how the loaner went out and came back."""
    print_loan_paper(desk, owner, PaperKind.CONDITION_REPORT, loan_id)


def show_fee_receipt(desk: Desk, owner: QObject, payment_id: int) -> None:
    """Show the receipt of a payment."""
    print_fee_receipt(desk, owner, payment_id)


def show_label(desk: Desk, owner: QObject, loaner_id: int) -> None:
    """Show the label of one loaner, for a label printer."""
    print_labels(desk, owner, [loaner_id], PaperFormat.TAG60)


def show_label_sheet(desk: Desk, owner: QObject, loaner_ids: Sequence[int]) -> None:
    """Show the labels of many loaners on sheets to cut."""
    print_labels(desk, owner, loaner_ids, PaperFormat.A4)

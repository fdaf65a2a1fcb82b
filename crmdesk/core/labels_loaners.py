"""What loaner words are called on screen."""

from enum import Enum

from crmdesk.core import loaners
from crmdesk.core.i18n import mark

LABELS: tuple[tuple[Enum, str], ...] = (
    (loaners.LoanerState.ON_SHELF, mark("On the shelf")),
    (loaners.LoanerState.RESERVED, mark("Reserved")),
    (loaners.LoanerState.LENT, mark("Lent")),
    (loaners.LoanerState.RETURNED, mark("Returned")),
    (loaners.LoanerState.TO_INSPECT, mark("To inspect")),
    (loaners.LoanerState.TO_CLEAN, mark("To clean")),
    (loaners.LoanerState.IN_REPAIR, mark("Being repaired")),
    (loaners.LoanerState.RETIRED, mark("Retired")),
    (loaners.LoanerState.LOST, mark("Lost")),
    (loaners.LoanState.RESERVED, mark("Reserved")),
    (loaners.LoanState.OUT, mark("Out")),
    (loaners.LoanState.BACK, mark("Back")),
    (loaners.LoanState.LOST, mark("Lost")),
    (loaners.LoanState.CANCELLED, mark("Cancelled")),
    (loaners.SizeClass.SMALL, mark("Small")),
    (loaners.SizeClass.MEDIUM, mark("Medium size")),
    (loaners.SizeClass.LARGE, mark("Large")),
    (loaners.SizeClass.ONE_SIZE, mark("One size")),
    (loaners.DepositMove.TAKEN, mark("Deposit taken")),
    (loaners.DepositMove.KEPT, mark("Deposit kept")),
    (loaners.DepositMove.RETURNED, mark("Deposit returned")),
    (loaners.DepositMove.SET_OFF, mark("Set off against the bill")),
    (loaners.ReturnGrade.AS_LENT, mark("As lent")),
    (loaners.ReturnGrade.DIRTY, mark("Dirty")),
    (loaners.ReturnGrade.DAMAGED, mark("Damaged")),
    (loaners.NoLoanReason.NOT_NEEDED, mark("Customer needs none")),
    (loaners.NoLoanReason.NONE_FITS, mark("None fits")),
    (loaners.NoLoanReason.OTHER, mark("Other")),
)

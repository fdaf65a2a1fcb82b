"""The dialogs of the loaner desk."""

from crmdesk.core.charges import ChargeKind
from crmdesk.core.money import Money
from crmdesk.queries import loan_events, loaner_shelf, loans
from crmdesk.queries.loan_fees import FeePayment, FeeRow, LoanFees
from crmdesk.queries.loaner_rows import LoanerFilter, LoanerView, ids
from crmdesk.queries.loans import LoanerDetail
from crmdesk.views.loaners.count_dialog import CountDialog
from crmdesk.views.loaners.fee_dialog import PayFeesDialog, UndoFeeDialog
from crmdesk.views.loaners.lend_dialog import LendDialog
from crmdesk.views.loaners.loaner_form import LoanerForm
from crmdesk.views.loaners.remind_dialog import RemindDialog
from crmdesk.views.loaners.reserve_dialogs import MoveReservationDialog, ReserveDialog
from crmdesk.views.loaners.return_dialog import ReturnDialog
from crmdesk.views.loaners.small_dialogs import DueDialog, InspectDialog, LoseDialog
from tests.builders.loaners import add_repair
from tests.gui.fit.stage import Make, Stage, nothing


def dialogs(stage: Stage) -> list[Make]:
    """Give them ready to open."""
    page, desk = stage.page, stage.desk
    lent_to = add_repair(stage.shop, stage.member).id
    known = _first(stage, LoanerView.OVERDUE)
    loan = known.loan
    assert loan is not None
    item = (f"{known.row.code} · {known.row.name}", known.row.category)
    return [
        lambda: LendDialog(page, desk, nothing, ticket_id=lent_to),
        lambda: LoanerForm(page, desk, nothing, known),
        lambda: ReturnDialog(page, desk, loan, item, nothing),
        lambda: DueDialog(page, desk, loan, nothing, take_over=True),
        lambda: InspectDialog(page, desk, known.row, nothing),
        lambda: LoseDialog(page, desk, loan, known.row.value, nothing),
        lambda: ReserveDialog(page, desk, known.row, nothing),
        *_more(stage, loan.id, loan.number),
    ]


def _first(stage: Stage, view: LoanerView) -> LoanerDetail:
    with stage.shop.reading() as session:
        return loans.detail(session, ids(session, LoanerFilter(view), stage.context)[0], stage.context)


def _more(stage: Stage, loan_id: int, number: str) -> list[Make]:
    page, desk = stage.page, stage.desk
    kept = _first(stage, LoanerView.RESERVED).reservations[0]
    fee = FeeRow(1, 1, loan_id, number, ChargeKind.LATE, Money.yuan(30), stage.context.now(), None, "", "")
    paid = FeePayment(1, loan_id, number, "D010000015", Money.yuan(30), "微信", stage.context.now(), "陈可")
    with stage.shop.reading() as session:
        start = loan_events.reminder_start(session, loan_id, stage.context)
        shelf = loaner_shelf.shelf_rows(session, stage.context)
    return [
        lambda: MoveReservationDialog(page, desk, kept, nothing),
        lambda: PayFeesDialog(page, desk, LoanFees((fee,)), fee, nothing),
        lambda: UndoFeeDialog(page, desk, LoanFees((fee,), (paid,)), nothing),
        lambda: RemindDialog(page, desk, start, nothing),
        lambda: CountDialog(page, desk, shelf, nothing),
    ]

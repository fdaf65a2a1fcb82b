"""Carries out the steps of a loaner: opens the form, or writes at once, and says what happened."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanerState
from crmdesk.core.money import Money
from crmdesk.queries.loans import LoanerDetail, LoanOut
from crmdesk.services.loan_fees import FeesPaid, WaiveFee
from crmdesk.services.loan_reminders import Reminded
from crmdesk.services.loan_reservations import GiveUp
from crmdesk.services.loan_returns import LoanEnded
from crmdesk.services.loaner_count import ShelfCounted
from crmdesk.services.loaners import LoanerMade
from crmdesk.services.loans import LoanMade
from crmdesk.views.loaners.count_dialog import CountDialog
from crmdesk.views.loaners.fee_dialog import PayFeesDialog, UndoFeeDialog
from crmdesk.views.loaners.lend_dialog import LendDialog
from crmdesk.views.loaners.loaner_form import LoanerForm
from crmdesk.views.loaners.papers import (
    show_agreement,
    show_condition,
    show_fee_receipt,
    show_label,
    show_receipt,
    show_return_note,
)
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.loaners.remind_dialog import RemindDialog
from crmdesk.views.loaners.reserve_dialogs import MoveReservationDialog, ReserveDialog
from crmdesk.views.loaners.return_dialog import ReturnDialog
from crmdesk.views.loaners.small_dialogs import DueDialog, InspectDialog, LoseDialog
from crmdesk.views.loaners.steps import Act, last_loan, waiting
from crmdesk.views.loaners.wording import amount
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.prompts import ask_reason

if TYPE_CHECKING:
    from collections.abc import Callable


class LoanerActions:
    """The steps for one page."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        """Open forms over `page`."""
        self._page = page
        self._desk = desk
        self._presenter = LoanerPresenter(desk, page)
        self._by_act: dict[Act, Callable[[LoanerDetail], object]] = {
            Act.LEND: self._lend,
            Act.TAKE_BACK: self._take_back,
            Act.INSPECT: lambda known: InspectDialog(page, desk, known.row, self._moved).open(),
            Act.CLEAN: lambda known: self._presenter.clean(known.row, self._moved),
            Act.REPAIRED: lambda known: self._presenter.move(known.row, LoanerState.TO_INSPECT, self._moved),
            Act.FOUND: lambda known: self._presenter.move(known.row, LoanerState.TO_INSPECT, self._moved),
            Act.EXTEND: lambda known: self._due(known, take_over=False),
            Act.TAKE_OVER: lambda known: self._due(known, take_over=True),
            Act.SIGN: self._sign,
            Act.LOSE: self._lose,
            Act.RESERVE: lambda known: ReserveDialog(page, desk, known.row, self._reserved).open(),
            Act.CANCEL_RESERVATION: self._cancel_reservation,
            Act.REPAIR: lambda known: self._with_reason(known, LoanerState.IN_REPAIR),
            Act.RETIRE: lambda known: self._with_reason(known, LoanerState.RETIRED),
            Act.MISSING: lambda known: self._with_reason(known, LoanerState.LOST),
            Act.EDIT: lambda known: LoanerForm(page, desk, self._registered, known).open(),
            Act.MOVE_RESERVATION: self._move_reservation,
            Act.NOT_FETCHED: self._nobody_came,
            Act.REMIND: self._remind,
            Act.PAY_FEES: self._pay_fees,
            Act.WAIVE_FEE: self._waive_fee,
            Act.UNDO_PAYMENT: self._undo_payment,
            Act.PRINT_LABEL: lambda known: show_label(desk, page, known.row.id),
            Act.PRINT_AGREEMENT: self._print_agreement,
            Act.PRINT_RECEIPT: self._print_receipt,
            Act.PRINT_CONDITION: self._print_condition,
        }

    def run(self, act: Act, known: LoanerDetail) -> None:
        """Carry out one step of a loaner."""
        self._by_act[act](known)

    def register(self) -> None:
        """Register a new loaner."""
        LoanerForm(self._page, self._desk, self._registered).open()

    def lend(self, *, ticket_id: int | None = None, loaner_id: int | None = None) -> None:
        """Lend to a ticket; without one its number is asked for."""
        LendDialog(self._page, self._desk, self._lent, ticket_id=ticket_id, loaner_id=loaner_id).open()

    def run_on_loan(self, act: Act, loan_id: int) -> None:
        """Carry out one step of the loaner that a loan is about, as another feature asks for it."""

        def found(loan: LoanOut) -> None:
            self._presenter.read_detail(loan.loaner_id, lambda known: self.run(act, known))

        self._presenter.read_loan(loan_id, found)

    # -- forms -------------------------------------------------------------------------------

    def _take_back(self, known: LoanerDetail) -> None:
        if known.loan is not None:
            words = f"{known.row.code} · {known.row.name}"
            ReturnDialog(self._page, self._desk, known.loan, (words, known.row.category), self._ended).open()

    def _due(self, known: LoanerDetail, *, take_over: bool) -> None:
        if known.loan is not None:
            DueDialog(self._page, self._desk, known.loan, self._due_moved, take_over=take_over).open()

    def _lose(self, known: LoanerDetail) -> None:
        if known.loan is not None:
            LoseDialog(self._page, self._desk, known.loan, known.row.value, self._ended).open()

    def _sign(self, known: LoanerDetail) -> None:
        if known.loan is not None:
            self._presenter.sign(known.loan.id, lambda made: self._say(gettext("{number} is signed"), made.number))

    def _lend(self, known: LoanerDetail) -> None:
        """Lend what is kept for somebody to her, anything else to a ticket."""
        kept = waiting(known, self._presenter.context())
        if kept is not None:
            LendDialog(self._page, self._desk, self._lent, loaner_id=known.row.id, reservation_id=kept.id).open()
        else:
            self.lend(loaner_id=known.row.id)

    def _cancel_reservation(self, known: LoanerDetail) -> None:
        if known.reservations:
            one = known.reservations[0]
            said = gettext("The reservation {number} is given up")
            self._presenter.give_up(GiveUp(one.id, "", one.version), lambda made: self._say(said, made.number))

    def _nobody_came(self, known: LoanerDetail) -> None:
        if known.reservations:
            one = known.reservations[0]
            said = gettext("Nobody came for {number}; the loaner is free")
            request = GiveUp(one.id, "", one.version)
            self._presenter.give_up(request, lambda made: self._say(said, made.number), nobody_came=True)

    def _move_reservation(self, known: LoanerDetail) -> None:
        if known.reservations:
            MoveReservationDialog(self._page, self._desk, known.reservations[0], self._reserved).open()

    def _remind(self, known: LoanerDetail) -> None:
        if known.loan is not None:
            self._presenter.read_reminder(
                known.loan.id, lambda start: RemindDialog(self._page, self._desk, start, self._reminded).open()
            )

    def _pay_fees(self, known: LoanerDetail) -> None:
        first = known.fees.open_loan()
        if first is not None:
            PayFeesDialog(self._page, self._desk, known.fees, first, self._paid).open()

    def _waive_fee(self, known: LoanerDetail) -> None:
        first = known.fees.open_loan()
        if first is None:
            return
        open_now = min(first.amount, known.fees.open_of(first.loan_id))
        title = gettext("Waive {amount} of {number}").format(amount=amount(open_now), number=first.loan_number)

        def waive(reason: str) -> None:
            self._presenter.waive(WaiveFee(first.id, reason, first.version), self._waived)

        ask_reason(self._page, title, gettext("Waive"), waive)

    def _undo_payment(self, known: LoanerDetail) -> None:
        if known.fees.to_take_back():
            UndoFeeDialog(self._page, self._desk, known.fees, self._payment_undone).open()

    def count(self) -> None:
        """Count what is in the store."""
        self._presenter.read_shelf(lambda rows: CountDialog(self._page, self._desk, rows, self._counted).open())

    def _with_reason(self, known: LoanerDetail, wanted: LoanerState) -> None:
        titles = {
            LoanerState.IN_REPAIR: (gettext("{code}: to repair"), gettext("Send to repair")),
            LoanerState.RETIRED: (gettext("Retire {code}"), gettext("Retire")),
            LoanerState.LOST: (gettext("{code} is missing"), gettext("Record the loss")),
        }
        title, verb = titles[wanted]
        ask_reason(
            self._page,
            title.format(code=known.row.code),
            verb,
            lambda reason: self._presenter.move(known.row, wanted, self._moved, reason),
        )

    # -- papers ------------------------------------------------------------------------------

    def _print_agreement(self, known: LoanerDetail) -> None:
        if known.loan is not None:
            show_agreement(self._desk, self._page, known.loan.id)

    def _print_receipt(self, known: LoanerDetail) -> None:
        if known.loan is not None:
            show_receipt(self._desk, self._page, known.loan.id)

    def _print_condition(self, known: LoanerDetail) -> None:
        loan_id = last_loan(known)
        if loan_id is not None:
            show_condition(self._desk, self._page, loan_id)

    # -- what happened -----------------------------------------------------------------------

    def _say(self, words: str, number: str) -> None:
        self._desk.toasts.show(words.format(number=number))

    def _reminded(self, made: Reminded) -> None:
        self._desk.toasts.show(gettext("{number}: reminder {stage} noted").format(number=made.number, stage=made.stage))

    def _paid(self, paid: FeesPaid) -> None:
        words = gettext("Paid; receipt {receipt}").format(receipt=paid.receipt)
        if paid.still_open:
            words += " · " + gettext("{amount} still open").format(amount=amount(paid.still_open))
        self._desk.toasts.show(words)
        show_fee_receipt(self._desk, self._page, paid.payment_id)

    def _payment_undone(self, still_open: Money) -> None:
        self._desk.toasts.show(gettext("Taken back; {amount} still open").format(amount=amount(still_open)))

    def _waived(self, waived: Money) -> None:
        self._desk.toasts.show(gettext("{amount} is waived").format(amount=amount(waived)))

    def _counted(self, counted: ShelfCounted) -> None:
        parts = [ngettext("{count} scanned", "{count} scanned", counted.seen).format(count=counted.seen)]
        if counted.missing:
            parts.append(gettext("missing: {codes}").format(codes=gettext(", ").join(counted.missing)))
        if counted.found_again:
            parts.append(gettext("found again: {codes}").format(codes=gettext(", ").join(counted.found_again)))
        if counted.skipped:
            parts.append(gettext("left as they are: {codes}").format(codes=gettext(", ").join(counted.skipped)))
        self._desk.toasts.show(" · ".join(parts))

    def _registered(self, made: LoanerMade) -> None:
        self._desk.toasts.show(gettext("{code} is saved").format(code=made.code))

    def _moved(self, made: LoanerMade) -> None:
        self._desk.toasts.show(f"{made.code} · {label(made.state)}")

    def _reserved(self, made: LoanMade) -> None:
        self._say(gettext("{number} is reserved"), made.number)

    def _due_moved(self, made: LoanMade) -> None:
        words = gettext("{number} is due {day:%m-%d}")
        self._desk.toasts.show(words.format(number=made.number, day=made.due_on))

    def _lent(self, made: LoanMade) -> None:
        actions = []
        if made.deposit:
            actions.append((gettext("Receipt"), lambda: show_receipt(self._desk, self._page, made.id)))
        self._desk.toasts.show(gettext("{code} is lent").format(code=made.loaner_code), actions)
        show_agreement(self._desk, self._page, made.id)

    def _ended(self, ended: LoanEnded) -> None:
        words = gettext("{number} is settled").format(number=ended.number)
        if ended.to_pay > Money(0):
            words += " · " + gettext("the customer pays {amount}").format(amount=amount(ended.to_pay))
        actions = []
        payment_id = ended.payment_id
        if payment_id is not None:
            actions.append((gettext("Receipt"), lambda: show_fee_receipt(self._desk, self._page, payment_id)))
        self._desk.toasts.show(words, actions)
        show_return_note(self._desk, self._page, ended.id)

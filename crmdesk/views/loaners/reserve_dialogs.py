"""Keeping a loaner for somebody: from a day on, and other days for what is kept."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.queries.lend_start import LendStart
from crmdesk.queries.loaner_rows import LoanerRow
from crmdesk.queries.loans import LoanRow
from crmdesk.services.loan_reservations import MoveReservation, ReserveLoaner
from crmdesk.services.loans import LoanMade
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.support import errors
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text


class ReserveDialog(FormDialog):
    """A loaner kept for a ticket's customer, from a day on."""

    def __init__(self, parent: QWidget, desk: Desk, row_: LoanerRow, saved: Callable[[LoanMade], None]) -> None:
        """Reserve the loaner of `row_`."""
        super().__init__(parent, gettext("Reserve {code}").format(code=row_.code), gettext("Reserve"))
        self._presenter = LoanerPresenter(desk, self)
        self._row = row_
        self._saved = saved
        today = self._presenter.today
        add = self.fields.add
        self.ticket = add("ticket_id", LineField(gettext("Ticket"), required=True, example="R-01-261121-0037"))
        self.from_day = add("from_day", DayField(gettext("From"), today, required=True))
        self.due_on = add("due_on", DayField(gettext("Return by"), today, required=True))
        self.from_day.set_value(today())
        self._customer = Text("", "muted")
        self.ticket.left.connect(self._look_up)
        self.ticket.line.returnPressed.connect(self._look_up)
        self._start: LendStart | None = None
        self.add_part(row(self.ticket))
        self.add_part(row(self._customer))
        self.add_part(FieldsLayout((self.from_day, 1), (self.due_on, 1), gap=3))
        self.ticket.setFocus()

    def _look_up(self) -> None:
        typed = self.ticket.typed()
        if typed and (self._start is None or self._start.ticket_number != typed):
            self._presenter.read_start(typed, self._began, self._not_found)

    def _began(self, start: LendStart) -> None:
        self._start = start
        self.ticket.set_value(start.ticket_number)
        self._customer.setText(f"{start.member_name} · {label(start.member_tier)} · {start.item}")
        if self.due_on.is_empty():
            self.due_on.set_value(start.due_on)

    def _not_found(self, error: Exception) -> None:
        self._start = None
        self.save.setEnabled(True)
        sentence = errors.explain(error)
        self.ticket.show_problem(sentence.title if sentence else str(error))

    @override
    def send(self) -> None:
        """Save; the ticket is looked up first when that has not happened yet."""
        start = self._start
        if start is None or start.ticket_number != self.ticket.typed():
            self._presenter.read_start(self.ticket.typed(), self._began_then_send, self._not_found)
            return
        from_day, due_on = self.from_day.value(), self.due_on.value()
        if from_day is not None and due_on is not None:
            request = ReserveLoaner(self._row.id, start.member_id, from_day, due_on, start.ticket_id)
            self._presenter.reserve(request, self._done, self.refused)

    def _began_then_send(self, start: LendStart) -> None:
        self._began(start)
        self.send()

    def _done(self, made: LoanMade) -> None:
        self.accept()
        self._saved(made)


class MoveReservationDialog(FormDialog):
    """Other days for a reservation."""

    def __init__(self, parent: QWidget, desk: Desk, kept: LoanRow, saved: Callable[[LoanMade], None]) -> None:
        """Move the days of `kept`."""
        title = gettext("Move the reservation {number}").format(number=kept.number)
        super().__init__(parent, title, gettext("Move"), kept.member_name)
        self._presenter = LoanerPresenter(desk, self)
        self._kept, self._saved = kept, saved
        today = self._presenter.today
        self.from_day = DayField(gettext("From"), today, required=True)
        self.due_on = DayField(gettext("Return by"), today, required=True)
        self.add_row(from_day=self.from_day, due_on=self.due_on)
        self.from_day.set_value(kept.from_day)
        self.due_on.set_value(kept.due_on)

    @override
    def send(self) -> None:
        """Save."""
        from_day, due_on = self.from_day.value(), self.due_on.value()
        if from_day is not None and due_on is not None:
            request = MoveReservation(self._kept.id, from_day, due_on, self._kept.version)
            self._presenter.move_reservation(request, self._done, self.refused)

    def _done(self, made: LoanMade) -> None:
        self.accept()
        self._saved(made)

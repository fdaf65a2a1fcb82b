"""A visit to an intermediate customer: what lies there, what sells, when to come again."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.household_errors import VisitOrderError
from crmdesk.core.i18n import gettext
from crmdesk.queries.firm_visits import VisitRow
from crmdesk.services.firm_visits import VisitFacts
from crmdesk.views.members.people_presenter import PeoplePresenter
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import MoneyField, TextField
from crmdesk.views.support.form_dialog import WIDE, FormDialog

_LONG = 4000


class FirmVisitDialog(FormDialog):
    """A new visit, or one to be corrected."""

    problem_fields = {VisitOrderError: "next_on"}  # noqa: RUF012 - as the base declares it

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        firm: tuple[int, str],
        saved: Callable[[], None],
        known: VisitRow | None = None,
    ) -> None:
        """Ask about a visit to `firm` (key and name)."""
        self._member_id, name = firm
        super().__init__(parent, gettext("Visit to {name}").format(name=name), gettext("Save"), width=WIDE)
        self._known = known
        self._saved = saved
        self._presenter = PeoplePresenter(desk, self)
        today = self._presenter.context().today
        self.day = DayField(gettext("&Day"), today, required=True, leaning=Leaning.PAST)
        self.next_on = DayField(gettext("Next &visit"), today)
        self.add_row(day=self.day, next_on=self.next_on)
        self.stock = self.add("stock", TextField(gettext("&Stock there"), max_length=_LONG, lines=2))
        self.stock_value = MoneyField(gettext("Worth of the stock"))
        self.sales = TextField(gettext("What se&lls"), max_length=_LONG, lines=2)
        self.sales_value = MoneyField(gettext("Sales since the last visit"))
        self.add("sales", self.sales)
        self.add_row(stock_value=self.stock_value, sales_value=self.sales_value)
        self.note = self.add("note", TextField(gettext("N&ote"), max_length=_LONG, lines=2))
        self.day.set_value(known.day if known else today())
        if known is not None:
            self.stock.set_value(known.stock)
            self.sales.set_value(known.sales)
            self.note.set_value(known.note)
            self.stock_value.set_value(known.stock_value)
            self.sales_value.set_value(known.sales_value)
            self.next_on.set_value(known.next_on)

    @override
    def send(self) -> None:
        known = self._known
        request = VisitFacts(
            self._member_id,
            self.day.value() or self._presenter.context().today(),
            self.stock.typed(),
            self.stock_value.value(),
            self.sales.typed(),
            self.sales_value.value(),
            self.note.typed(),
            self.next_on.value(),
            known.id if known else None,
            known.version if known else 0,
        )
        self._presenter.save_visit(request, self._done, self.refused)

    def _done(self, _key: int) -> None:
        self.accept()
        self._saved()

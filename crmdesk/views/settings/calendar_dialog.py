"""The form of some days: from when to when, rest or work, and what the day is called."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.clock_errors import CalendarReachError, CalendarSpanError
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.outcome import Outcome
from crmdesk.db.session import Session
from crmdesk.queries.clock_settings import DayFacts
from crmdesk.services import calendar_days as service
from crmdesk.services.calendar_days import LONGEST_NAME, SetDays
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.form_dialog import FormDialog


class DaysDialog(FormDialog):
    """Says of a span whether it is worked."""

    problem_fields = {CalendarReachError: "first", CalendarSpanError: "last"}  # noqa: RUF012 - declared so by the base

    def __init__(self, parent: QWidget, desk: Desk, chosen: tuple[date, date, DayFacts], stamp: int) -> None:
        """Begin with the ``chosen`` span and its current day; ``stamp`` is the year as it was seen."""
        super().__init__(parent, gettext("Change days"), gettext("Save"))
        first, last, facts = chosen
        self._desk = desk
        self._stamp = stamp
        today = desk.signin.context().today
        self.first = DayField(gettext("&First day"), today, required=True)
        self.last = DayField(gettext("&Last day"), today, required=True)
        self.add_row(first=self.first, last=self.last)
        choices = [(gettext("day of rest"), False), (gettext("worked"), True)]
        self.working = self.add("working", ChoiceField(gettext("&These days are"), choices, required=True))
        self.name = self.add(
            "name",
            LineField(gettext("&Name"), max_length=LONGEST_NAME, example=gettext("Spring Festival, stocktaking …")),
        )
        self.first.set_value(first)
        self.last.set_value(last)
        self.working.set_value(not facts.working)
        self.name.set_value(facts.name)

    @override
    def send(self) -> None:
        first = self.first.value()
        last = self.last.value()
        if first is None or last is None:
            self.save.setEnabled(True)
            return
        working = bool(self.working.value())
        request = SetDays(first, last, working, self.name.value() or "", self._stamp)
        self._desk.jobs.write(self, partial(_set, request), self._done, self.refused)

    def _done(self, days: int) -> None:
        words = ngettext("{count} day changed", "{count} days changed", days).format(count=days)
        self._desk.toasts.show(words)
        self.accept()


def _set(request: SetDays, session: Session, context: Context) -> Outcome[int]:
    return service.set_days(session, request, context)

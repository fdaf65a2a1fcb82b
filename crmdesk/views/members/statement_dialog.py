"""Which period a statement is of, and in which language."""

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.levels import months_before
from crmdesk.queries.ledger_papers import Period
from crmdesk.views.members.account_papers import print_statement
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField
from crmdesk.views.support.form_dialog import FormDialog

_YEAR = 12


class StatementDialog(FormDialog):
    """First and last day; the usual spans are one choice away."""

    def __init__(self, parent: QWidget, desk: Desk, member: tuple[int, str]) -> None:
        """Begin with this year, for ``member`` (key, name)."""
        self._member_id, name = member
        super().__init__(
            parent,
            gettext("Statement for {name}").format(name=name),
            gettext("Show the statement"),
            gettext("Opening balance, every movement, closing balance, and when points end."),
        )
        self._desk, self._owner = desk, parent
        today = desk.signin.context().today()
        spans = [
            (gettext("this year"), date(today.year, 1, 1)),
            (gettext("the last 3 months"), months_before(today, 3) + timedelta(days=1)),
            (gettext("the last 12 months"), months_before(today, _YEAR) + timedelta(days=1)),
            (gettext("last year"), date(today.year - 1, 1, 1)),
        ]
        self.span = self.add("span", ChoiceField(gettext("&Period"), spans, required=True))
        self.since = DayField(gettext("&First day"), lambda: today, required=True, leaning=Leaning.PAST)
        self.until = DayField(gettext("&Last day"), lambda: today, required=True, leaning=Leaning.PAST)
        self.add_row(since=self.since, until=self.until)
        languages = [("中文", "zh_CN"), ("English", "en")]
        self.language = self.add("language", ChoiceField(gettext("La&nguage"), languages, required=True))
        self.language.set_value(desk.signin.context().language)
        self.span.changed.connect(self._take_span)
        self.span.set_value(spans[0][1])
        self._take_span()

    def _take_span(self) -> None:
        first = self.span.value()
        if first is not None:
            today = self._desk.signin.context().today()
            self.since.set_value(first)
            whole_year = first == date(today.year - 1, 1, 1)
            self.until.set_value(date(first.year, 12, 31) if whole_year else today)

    @override
    def send(self) -> None:
        since, until = self.since.value(), self.until.value()
        if since is None or until is None or since > until:
            self.fields.show_problems({"until": gettext("The last day lies before the first one.")})
            self.save.setEnabled(True)
            return
        self.accept()
        print_statement(self._desk, self._owner, self._member_id, Period(since, until), self.language.value() or "")

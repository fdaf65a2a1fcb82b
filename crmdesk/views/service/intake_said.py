"""What the customer says and what she is told: words that print, notes that do not, the promise, its clock."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.tickets import Priority, Route, TicketKind
from crmdesk.core.tones import Tone
from crmdesk.queries.intake import IntakeRules
from crmdesk.views.service.intake_fields import PickField
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.fields import LineField, TextField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import show_if

if TYPE_CHECKING:
    from datetime import date


class SaidPart(QWidget):
    """Words, notes, promise; `promise_changed` when the promised day is another one."""

    promise_changed = Signal()

    def __init__(self, fields: FieldSet, presenter: IntakePresenter) -> None:
        """Add the fields to `fields`."""
        super().__init__()
        self._presenter = presenter
        self._kind = TicketKind.REPAIR
        self._rules = IntakeRules()
        self._default: date | None = None
        self._make_fields(fields)
        self._arrange()

    def _make_fields(self, fields: FieldSet) -> None:
        add = fields.add
        self.wanted = add("wanted", LineField(gettext("What the customer wants"), max_length=120))
        self.words = add(
            "customer_words", TextField(gettext("Customer's &words"), hint=gettext("printed"), lines=2, required=True)
        )
        self.notes = add(
            "private_notes",
            TextField(
                gettext("Internal notes"),
                hint=gettext("never printed"),
                lines=2,
                example=gettext("Seen in the store only …"),
            ),
        )
        for field in (self.words, self.notes):
            # Two whole lines fit, so that no scroll bar stands beside them.
            field.text.document().setDocumentMargin(1)
        self.promised = add("promised_on", DayField(gettext("P&romised for"), self._presenter.today))
        self.promised.changed.connect(self.promise_changed)
        self.route = add("route", PickField[Route](gettext("Goes to"), [(label(one), one) for one in Route]))
        self.priority = add(
            "priority", PickField[Priority](gettext("Urgency"), [(label(one), one) for one in Priority])
        )

    def _arrange(self) -> None:
        self.banner = Banner("")
        words = FieldsLayout((self.words, 3), (self.notes, 2))
        promise = FieldsLayout((self.promised, 1), (self.route, 1), (self.priority, 1))
        self.setLayout(column(words, self.wanted, promise, self.banner, gap=2))

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        fields = (self.words, self.notes, self.wanted, self.promised, self.route, self.priority)
        return [field.editor for field in fields]

    # -- kind and defaults ---------------------------------------------------------------------------

    def show_kind(self, kind: TicketKind) -> None:
        """Ask what belongs to a kind, and promise what the store promises for it."""
        self._kind = kind
        show_if(self.wanted, kind is TicketKind.COMPLAINT)
        show_if(self.route, kind is TicketKind.REPAIR)
        names = {
            TicketKind.REPAIR: gettext("P&romised for"),
            TicketKind.COMPLAINT: gettext("Answe&r by"),
            TicketKind.RETURN: gettext("Settle b&y"),
        }
        self.promised.set_label(names[kind])
        self._promise()

    def set_rules(self, rules: IntakeRules) -> None:
        """Take the store's lengths of time."""
        self._rules = rules
        self._promise()

    def _promise(self) -> None:
        """Fill the promise in unless the clerk typed another one."""
        untouched = self.promised.is_empty() or self.promised.value() == self._default
        self._default = self._presenter.today() + timedelta(days=self._usual_days())
        if untouched:
            self.promised.set_value(self._default)

    def _usual_days(self) -> int:
        rules = self._rules
        return {
            TicketKind.REPAIR: rules.promise_days,
            TicketKind.COMPLAINT: rules.answer_days,
            TicketKind.RETURN: rules.return_days,
        }[self._kind]

    def keep_default(self) -> None:
        """Go back to the usual promise, urgency and way."""
        self._default = None
        self.promised.set_value(None)
        self._promise()
        self.route.set_value(Route.IN_STORE)
        self.priority.set_value(Priority.NORMAL)

    # -- the promise and its clock ---------------------------------------------------------------------

    @property
    def rules(self) -> IntakeRules:
        """The store's lengths of time."""
        return self._rules

    def days_promised(self) -> int | None:
        """Give how far the promised day is, in days."""
        promised = self.promised.value()
        return (promised - self._presenter.today()).days if promised is not None else None

    def takes_long(self) -> bool:
        """Whether a repair takes longer than the store lets a customer be without."""
        days = self.days_promised()
        return self._kind is TicketKind.REPAIR and days is not None and days > self._rules.lend_after_days

    def show_clock(self, *, lending: bool) -> None:
        """Say which clock begins now and where the rule comes from."""
        told = gettext("Source: {source} (see settings)").format(
            source=self._rules.clock_sources.get(self._kind) or gettext("House rule")
        )
        title, tone = self._clock_title(lending=lending)
        self.banner.set(title, told, tone, "alarm-clock")

    def _clock_title(self, *, lending: bool) -> tuple[str, Tone]:
        if self._kind is TicketKind.COMPLAINT:
            days = self._rules.answer_days
            return ngettext("Answer within {count} day", "Answer within {count} days", days).format(
                count=days
            ), Tone.WAITING
        if self._kind is TicketKind.RETURN:
            days = self._rules.return_days
            return ngettext("Settle within {count} day", "Settle within {count} days", days).format(
                count=days
            ), Tone.WAITING
        days = self._rules.lend_after_days
        if lending:
            return gettext("A loaner goes along: the customer is not without"), Tone.OK
        if not self.takes_long():
            return ngettext(
                "Promised within {count} day: no loaner needed", "Promised within {count} days: no loaner needed", days
            ).format(count=days), Tone.INFO
        return ngettext(
            "Not repaired in {count} day: a loaner of the same kind is due",
            "Not repaired in {count} days: a loaner of the same kind is due",
            days,
        ).format(count=days), Tone.WAITING

    def check(self) -> bool:
        """Show a promise that lies in the past; emptiness and form are checked by the set."""
        days = self.days_promised()
        if days is None or days >= 0:
            return True
        self.promised.show_problem(gettext("This day is past."))
        self.promised.setFocus()
        return False

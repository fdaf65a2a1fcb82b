"""Forms for people who work here: new, change, new PIN."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Role
from crmdesk.db.session import Session
from crmdesk.queries.staff import StaffRow
from crmdesk.services.staff import (
    AddStaff,
    EditStaff,
    ResetPin,
    StaffFacts,
    StaffMade,
    add_staff,
    edit_staff,
    reset_pin,
)
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TickField
from crmdesk.views.support.form_dialog import FormDialog


def _add(request: AddStaff, session: Session, context: Context) -> Outcome[StaffMade]:
    return add_staff(session, request, context)


def _edit(request: EditStaff, session: Session, context: Context) -> Outcome[StaffMade]:
    return edit_staff(session, request, context)


def _reset(request: ResetPin, session: Session, context: Context) -> Outcome[StaffMade]:
    return reset_pin(session, request, context)


def pin_field(text: str) -> LineField:
    """Make a field for a PIN that nobody reads over a shoulder."""
    field = LineField(text)
    field.line.setEchoMode(QLineEdit.EchoMode.Password)
    return field


class StaffDialog(FormDialog):
    """A new person, or a change of one."""

    def __init__(self, parent: QWidget, desk: Desk, known: StaffRow | None = None) -> None:
        """Begin with ``known``, or empty for a new person."""
        title = gettext("Change {name}").format(name=known.name) if known else gettext("New staff member")
        super().__init__(parent, title, gettext("Save"))
        self._desk = desk
        self._known = known
        self._name = self.add("name", LineField(gettext("Name"), required=True))
        self._role = self.add(
            "role", ChoiceField(gettext("Role"), [(label(role), role) for role in Role], required=True)
        )
        self._limit = self.add(
            "approve_limit", MoneyField(gettext("Approves up to"), hint=gettext("empty: the role's limit"))
        )
        self._active = self.add("active", TickField(gettext("Works here")))
        self._active.set_value(value=True)
        if known is None:
            self._pin = self.add("pin", pin_field(gettext("PIN (empty: set at the first sign-in)")))
        else:
            self._name.set_value(known.name)
            self._role.set_value(known.role)
            self._limit.set_value(known.approve_limit)
            self._active.set_value(value=known.active)

    @override
    def send(self) -> None:
        facts = StaffFacts(
            self._name.value() or "", self._role.value() or Role.CLERK, approve_limit=self._limit.value()
        )
        if self._known is None:
            request = AddStaff(facts, self._pin.value() or "")
            self._desk.jobs.write(self, partial(_add, request), self._done, self.refused)
        else:
            change = EditStaff(self._known.id, self._known.version, facts, active=self._active.value())
            self._desk.jobs.write(self, partial(_edit, change), self._done, self.refused)

    def _done(self, _made: StaffMade) -> None:
        self._desk.toasts.show(gettext("Staff saved"))
        self.accept()


class PinDialog(FormDialog):
    """A new PIN for somebody who forgot hers."""

    def __init__(self, parent: QWidget, desk: Desk, person: StaffRow) -> None:
        """Ask for ``person``'s new PIN."""
        super().__init__(parent, gettext("New PIN for {name}").format(name=person.name), gettext("Set the PIN"))
        self._desk = desk
        self._person = person
        self._pin = self.add("pin", pin_field(gettext("PIN (empty: set at the next sign-in)")))

    @override
    def send(self) -> None:
        request = ResetPin(self._person.id, self._pin.value() or "")
        self._desk.jobs.write(self, partial(_reset, request), self._done, self.refused)

    def _done(self, _made: StaffMade) -> None:
        self._desk.toasts.show(gettext("PIN set"))
        self.accept()

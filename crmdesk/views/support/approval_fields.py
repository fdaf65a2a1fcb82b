"""Who approves at this desk, and her PIN: for what the signed-in person may not do alone."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.services import approvals
from crmdesk.services.approvals import ApproveByPin, Approved
from crmdesk.services.signin import Refused
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.prompts import PIN_LENGTH
from crmdesk.views.support.widgets.text import show_if

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmdesk.db.session import Session

    Check = Callable[["Session", Context], Outcome[Approved | Refused]]


class ApprovalFields:
    """Two fields of a dialog; the PIN is kept nowhere."""

    def __init__(self, dialog: FormDialog, people: Sequence[tuple[int, str]]) -> None:
        """Add them to the dialog; ``people`` by key and name."""
        choices = [(name, key) for key, name in people]
        self.who = ChoiceField(gettext("Appro&ved by"), choices, required=True, empty=gettext("choose"))
        self.pin = LineField(gettext("PI&N of the approver"), required=True, max_length=PIN_LENGTH)
        self.pin.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        dialog.add_row(approver=self.who, approver_pin=self.pin)
        if len(choices) == 1:
            self.who.set_value(choices[0][1])

    def show_if(self, wanted: bool) -> None:  # noqa: FBT001 - a state, as Qt's setters
        """Show or hide both."""
        for field in (self.who, self.pin):
            show_if(field, wanted)

    def request(self, right: Right, matter: str) -> "Check":
        """Give the work that checks the PIN."""
        wanted = ApproveByPin(self.who.value() or 0, self.pin.typed(), right, matter)
        return partial(_approve, wanted)

    def show_refused(self, refused: Refused) -> None:
        """Say at the PIN why it was not taken."""
        self.pin.line.clear()
        waiting = refused.wait_until is not None
        said = gettext("Too many wrong PINs. Please wait.") if waiting else gettext("Wrong PIN. Please try again.")
        self.pin.show_problem(said)
        self.pin.setFocus()


def _approve(request: ApproveByPin, session: "Session", context: Context) -> Outcome[Approved | Refused]:
    return approvals.approve(session, request, context)

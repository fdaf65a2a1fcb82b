"""Choosing a new PIN."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.i18n import gettext
from crmdesk.core.pins import LONGEST, checked_pin
from crmdesk.core.settings_store import PIN_SHORTEST
from crmdesk.views.support.dialogs import Kind, Question, Verb
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.forms import Form

OLD: Final = "old"
NEW: Final = "pin"
AGAIN: Final = "again"


class PinDialog(Question):
    """Old PIN, new PIN, new PIN again; stays open until the service has taken it."""

    def __init__(
        self, parent: QWidget | None, change: Callable[[str, str], None], *, has_old: bool, later: bool = False
    ) -> None:
        """Build.

        Args:
            parent: the window.
            change: gets the old and the new PIN when both new ones agree; ends with `accept` or `refuse`.
            has_old: whether there is a PIN to show first.
            later: whether it is offered, not asked for by the person.
        """
        text = gettext("Only you know it. It signs what you do, and opens the screen after a pause.")
        super().__init__(parent, gettext("Choose your PIN") if later else gettext("Change PIN"), text)
        self._change = change
        self._form = Form()
        self._old = _secret(gettext("&Present PIN"))
        self._new = _secret(
            gettext("&New PIN"), hint=gettext("at least {count} digits").format(count=PIN_SHORTEST.default)
        )
        self._again = _secret(gettext("New PIN &again"))
        if has_old:
            self._form.add(OLD, self._old)
        self._form.add(NEW, self._new)
        self._form.add(AGAIN, self._again)
        self.add(self._form)
        self.add_verb(Verb(gettext("Later") if later else gettext("Cancel")))
        self._save = self.add_verb(Verb(gettext("Save"), self._submit, Kind.PRIMARY), closes=False)

    def refuse(self, field: str, sentence: str) -> None:
        """Say at a field why it was not taken."""
        self._save.setEnabled(True)
        self._form.fields.show_problems({field: sentence})

    def failed(self, error: Exception) -> None:
        """Say why the service did not take it."""
        self._save.setEnabled(True)
        self._form.fields.failed(error)

    def _submit(self) -> None:
        if not self._form.fields.check():
            return
        try:
            new = checked_pin(self._new.typed(), PIN_SHORTEST.default)
        except InvalidFieldError as error:
            self.failed(error)
            return
        if self._new.typed() != self._again.typed():
            self.refuse(AGAIN, gettext("The two new PINs differ."))
            return
        self._save.setEnabled(False)
        self._change(self._old.typed(), new)


def _secret(label: str, hint: str = "") -> LineField:
    field = LineField(label, required=True, hint=hint, max_length=LONGEST)
    field.line.setEchoMode(QLineEdit.EchoMode.Password)
    return field

"""The store as papers say it: name, address, telephone."""

from functools import partial

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.db.session import Session
from crmdesk.queries.settings import StoreFacts, store_facts
from crmdesk.services.settings import EditStore, edit_store
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text


def _store(session: Session, context: Context) -> StoreFacts:
    return store_facts(session, context.store.id)


def _edit(request: EditStore, session: Session, context: Context) -> Outcome[int]:
    return edit_store(session, request, context)


class StorePage(QWidget):
    """Name, address and telephone; the code cannot change, it is in every number."""

    def __init__(self, desk: Desk) -> None:
        """Build the form; facts come from the database."""
        super().__init__()
        self._desk = desk
        self._version = 0
        self._set = FieldSet(self)
        self._set.submitted.connect(self._save)
        self._code = Text("", "soft")
        self._name = self._set.add("name", LineField(gettext("Name of the store"), required=True))
        self._address = self._set.add("address", LineField(gettext("Address")))
        self._phone = self._set.add("phone", LineField(gettext("Telephone")))
        button = Button(gettext("Save"), "check", "primary", "Ctrl+Enter")
        button.clicked.connect(self._set.submit)
        if not desk.signin.context().may(Right.SETTINGS):
            button.refuse(gettext("Only the owner changes these."))
        layout = column(
            Text(gettext("The store"), "title"),
            self._code,
            self._name,
            self._address,
            self._phone,
            row(button, None),
            None,
            gap=3,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.reload()

    def reload(self) -> None:
        """Show the store, unless something was typed."""
        if not self._set.is_dirty():
            self._desk.jobs.read(self, _store, self._show, key="store")

    def _show(self, facts: StoreFacts) -> None:
        self._version = facts.version
        self._code.setText(gettext("Code {code}, part of every number").format(code=facts.code))
        self._name.set_value(facts.name)
        self._address.set_value(facts.address)
        self._phone.set_value(facts.phone)
        self._set.mark_clean()

    def _save(self) -> None:
        request = EditStore(
            self._version, self._name.value() or "", self._address.value() or "", self._phone.value() or ""
        )
        self._desk.jobs.write(self, partial(_edit, request), self._saved, self._set.failed)

    def _saved(self, version: int) -> None:
        self._version = version
        self._set.mark_clean()
        self._desk.toasts.show(gettext("Store saved"))

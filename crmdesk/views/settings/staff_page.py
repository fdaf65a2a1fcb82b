"""People who work here, with role and whether they have a PIN."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.queries.staff import StaffRow, staff_list
from crmdesk.views.settings.staff_dialogs import PinDialog, StaffDialog
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text


def _staff(session: Session, context: Context) -> list[StaffRow]:
    return staff_list(session, context) if context.may(Right.STAFF) else []


def _columns(zone: str) -> list[Column[StaffRow]]:
    return [
        Column("name", mark("Name"), lambda one: one.name, 140, stretch=True),
        Column("role", mark("Role"), lambda one: label(one.role), 140),
        Column("pin", mark("PIN"), lambda one: gettext("set") if one.has_pin else gettext("missing"), 90),
        Column(
            "state",
            mark("State"),
            lambda one: gettext("works here") if one.active else gettext("left"),
            120,
            ColumnKind.STATUS,
            tone=lambda one: Tone.OK if one.active else Tone.NEUTRAL,
            icon=lambda one: "check" if one.active else "x",
        ),
        Column(
            "last",
            mark("Last sign-in"),
            lambda one: moment_text(one.last_signin_at, zone) if one.last_signin_at else "",
            120,
        ),
    ]


class StaffPage(QWidget):
    """The list with its three verbs."""

    def __init__(self, desk: Desk) -> None:
        """Build list and buttons."""
        super().__init__()
        self._desk = desk
        context = desk.signin.context()
        self.table: ListTable[StaffRow] = ListTable(_columns(context.store.zone), self)
        self.view = RowTableView(self.table, desk.settings, "staff")
        self.view.opened.connect(lambda _id: self._edit())
        add = Button(gettext("New staff member"), "user-plus", "primary")
        add.clicked.connect(self._add)
        edit = Button(gettext("Change"), "pencil")
        edit.clicked.connect(self._edit)
        pin = Button(gettext("New PIN"), "key-round")
        pin.clicked.connect(self._pin)
        self.view.set_empty("users-round", gettext("Nobody is entered yet."))
        if not context.may(Right.STAFF):
            self.view.set_empty("lock", gettext("Only the owner or administrator sees who works here."))
            for button in (add, edit, pin):
                button.refuse(gettext("Only the owner or administrator manages staff."))
        layout = column(Text(gettext("Staff"), "title"), row(add, edit, pin, None), self.view, gap=3)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.reload()

    def reload(self) -> None:
        """Ask for the people again."""
        self._desk.jobs.read(self, _staff, self.table.set_rows, key="staff")

    def _add(self) -> None:
        StaffDialog(self, self._desk).open()

    def _chosen(self) -> StaffRow | None:
        chosen = set(self.view.selected_ids())
        return next((one for one in self.table.rows() if one.id in chosen), None)

    def _edit(self) -> None:
        person = self._chosen()
        if person is not None:
            StaffDialog(self, self._desk, person).open()

    def _pin(self) -> None:
        person = self._chosen()
        if person is not None:
            PinDialog(self, self._desk, person).open()

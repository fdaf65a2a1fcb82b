"""The store's repairers: a short list to add to and change."""

from typing import TYPE_CHECKING

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.queries import batches as rows
from crmdesk.queries.batches import VendorRow
from crmdesk.views.service.batch_dialogs import BatchDialog, VendorDialog
from crmdesk.views.service.room import Room
from crmdesk.views.support.columns import Column
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_WIDTH, _TABLE_HEIGHT = 720, 240
COLUMNS: tuple[Column[VendorRow], ...] = (
    Column("name", mark("Name"), lambda one: one.name, 150, sort_key="name", stretch=True),
    Column("contact", mark("Contact"), lambda one: one.contact, 90),
    Column("phone", mark("Phone"), lambda one: one.phone, 110),
    Column("work", mark("What they repair"), lambda one: one.work, 130),
    Column("active", mark("In use"), lambda one: gettext("yes") if one.active else gettext("no"), 64),
)


class VendorsDialog(BatchDialog):
    """Enter or the button changes the chosen one."""

    def __init__(self, room: Room) -> None:
        """Read the list."""
        super().__init__(room, gettext("Repairers"), gettext("Close"), width=_WIDTH)
        self.table = ListTable(COLUMNS, self)
        self.view = RowTableView(self.table, room.desk.settings, "service.batches.vendors", self)
        self.view.setMinimumHeight(_TABLE_HEIGHT)
        self.view.setAccessibleName(gettext("Repairers"))
        detail = gettext("Add the ones that the store sends goods to.")
        self.view.set_empty("hammer", gettext("No repairers yet"), detail, gettext("Add repairer"), self._add)
        self.view.opened.connect(lambda _key: self._edit())
        self.new = Button(gettext("&Add repairer"), "plus")
        self.new.clicked.connect(lambda _checked=False: self._add())
        self.change = Button(gettext("&Change"), "pencil")
        self.change.clicked.connect(lambda _checked=False: self._edit())
        self.add_part(row(self.new, self.change, None))
        self.add_part(self.view)
        self._read()

    def _read(self) -> None:
        self.room.desk.jobs.read(self, _vendors, self._came, key="vendors")

    def _came(self, found: list[VendorRow]) -> None:
        self.table.set_rows(found)
        self.view.select_first()

    def _add(self) -> None:
        VendorDialog(self.room, None, self._read).open()

    def _edit(self) -> None:
        index = self.view.currentIndex()
        chosen = self.table.row_at(index.row()) if index.isValid() else None
        if chosen is not None:
            VendorDialog(self.room, chosen, self._read).open()

    @override
    def send(self) -> None:
        self.accept()


def open_vendors(room: Room) -> None:
    """Open the list."""
    VendorsDialog(room).open()


def _vendors(session: "Session", context: Context) -> list[VendorRow]:
    return rows.vendors(session, context)

"""The register of shelves: added singly or as a run, with room, taken out of use."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.queries import shelves as shown
from crmdesk.queries.shelves import ShelfRow
from crmdesk.services import shelves
from crmdesk.services.shelves import ShelfFacts
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField, NumberField, TickField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_CODE, _NAME, _MOST = 30, 120, 999


def _columns() -> list[Column[ShelfRow]]:
    return [
        Column("code", mark("Shelf"), lambda one: one.code, 100, sort_key="code", whole=True),
        Column("name", mark("Where it is"), lambda one: one.name, 180, stretch=True),
        Column(
            "room",
            mark("Room for"),
            lambda one: str(one.room) if one.room is not None else gettext("any number"),
            110,
            ColumnKind.NUMBER,
        ),
        Column("used", mark("Lying there"), lambda one: str(one.used), 100, ColumnKind.NUMBER),
        Column(
            "state",
            mark("State"),
            lambda one: gettext("in use") if one.active else gettext("not in use"),
            120,
            ColumnKind.STATUS,
            tone=lambda one: Tone.OK if one.active else Tone.NEUTRAL,
            icon=lambda one: "check" if one.active else "x",
        ),
    ]


class ShelfDialog(FormDialog):
    """A new shelf or a run of them, or one that is changed."""

    def __init__(self, parent: QWidget, desk: Desk, shelf: ShelfRow | None = None) -> None:
        """Begin with the shelf's facts."""
        title = gettext("Change shelf") if shelf else gettext("New shelves")
        text = "" if shelf else gettext("One code, or a run of them such as A1-A12.")
        super().__init__(parent, title, gettext("Save"), text)
        self._desk = desk
        self._shelf = shelf
        self._code = self.add("code", LineField(gettext("&Code"), required=True, max_length=_CODE, example="A1-A12"))
        self._name = self.add("name", LineField(gettext("&Where it is"), max_length=_NAME))
        self._room = self.add(
            "room", NumberField(gettext("&Room for"), hint=gettext("empty: any number"), least=1, most=_MOST)
        )
        self._active = self.add("active", TickField(gettext("&In use")))
        self._active.set_value(value=True)
        if shelf is not None:
            self._code.set_value(shelf.code)
            self._name.set_value(shelf.name)
            self._room.set_value(shelf.room)
            self._active.set_value(shelf.active)
        self.fields.mark_clean()

    @override
    def send(self) -> None:
        facts = ShelfFacts(self._code.typed(), self._name.typed(), self._room.value(), self._active.value())
        shelf = self._shelf

        def work(session: "Session", context: Context) -> Outcome[Any]:
            if shelf is None:
                return shelves.add(session, facts, context)
            return shelves.edit(session, shelf.id, shelf.version, facts, context)

        self._desk.jobs.write(self, work, lambda _value: self.accept(), self.refused)


class ShelvesPage(QWidget):
    """The list with its two verbs."""

    def __init__(self, desk: Desk) -> None:
        """Build list and buttons."""
        super().__init__()
        self._desk = desk
        self.table: ListTable[ShelfRow] = ListTable(_columns(), self)
        self.view = RowTableView(self.table, desk.settings, "settings.shelves", self)
        self.view.setAccessibleName(gettext("Shelves"))
        self.view.opened.connect(lambda _key: self._edit())
        self.new = Button(gettext("New shelves"), "plus", "primary")
        self.new.clicked.connect(partial(self._open, None))
        self.change = Button(gettext("Change"), "pencil")
        self.change.clicked.connect(lambda _checked=False: self._edit())
        detail = gettext("Give each place a code; a whole row at once as A1-A12.")
        self.view.set_empty("warehouse", gettext("No shelves yet"), detail)
        context = desk.signin.context()
        if not context.may(Right.SETTINGS) and not context.may(Right.OVERRIDE):
            for button in (self.new, self.change):
                button.refuse(gettext("Only a manager or the owner arranges shelves."))
        layout = column(Text(gettext("Shelves"), "title"), row(self.new, self.change, None), self.view, gap=3)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.reload()

    def reload(self) -> None:
        """Ask for the shelves again."""
        self._desk.jobs.read(self, _read, self.table.set_rows, key="shelves")

    def _edit(self) -> None:
        key = self.view.current_id()
        chosen = next((one for one in self.table.rows() if one.id == key), None)
        if chosen is not None and self.change.isEnabled():
            self._open(chosen)

    def _open(self, shelf: ShelfRow | None, _checked: object = None) -> None:
        ShelfDialog(self, self._desk, shelf).open()


def _read(session: "Session", context: Context) -> list[ShelfRow]:
    return shown.shelves(session, context)

"""The store's own fields of a member: which there are, in which order, who sees them."""

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.member_words import FieldKind
from crmdesk.core.own_fields import LONGEST_NAME, OwnFieldNameTakenError
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.queries.own_fields import OwnFieldRow, all_fields
from crmdesk.services import own_fields
from crmdesk.services.own_fields import AddOwnField, EditOwnField
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, TextField, TickField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.core.context import Context
    from crmdesk.core.outcome import Outcome
    from crmdesk.db.session import Session

_BORDER: Final = re.compile(r"[,，、;；\n]+")
_CHOICES_LENGTH: Final = 4000
_WAYS: Final = (("Alt+Up", -1), ("Alt+Down", 1))

COLUMNS: tuple[Column[OwnFieldRow], ...] = (
    # Marked as in the form where it must be filled in.
    Column("name", mark("Field"), lambda one: f"{one.name} *" if one.required else one.name, 140, stretch=True),
    Column("kind", mark("Kind"), lambda one: label(one.kind), 84),
    Column("seen", mark("Seen by"), lambda one: gettext("private") if one.private else gettext("everybody"), 96),
    Column("used", mark("Filled in"), lambda one: f"{one.used:,}" if one.used else "", 76, ColumnKind.NUMBER),
    Column(
        "state",
        mark("State"),
        lambda one: gettext("shown") if one.active else gettext("switched off"),
        116,
        ColumnKind.STATUS,
        tone=lambda one: Tone.OK if one.active else Tone.NEUTRAL,
        icon=lambda one: "check" if one.active else "eye-off",
    ),
)


class OwnFieldsPage(QWidget):
    """The fields with their verbs."""

    def __init__(self, desk: Desk) -> None:
        """Build; the fields come from the database."""
        super().__init__()
        self._desk = desk
        self._may = desk.signin.context().may(Right.SETTINGS)
        self._wanted: int | None = None
        self.table = ListTable(COLUMNS, self)
        self.view = RowTableView(self.table, desk.settings, "settings.own_fields")
        self.view.setAccessibleName(gettext("Own fields"))
        words = gettext("Fields such as height or anniversary that the form of a member shows.")
        self.view.set_empty("list-checks", gettext("No own fields yet"), words, gettext("New own field"), self.add)
        self.add_button = Button(gettext("&New field"), "plus", "primary")
        self.change_button = Button(gettext("&Change"), "pencil", hint="Enter")
        self.turn_button = Button(gettext("&Switch off"), "eye-off", hint=gettext("Space"))
        self.up_button = Button(gettext("&Up"), "chevron-up", hint="Alt+↑")
        self.down_button = Button(gettext("&Down"), "chevron-down", hint="Alt+↓")
        self._arrange()
        self.reload()

    def _arrange(self) -> None:
        buttons = (self.add_button, self.change_button, self.turn_button, self.up_button, self.down_button)
        acts = (self.add, self.change, self.turn, partial(self.move_by, -1), partial(self.move_by, 1))
        bar = QWidget()
        flow = FlowLayout(bar, gap=8)
        for button, act in zip(buttons, acts, strict=True):
            flow.addWidget(button)
            button.clicked.connect(lambda _checked=False, act=act: act())
            if not self._may:
                button.refuse(gettext("Only the owner changes these."))
        note = gettext("What is switched off is not shown any more; what members have in it stays.")
        layout = column(Text(gettext("Own fields"), "title"), Text(note, "soft", wrap=True), bar, self.view, gap=3)
        layout.setStretch(3, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.view.opened.connect(lambda _id: self.change())
        self.view.current_changed.connect(lambda _id: self._say_chosen())
        self._key("Space", self.turn)
        for keys, by in _WAYS:
            self._key(keys, partial(self.move_by, by))

    def _key(self, keys: str, act: Any) -> None:  # noqa: ANN401 - anything that is called
        action = QAction(self.view)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.view.addAction(action)

    def reload(self) -> None:
        """Show the fields as they are."""
        self._desk.jobs.read(self, all_fields, self._show, key="own_fields")

    def _show(self, found: tuple[OwnFieldRow, ...]) -> None:
        wanted = self._wanted or self.view.current_id()
        self._wanted = None
        self.table.set_rows(list(found))
        if wanted is None or not self.view.select_id(wanted):
            self.view.select_first()
        self._say_chosen()

    def chosen(self) -> OwnFieldRow | None:
        """Give the selected field."""
        wanted = self.view.current_id()
        return next((one for one in self.table.rows() if one.id == wanted), None)

    def _say_chosen(self) -> None:
        one = self.chosen()
        off = one is not None and not one.active
        words, name = (gettext("&Switch on"), "eye") if off else (gettext("&Switch off"), "eye-off")
        self.turn_button.set_text(words, gettext("Space"), name)
        if self._may:
            for button in (self.change_button, self.turn_button, self.up_button, self.down_button):
                button.setEnabled(one is not None)

    # -- what one can do ---------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new field."""
        if self._may:
            OwnFieldDialog(self, self._desk, None).open()

    def change(self) -> None:
        """Change the selected field."""
        one = self.chosen()
        if self._may and one is not None:
            OwnFieldDialog(self, self._desk, one).open()

    def turn(self) -> None:
        """Switch the selected field off or on."""
        one = self.chosen()
        if self._may and one is not None:
            work = partial(_turn, one.id, active=not one.active)
            self._desk.jobs.write(self, work, self.saved)

    def move_by(self, by: int) -> None:
        """Move the selected field."""
        one = self.chosen()
        if self._may and one is not None:
            self._desk.jobs.write(self, partial(_move, one.id, by=by), self.saved)

    def saved(self, field_id: int) -> None:
        """Show the fields again with this one selected."""
        self._wanted = field_id
        self.reload()


class OwnFieldDialog(FormDialog):
    """One field: name, kind, choices, who sees it, whether it must be filled in."""

    problem_fields = {OwnFieldNameTakenError: "name"}  # noqa: RUF012 - as the base declares it

    def __init__(self, page: OwnFieldsPage, desk: Desk, known: OwnFieldRow | None) -> None:
        """Show `known`, or ask for a new one."""
        used = known.used or 0 if known is not None else 0
        words = ngettext("{count} member has something in it.", "{count} members have something in it.", used)
        text = words.format(count=used) if used else ""
        title = gettext("Change the field") if known is not None else gettext("New own field")
        super().__init__(page, title, gettext("Save"), text)
        self._page = page
        self._desk = desk
        self._known = known
        self.name = self.add("name", LineField(gettext("&Name of the field"), required=True, max_length=LONGEST_NAME))
        kinds = [(label(one), one) for one in FieldKind]
        self.kind = ChoiceField[FieldKind](gettext("&Kind"), kinds, required=True)
        self.kind.set_value(known.kind if known is not None else FieldKind.TEXT)
        if known is None:
            self.add("kind", self.kind)
        hint = gettext("one a line, or divided by commas")
        self.choices = self.add("choices", TextField(gettext("C&hoices"), hint=hint, max_length=_CHOICES_LENGTH))
        self.private = self.add("private", TickField(gettext("&Private: seen with the private profile only")))
        self.required = self.add("required", TickField(gettext("&Must be filled in when a member is saved")))
        self.kind.changed.connect(self._say_kind)
        if known is not None:
            self.name.set_value(known.name)
            self.choices.set_value("\n".join(known.choices))
            self.private.set_value(known.private)
            self.required.set_value(known.required)
        self._say_kind()

    def _say_kind(self) -> None:
        self.choices.setVisible(self.kind.value() is FieldKind.CHOICE)

    @override
    def send(self) -> None:
        choices = tuple(_BORDER.split(self.choices.typed()))
        private, required = self.private.value(), self.required.value()
        work: Any
        if self._known is None:
            kind = self.kind.value() or FieldKind.TEXT
            work = partial(_add, AddOwnField(self.name.typed(), kind, choices, private, required))
        else:
            request = EditOwnField(self._known.id, self._known.version, self.name.typed(), choices, private, required)
            work = partial(_edit, request)
        self._desk.jobs.write(self, work, self._saved, self.refused)

    def _saved(self, field_id: int) -> None:
        self.accept()
        self._page.saved(field_id)


def _add(request: AddOwnField, session: "Session", context: "Context") -> "Outcome[int]":
    return own_fields.add_field(session, request, context)


def _edit(request: EditOwnField, session: "Session", context: "Context") -> "Outcome[int]":
    return own_fields.edit_field(session, request, context)


def _turn(field_id: int, session: "Session", context: "Context", *, active: bool) -> "Outcome[int]":
    return own_fields.turn_field(session, field_id, context, active=active)


def _move(field_id: int, session: "Session", context: "Context", *, by: int) -> "Outcome[int]":
    return own_fields.move_field(session, field_id, context, by=by)

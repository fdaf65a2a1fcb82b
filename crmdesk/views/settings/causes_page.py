"""Root causes of complaints: categories and the causes below them, how often each was found."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.cause_tree import Cause
from crmdesk.core.complaint_errors import CauseNameTakenError
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.tickets import RootCause
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.queries.root_causes import CauseTree, cause_tree
from crmdesk.services import root_causes
from crmdesk.services.root_causes import AddCause, EditCause, MoveCause, NameCategory
from crmdesk.views.support import errors
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text

_NAME_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One line of the tree: a category, or a cause below it."""

    id: int
    category: RootCause
    cause: Cause | None
    name: str
    used: int

    @property
    def active(self) -> bool:
        """Tell whether it is offered."""
        return self.cause is None or self.cause.active


def lines(tree: CauseTree) -> list[CauseLine]:
    """Give the tree as lines, every category above its causes."""
    found: list[CauseLine] = []
    for category in RootCause:
        name = tree.book.category_name(category)
        found.append(CauseLine(len(found) + 1, category, None, name, tree.of_category(category)))
        for cause in tree.book.below(category, retired=True):
            found.append(CauseLine(len(found) + 1, category, cause, cause.name(), tree.used(cause)))
    return found


def _whose(line: CauseLine) -> str:
    if line.cause is None:
        return gettext("cause category")
    return gettext("as shipped") if line.cause.shipped else gettext("own")


def _state(line: CauseLine) -> str:
    if line.cause is None:
        return ""
    return gettext("offered") if line.active else gettext("retired")


COLUMNS: tuple[Column[CauseLine], ...] = (
    Column(
        "name", mark("Root cause"), lambda one: one.name if one.cause is None else f"　　{one.name}", 260, stretch=True
    ),
    Column("used", mark("Complaints"), lambda one: str(one.used or ""), 90, ColumnKind.NUMBER),
    Column("whose", mark("Kind"), _whose, 110),
    Column(
        "state",
        mark("State"),
        _state,
        90,
        ColumnKind.STATUS,
        tone=lambda one: Tone.OK if one.active else Tone.NEUTRAL,
        icon=lambda one: "check" if one.active else "ban",
    ),
)


class CausesPage(QWidget):
    """The tree with its verbs."""

    def __init__(self, desk: Desk) -> None:
        """Build; the tree comes from the database."""
        super().__init__()
        self._desk = desk
        self._may = desk.signin.context().may(Right.SETTINGS)
        self.table = ListTable(COLUMNS, self)
        self.view = RowTableView(self.table, desk.settings, "settings.causes")
        self.view.setAccessibleName(gettext("Root causes"))
        self.add_button = Button(gettext("&New cause"), "plus", "primary")
        self.change_button = Button(gettext("&Change"), "pencil", hint="Enter")
        self.retire_button = Button(gettext("&Retire"), "ban", hint=gettext("Space"))
        self.up_button = IconButton("chevron-up", gettext("Up (Alt+↑)"))
        self.down_button = IconButton("chevron-down", gettext("Down (Alt+↓)"))
        note = gettext("The investigation of a complaint chooses from here. A cause that was used is never deleted.")
        buttons = (self.add_button, self.change_button, self.retire_button)
        verbs = row(*buttons, self.up_button, self.down_button, None)
        parts = (Text(gettext("Root causes"), "title"), Text(note, "soft", wrap=True), verbs, self.view)
        layout = column(*parts, gap=3)
        layout.setStretch(layout.indexOf(self.view), 1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        for button, act in zip(buttons, (self.add, self.change, self.turn), strict=True):
            button.clicked.connect(lambda _checked=False, act=act: act())
            if not self._may:
                button.refuse(gettext("Only the owner changes these."))
        self.view.opened.connect(lambda _id: self.change())
        self.view.current_changed.connect(lambda _id: self._say_chosen())
        self._wanted = ""  # the code of a cause that was put in another place
        for button, step in ((self.up_button, -1), (self.down_button, 1)):
            button.clicked.connect(lambda _checked=False, step=step: self.move_cause(step))
            button.setEnabled(self._may)
        self._add_keys()
        self.reload()

    def _add_keys(self) -> None:
        for keys, act in (
            ("Space", self.turn),
            ("Alt+Up", partial(self.move_cause, -1)),
            ("Alt+Down", partial(self.move_cause, 1)),
        ):
            action = QAction(self.view)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked=False, act=act: act())
            self.view.addAction(action)

    def reload(self) -> None:
        """Show the tree as it is."""
        self._desk.jobs.read(self, cause_tree, self._show, key="causes")

    def _show(self, tree: CauseTree) -> None:
        shown = lines(tree)
        self.table.set_rows(shown)
        moved = next((one.id for one in shown if one.cause is not None and one.cause.code == self._wanted), None)
        self._wanted = ""
        if moved is not None:
            self.view.select_id(moved)
        self.view.select_first()
        self._say_chosen()

    def chosen(self) -> CauseLine | None:
        """Give the selected line."""
        wanted = self.view.current_id()
        return next((one for one in self.table.rows() if one.id == wanted), None)

    def _say_chosen(self) -> None:
        line = self.chosen()
        back = line is not None and not line.active
        self.retire_button.set_text(gettext("&Bring back") if back else gettext("&Retire"), gettext("Space"))
        if not self._may:
            return
        if line is None or line.cause is None:
            self.retire_button.refuse(gettext("Categories stay; they can be renamed."))
        else:
            self.retire_button.allow()

    def add(self) -> None:
        """Add a cause below the chosen category."""
        line = self.chosen()
        if self._may:
            CauseDialog(self, self._desk, line.category if line is not None else None).open()

    def change(self) -> None:
        """Rename or move the chosen line."""
        line = self.chosen()
        if self._may and line is not None:
            CauseDialog(self, self._desk, line.category, line).open()

    def turn(self) -> None:
        """Retire the chosen cause, or bring it back."""
        line = self.chosen()
        if self._may and line is not None and line.cause is not None:
            verb = root_causes.retire if line.active else root_causes.restore
            said = gettext("Cause retired") if line.active else gettext("Cause brought back")
            code = line.cause.code
            self._desk.jobs.write(
                self,
                lambda session, context: verb(session, code, context),
                lambda _code: self.saved(said),
                self._failed,
            )

    def move_cause(self, step: int) -> None:
        """Put the chosen cause a place higher (-1) or lower (1) in its category."""
        line = self.chosen()
        if not self._may or line is None or line.cause is None:
            return
        below = (one.cause for one in self.table.rows() if one.category is line.category)
        request = MoveCause(line.cause.code, step, tuple(one.code for one in below if one is not None))
        self._desk.jobs.write(
            self, lambda session, context: root_causes.move_cause(session, request, context), self._moved, self._failed
        )

    def _moved(self, code: str) -> None:
        self._wanted = code
        self.reload()

    def _failed(self, error: Exception) -> None:
        errors.show(self, error)
        self.reload()

    def saved(self, said: str) -> None:
        """Say what was done and show it."""
        self._desk.toasts.show(said)
        self.reload()


class CauseDialog(FormDialog):
    """Name and category of a cause; of a category the name alone."""

    problem_fields: ClassVar = {CauseNameTakenError: "name"}

    def __init__(self, page: CausesPage, desk: Desk, category: RootCause | None, line: CauseLine | None = None) -> None:
        """Begin with what is known of ``line``, or with a new cause below ``category``."""
        title = gettext("New cause") if line is None else gettext("Change “{name}”").format(name=line.name)
        text = gettext("Complaints keep what was found then.") if line is not None and line.cause is not None else ""
        super().__init__(page, title, gettext("Save"), text)
        self._page, self._desk, self._line = page, desk, line
        shipped = line is not None and (line.cause is None or line.cause.shipped)
        hint = gettext("empty: as shipped") if shipped else ""
        self.name = self.add(
            "name", LineField(gettext("&Name"), required=not shipped, hint=hint, max_length=_NAME_LENGTH)
        )
        self.category: ChoiceField[RootCause] | None = None
        if line is None or line.cause is not None:
            kinds = [(label(one), one) for one in RootCause]
            self.category = self.add("category", ChoiceField(gettext("&Below"), kinds, required=True))
            self.category.set_value(category or RootCause.PRODUCT)
        self.name.set_value(line.name if line is not None else "")

    @override
    def send(self) -> None:
        """Write what was typed."""
        name, line = self.name.typed(), self._line
        category = (self.category.value() if self.category is not None else None) or RootCause.OTHER
        work: Any
        if line is None:
            work = partial(_add, AddCause(category, name))
        elif line.cause is None:
            work = partial(_name, NameCategory(line.category, name))
        else:
            work = partial(_edit, EditCause(line.cause.code, name, category))
        self._desk.jobs.write(self, work, self._saved, self.refused)

    def _saved(self, _value: str) -> None:
        self.accept()
        self._page.saved(gettext("Root causes saved"))


def _add(request: AddCause, session: Session, context: Context) -> Outcome[str]:
    return root_causes.add_cause(session, request, context)


def _edit(request: EditCause, session: Session, context: Context) -> Outcome[str]:
    return root_causes.edit_cause(session, request, context)


def _name(request: NameCategory, session: Session, context: Context) -> Outcome[str]:
    return root_causes.name_category(session, request, context)

"""What is kept too long: a list to choose from; nothing goes by itself."""

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.keeping_periods import OVERDUE_WORDS, PEOPLE, Overdue
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.queries.retention import OverdueRow, overdue
from crmdesk.services.erasure import EraseMember, erase
from crmdesk.services.retention import Removed, RemoveOverdue, remove_files, remove_overdue
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.long_write import LongWrite, Step
from crmdesk.views.support.screen import Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.toolbar import Toolbar

PAGE = "members.retention"

COLUMNS: tuple[Column[OverdueRow], ...] = (
    Column("kind", mark("What is kept"), lambda one: gettext(OVERDUE_WORDS[one.kind]), 200),
    Column("number", mark("Number"), lambda one: one.number, 150),
    Column("name", mark("Name"), lambda one: one.name, 160, stretch=True),
    Column("since", mark("Since"), lambda one: f"{one.since}", 110),
    Column("count", mark("Rows"), lambda one: f"{one.count:,}", 80, ColumnKind.NUMBER),
)


class RetentionScreen(Screen):
    """The oldest of each kind first; select, then one verb."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.MEMBERS, Topic.TICKETS, Topic.SETTINGS})
    help_page: ClassVar[str] = "member"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build; the list comes from the database."""
        super().__init__(desk, parent)
        self.table = ListTable(COLUMNS, self)
        self.view = RowTableView(self.table, desk.settings, "retention", self)
        self.view.setAccessibleName(gettext("Kept too long"))
        words = gettext("The settings say how long each kind is kept.")
        self.view.set_empty("shield-check", gettext("Nothing is kept too long"), words)
        self.view.opened.connect(self._open)
        self.remove = Button(gettext("&Erase or remove the selected…"), "user-x", "danger")
        self.remove.clicked.connect(self.ask)
        if not desk.signin.context().may(Right.ERASE):
            self.remove.refuse(gettext("Your role does not erase people."))
        hint = gettext("Nothing goes by itself; choose what is to go.")
        layout = page(SectionHeader(gettext("Kept too long"), hint), Toolbar(self.remove), self.view)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    @override
    def title(self) -> str:
        return gettext("Kept too long")

    @override
    def reload(self) -> None:
        if self.desk.signin.context().may(Right.ERASE):
            self.desk.jobs.read(self, overdue, self.table.set_rows, key="overdue")

    def chosen(self) -> list[OverdueRow]:
        """Give the selected rows."""
        keys = set(self.view.selected_ids())
        return [one for one in self.table.rows() if one.id in keys]

    def ask(self) -> None:
        """Say what would go, and let it go on a second word only."""
        rows = self.chosen()
        if not rows:
            self.desk.toasts.show(gettext("Select lines of the list first."))
            return
        people = sum(one.kind in PEOPLE for one in rows)
        parts = [
            ngettext("{count} person is erased for good.", "{count} people are erased for good.", people).format(
                count=people
            )
            if people
            else "",
            gettext("Photos, strokes of signatures and notes of looks are removed; tickets keep their facts.")
            if people < len(rows)
            else "",
            gettext("This cannot be undone."),
        ]
        verb = Verb(gettext("Erase or remove"), lambda: self._go(rows), Kind.DANGER)
        ask(self, gettext("Let these go?"), "\n".join(part for part in parts if part), [verb])

    def _go(self, rows: list[OverdueRow]) -> None:
        self.desk.jobs.write_long(self, _steps(rows), self._gone, total=len(rows))

    def _gone(self, done: LongWrite) -> None:
        files = [name for value in done.values if isinstance(value, Removed) for name in value.files]
        if files:
            self.desk.jobs.write(
                self, lambda session, context: remove_files(session, files, context), lambda _count: None
            )
        words = ngettext("{count} line done", "{count} lines done", len(done.values))
        self.desk.toasts.show(words.format(count=len(done.values)))
        self.reload()

    def _open(self, key: object) -> None:
        row = next((one for one in self.table.rows() if one.id == key), None)
        if row is not None and row.key:
            kind = EntityKind.MEMBER if row.kind in PEOPLE else EntityKind.TICKET
            self.desk.navigator.open(EntityRef(kind, row.key))


def _steps(rows: list[OverdueRow]) -> Iterator[Step]:
    for row in rows:
        yield _erase(row) if row.kind in PEOPLE else _remove(row)


def _erase(row: OverdueRow) -> Step:
    how = gettext("end of the storage period")
    return lambda session, context: erase(session, EraseMember(row.key, row.version, how), context)


def _remove(row: OverdueRow) -> Step:
    wanted = RemoveOverdue(row.kind, () if row.kind is Overdue.LOOKS else (row.key,))
    return lambda session, context: remove_overdue(session, wanted, context)

"""The log of looks: who saw or took what of whom; by person, member, kind and day."""

from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.member_words import Look
from crmdesk.core.order import Order
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.db.session import Session
from crmdesk.queries import looks
from crmdesk.queries.looks import LookFilter, LookRow
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning, moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.list_export import export_list
from crmdesk.views.support.look_words import place_words
from crmdesk.views.support.row_source import RowSource
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader

PAGE = "looks"


def look_columns(zone: str) -> list[Column[LookRow]]:
    """Give the columns; moments are shown in ``zone``."""
    return [
        Column(
            "at",
            mark("When"),
            lambda one: moment_text(one.at, zone),
            120,
            ColumnKind.MOMENT,
            sort_key="at",
            value=lambda one: one.at,
        ),
        Column("who", mark("Who"), lambda one: one.staff_name, 100),
        Column("look", mark("What"), lambda one: label(one.look), 170),
        Column("name", mark("Member"), lambda one: one.member_name, 130, stretch=True),
        Column("number", mark("Member number"), lambda one: one.member_number, 130),
        Column("where", mark("Seen at"), lambda one: place_words(one.where), 140),
        Column("desk", mark("Computer"), lambda one: one.desk, 110),
    ]


class LooksScreen(Screen):
    """The newest look first; Enter opens the member."""

    help_page: ClassVar[str] = "settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build filters and list; for who may not see them, the reason."""
        super().__init__(desk, parent)
        context = desk.signin.context()
        self._may = looks.may_see_looks(context)
        self.person: ChoiceField[int] = ChoiceField(gettext("&Who"), empty=gettext("all the staff"))
        self.member = LineField(gettext("&Member"), max_length=40)
        self.look = ChoiceField[Look](
            gettext("W&hat"), [(label(one), one) for one in Look], empty=gettext("everything")
        )
        self.day = DayField(gettext("&Day"), context.today, leaning=Leaning.PAST)
        self.table = RowTable(look_columns(context.store.zone), desk.jobs, self)
        self.view = RowTableView(self.table, desk.settings, "looks", self)
        self.export = Button(gettext("Export Excel"), "table")
        self._shown: LookFilter | None = None
        if self._may:
            self._arrange()
        else:
            for part in (self.person, self.member, self.look, self.day, self.view, self.export):
                part.setParent(self)
                part.hide()
            words = gettext("A manager or the owner sees who looked at members.")
            self.setLayout(page(EmptyState("lock", gettext("Your role does not see this list"), words)))

    def _arrange(self) -> None:
        self.member.line.setPlaceholderText(gettext("number or part of the name"))
        for field in (self.person, self.member, self.look, self.day):
            field.changed.connect(self._show_list)
        self.view.setAccessibleName(gettext("Who looked at whom"))
        self.view.opened.connect(self._open)
        self.export.clicked.connect(self.export_list)
        head = SectionHeader(
            gettext("Who looked at whom"), gettext("every page, number and list that was seen or taken")
        )
        filters = QWidget()
        filters.setLayout(FieldsLayout((self.person, 2), (self.member, 3), (self.look, 3), (self.day, 2), gap=3))
        head.add(self.export)
        layout = page(head, filters, self.view)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.member)

    # -- the list ----------------------------------------------------------------------------

    def show_member(self, number: str) -> None:
        """Show the looks at one member."""
        if self._may:
            self.person.set_value(None)
            self.look.set_value(None)
            self.day.set_value(None)
            self.member.set_value(number)
            self._show_list()

    def _show_staff(self, found: list[tuple[int, str]]) -> None:
        self.person.set_choices([(name, key) for key, name in found])

    def _filter(self) -> LookFilter:
        return LookFilter(
            staff_id=self.person.value(),
            member=self.member.typed().strip(),
            look=self.look.value(),
            day=self.day.value(),
        )

    def _show_list(self) -> None:
        wanted = self._filter()
        if wanted == self._shown:
            return
        self._shown = wanted
        if wanted == LookFilter():
            self.view.set_empty("eye", gettext("Nobody looked yet"), gettext("Looks appear here by themselves."))
        else:
            self.view.set_empty("eye", gettext("No such look"), gettext("Choose another person, member, kind or day."))
        self.table.set_source(_source(wanted))

    def _open(self, key: object) -> None:
        row = self.table.row_at(self.view.currentIndex().row())
        if row is not None and row.id == key:
            self.desk.navigator.open(EntityRef(EntityKind.MEMBER, row.member_id))

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Looks at members")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Ask again each time it is shown: looks come without anything else changing."""
        self.mark_stale()
        super().showEvent(event)

    @override
    def reload(self) -> None:
        if not self._may:
            return
        self.desk.jobs.read(self, looks.lookers, self._show_staff, key="lookers")
        if self._shown is None:
            self._show_list()
        else:
            self.table.refresh()

    @override
    def can_export(self) -> bool:
        return self._may

    @override
    def export_list(self) -> None:
        if self._may:
            export_list(self, self.desk, self.view, gettext("Looks at members"))

    @override
    def key_help(self) -> list[KeyHelp]:
        return [KeyHelp("Enter", gettext("Open the member")), KeyHelp("Ctrl+E", gettext("Write the list to Excel"))]


def _source(chosen: LookFilter) -> RowSource[LookRow]:
    def first(session: Session, context: Context, order: Order | None, limit: int) -> list[LookRow]:
        return looks.first(session, chosen, context, order, limit)

    return RowSource(
        first=first,
        ids=lambda session, context, order: looks.ids(session, chosen, context, order),
        rows=lambda session, context, wanted: looks.rows(session, wanted, context),
    )

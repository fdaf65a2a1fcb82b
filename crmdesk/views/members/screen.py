"""The member screen: views with counts, and the list."""

from typing import ClassVar

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.segments import Group
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries.member_mail import MOST_MAIL
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.member_rows import MemberFilter, MemberView
from crmdesk.views.members.card_papers import show_cards
from crmdesk.views.members.columns import member_columns
from crmdesk.views.members.lists_button import lists_button
from crmdesk.views.members.presenter import MemberPresenter
from crmdesk.views.members.segment_desk import KEYS, SegmentDesk
from crmdesk.views.members.segment_uses import SegmentUses, Whom
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.icons import icon
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.text import Text
from crmdesk.views.support.widgets.toolbar import Toolbar

NEW, IMPORT = "members.new", "members.import"
VIEWS: tuple[tuple[MemberView, str, Tone | None], ...] = (
    (MemberView.ALL, mark("All"), None),
    (MemberView.BIRTHDAY, mark("Birthday this month"), None),
    (MemberView.SILENT, mark("Long not seen"), Tone.WARN),
    (MemberView.KEY, mark("Key members"), None),
    (MemberView.WALK_IN, mark("Walk-ins"), None),
    (MemberView.DO_NOT_CONTACT, mark("No contact"), None),
)
_FILTER_LEAST, _FILTER_WIDTH = 120, 260
_MOST_CARDS = 500


class MembersScreen(Screen):
    """All members of the store."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.MEMBERS, Topic.PURCHASES, Topic.IMPORTS})
    help_page: ClassVar[str] = "members"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the list."""
        super().__init__(desk, parent)
        self._presenter = MemberPresenter(desk, self)
        self._first_time = True
        views = [Chip(view.value, gettext(words), tone=tone) for view, words, tone in VIEWS]
        self.chips = ChipBar(views)
        self.chips.chosen.connect(self._chip_chosen)
        self.segments = SegmentDesk(desk, self, self.chips, self._show_list)
        self.segments.set_views(views)
        self.filter = self._filter_box()
        self._counted = Text("", "muted")
        self.table = RowTable(member_columns(self._presenter.today), desk.jobs, self)
        self.table.counted.connect(self._say_count)
        self.table.loaded.connect(self._after_load)
        self.view = self._list_view(desk)
        self._uses = SegmentUses(desk, self, self._whom, self.export_list)
        self.segments.panel.uses_asked.connect(self._uses.open_menu)
        self._arrange()
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._focus_filter)
        QShortcut(QKeySequence(KEYS), self).activated.connect(self.segments.toggle)

    def _filter_box(self) -> QLineEdit:
        box = QLineEdit()
        box.setPlaceholderText(gettext("Filter: name, pinyin, phone, number"))
        box.setAccessibleName(gettext("Filter this list"))
        box.setClearButtonEnabled(True)
        box.setMinimumWidth(_FILTER_LEAST)
        box.setMaximumWidth(_FILTER_WIDTH)
        box.textChanged.connect(lambda _text: self._show_list())
        box.returnPressed.connect(self._open_current)
        return box

    def _list_view(self, desk: Desk) -> RowTableView:
        view = RowTableView(self.table, desk.settings, "members", self)
        keep_looks(self, desk, view, lambda one: (one.id,))
        view.setAccessibleName(gettext("Members"))
        view.opened.connect(self._open)
        view.typed.connect(self._type_into_filter)
        view.set_actions(self._row_actions)
        view.selection_changed.connect(self.actions_changed)
        return view

    def _arrange(self) -> None:
        new = Button(gettext("New member"), "user-plus", hint="Ctrl+N")
        new.clicked.connect(self.start_new)
        export = Button(gettext("Export Excel"), "table")
        export.clicked.connect(self.export_list)
        context = self._presenter.context()
        if not context.may(Right.EXPORT):
            export.refuse(gettext("Only a manager or the owner exports lists."))
        if not context.may(Right.EDIT_MEMBERS):
            new.refuse(gettext("Your role does not change members."))
        buttons = [self._counted, lists_button(self.desk), new, export]
        if self._knows(IMPORT):
            fetch = Button(gettext("Import"), "upload")
            fetch.clicked.connect(lambda: self.desk.navigator.run(IMPORT))
            buttons.insert(2, fetch)
        bar = row(self.filter, None, *buttons)
        bar.setStretch(0, 1)
        views = Toolbar(self.chips, right=(self.segments.more, self.segments.button))
        views.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # chips break into lines
        layout = page(views, bar, self.segments.panel, self.view)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def _knows(self, command: str) -> bool:
        return any(one.name == command for one in self.desk.navigator.commands())

    # -- the list ----------------------------------------------------------------------------

    def chosen_filter(self) -> MemberFilter:
        """Give what is shown."""
        return MemberFilter(self._shown_view(), self.filter.text().strip(), self.segments.wanted)

    def _shown_view(self) -> MemberView:
        known = {view.value for view in MemberView}  # other chips are segments of everybody
        return MemberView(self.chips.current) if self.chips.current in known else MemberView.ALL

    def show_wanted(self, group: Group) -> None:
        """Show whom conditions hold, as when a chart leads here."""
        self.show_view(MemberView.ALL)
        self.segments.show_wanted(group)

    def _chip_chosen(self, name: str) -> None:
        if not self.segments.chip_chosen(name):
            self._show_list()

    def show_view(self, view: MemberView) -> None:
        """Show one of the views, as when the today board leads here."""
        self.filter.clear()
        self.chips.choose(view.value)

    def _show_list(self) -> None:
        chosen = self.chosen_filter()
        self.table.set_source(self._presenter.members(chosen))
        self._say_empty(chosen)

    def _say_empty(self, chosen: MemberFilter) -> None:
        if not sees_people(self._presenter.context()):
            words = gettext("Your role has no business with customers.")
            self.view.set_empty("lock", gettext("Members are not shown"), words)
        elif chosen.view is MemberView.ALL and not chosen.text and not chosen.wanted.parts:
            self.view.set_empty(
                "users",
                gettext("No members yet"),
                gettext("Everybody whom the store serves has a file here; bring in your list from Excel, or begin."),
                gettext("New member"),
                self.start_new,
            )
        elif self.segments.trouble is not None:
            said = errors.explain(self.segments.trouble)
            self.view.set_empty("circle-alert", said.title if said else "", said.what_to_do if said else "")
        elif chosen.wanted.parts:
            words = gettext("Change the conditions, or take some away.")
            self.view.set_empty("filter", gettext("No member meets these conditions"), words)
        elif chosen.text:
            words = gettext("Part of a name, pinyin, the end of a phone or a number finds a member.")
            self.view.set_empty("search", gettext("Nobody found"), words)
        else:
            self.view.set_empty("users", gettext("Nobody here"), gettext("No member fits this view."))

    def _after_load(self) -> None:
        self.view.select_first()

    def _say_count(self, count: int) -> None:
        self._counted.setText(ngettext("{count:,} member", "{count:,} members", count).format(count=count))
        self.segments.panel.say_count(count)

    def _show_counts(self, counts: dict[MemberView, int]) -> None:
        self.chips.set_counts({view.value: count for view, count in counts.items()})

    def _type_into_filter(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.insert(text)

    def _focus_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    # -- what one can do ---------------------------------------------------------------------

    def _open(self, member_id: object) -> None:
        if isinstance(member_id, int):
            self.desk.navigator.open(EntityRef(EntityKind.MEMBER, member_id))

    def _open_current(self) -> None:
        key = self.view.current_id()
        self._open(key if key is not None else self.table.id_at(0))

    def _row_actions(self) -> list[QAction]:
        count = self.view.selected_count()
        opens = QAction(icon("user-round"), gettext("Open"), self.view)
        opens.triggered.connect(self._open_current)
        words = ngettext("Print the card on A4", "Print {count} cards on A4", count).format(count=count)
        prints = QAction(icon("printer"), words, self.view)
        prints.triggered.connect(self.print_paper)
        prints.setEnabled(self._presenter.context().may(Right.SERVE))
        return [opens, prints, *self._uses.actions()]

    def _whom(self) -> Whom:
        several = self.view.selected_count() > 1
        chosen = tuple(self.view.selected_ids(MOST_MAIL + 1)) if several else ()
        count = self.view.selected_count() if several else self.table.rowCount()
        return Whom(self.chosen_filter(), self.table.order(), chosen, self.segments.segment, count)

    def _print_cards(self, member_ids: list[int], card_ids: list[int]) -> None:
        missing = len(member_ids) - len(card_ids)
        if not missing:
            show_cards(self.desk, self, card_ids, PaperFormat.A4)
            return
        title = ngettext("{count} member has no card.", "{count} members have no card.", missing).format(count=missing)
        verbs = [Verb(gettext("Issue and print"), lambda: self._issue_and_print(member_ids), Kind.PRIMARY)]
        if card_ids:
            verbs.append(
                Verb(gettext("Print the others"), lambda: show_cards(self.desk, self, card_ids, PaperFormat.A4))
            )
        ask(self, title, gettext("Every card gets a number of its own."), [*verbs, Verb(gettext("Cancel"))])

    def _issue_and_print(self, member_ids: list[int]) -> None:
        def issued(_count: int) -> None:
            self._presenter.read_cards_in_use(
                member_ids, lambda card_ids: show_cards(self.desk, self, card_ids, PaperFormat.A4)
            )

        self._presenter.issue_to_all(member_ids, issued)

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Members")

    @override
    def reload(self) -> None:
        self._presenter.read_counts(self._show_counts)
        self.segments.reload(self.chips.set_counts)
        if self._first_time:
            self._first_time = False
            self._show_list()
            self.view.setFocus()
        else:
            self.table.refresh()

    @override
    def start_new(self) -> None:
        self.desk.navigator.run(NEW)

    @override
    def can_print(self) -> bool:
        return self.view.selected_count() > 0

    @override
    def print_paper(self) -> None:
        chosen = self.view.selected_ids(_MOST_CARDS)
        if chosen:
            self._presenter.read_cards_in_use(chosen, lambda card_ids: self._print_cards(chosen, card_ids))

    @override
    def can_export(self) -> bool:
        return True  # whoever may not is told so

    @override
    def export_list(self) -> None:
        words = next(words for view, words, _tone in VIEWS if view is self._shown_view())
        parts = (self.segments.segment or gettext(words), self.segments.words(), self.filter.text().strip())
        filters = " · ".join(part for part in parts if part)
        export_list(self, self.desk, self.view, gettext("Members"), filters)

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Enter", gettext("Open the member")),
            KeyHelp("Ctrl+N", gettext("New member")),
            KeyHelp("Ctrl+F", gettext("Filter this list")),
            KeyHelp(KEYS, gettext("Conditions")),
            KeyHelp("Ctrl+P", gettext("Print the cards of the chosen members")),
        ]

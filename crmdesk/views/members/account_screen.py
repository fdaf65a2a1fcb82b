"""A member's account: every movement with its running balance, what ends when, the level and its changes."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.queries import member_ledger
from crmdesk.queries.level_case import LevelCase, level_case
from crmdesk.queries.member_ledger import LedgerFilter, LedgerRow, LedgerStanding
from crmdesk.services.ledger_corrections import FIXED
from crmdesk.views.members.account_papers import print_receipt
from crmdesk.views.members.account_side import AccountSide
from crmdesk.views.members.account_steps import ICONS, AccountAct, AccountSteps, act_words, refusal
from crmdesk.views.members.account_words import ledger_columns
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField
from crmdesk.views.support.icons import icon
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader

if TYPE_CHECKING:
    from crmdesk.db.session import Session

PAGE = "member.account"
_ALL = "all"
_KINDS = (
    (_ALL, mark("All"), tuple(LedgerKind)),
    ("points", mark("Points"), (LedgerKind.POINTS,)),
    ("stored", mark("Stored value"), (LedgerKind.PRINCIPAL, LedgerKind.BONUS)),
)
_SHARES = (68, 32)
Found = tuple[LedgerStanding, LevelCase, list[LedgerRow]]


class AccountScreen(Screen):
    """The account of one member; `open_ref` takes the member."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.MEMBERS, Topic.PURCHASES, Topic.CARDS})
    help_page: ClassVar[str] = "member"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the empty page."""
        super().__init__(desk, parent)
        self._steps = AccountSteps(self, desk)
        self._member_id: int | None = None
        self._found: Found | None = None
        self.head = SectionHeader(gettext("Points and stored value"))
        back = Button(gettext("To the member"), "arrow-left", "link")
        back.clicked.connect(self._open_member)
        self.head.add(back)
        self.chips = ChipBar([Chip(name, gettext(words)) for name, words, _kinds in _KINDS])
        self.chips.chosen.connect(lambda _name: self.reload())
        reasons = [(label(reason), reason) for reason in LedgerReason]
        self.reason = ChoiceField[LedgerReason](gettext("What for"), reasons, empty=gettext("everything"))
        self.reason.changed.connect(self.reload)
        self.table = ListTable(ledger_columns(desk.signin.context), self)
        self.view = RowTableView(self.table, desk.settings, "member.account", self)
        keep_looks(self, desk, self.view, lambda _one: (self._member_id,))
        self.view.setAccessibleName(gettext("Movements"))
        self.view.set_empty(
            "coins",
            gettext("Nothing has moved yet"),
            gettext("Points come with purchases, stored value with a top-up."),
        )
        self.view.opened.connect(lambda _key: self.open_line())
        self.view.set_actions(self._line_actions)
        self.side = AccountSide()
        self.side.level_wanted.connect(self._set_level)
        self.side.release_wanted.connect(self._release)
        self.side.card_wanted.connect(lambda: self.desk.navigator.go("cards"))
        self._arrange()

    def _arrange(self) -> None:
        self.buttons = {act: Button(act_words(act), ICONS[act]) for act in AccountAct}
        for act, button in self.buttons.items():
            button.clicked.connect(partial(self.run, act))
        self.export = Button(gettext("Export Excel"), "table")
        self.export.clicked.connect(self.export_list)
        if not self.desk.signin.context().may(Right.EXPORT):
            self.export.refuse(gettext("Only a manager or the owner exports lists."))
        left = QWidget()
        kinds = row(self.chips, None, self.reason)
        kinds.setAlignment(self.chips, Qt.AlignmentFlag.AlignBottom)
        left.setLayout(column(kinds, self.view, gap=2))
        layout = page(
            self.head, row(*self.buttons.values(), None, self.export), Columns(left, self.side, shares=_SHARES)
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)

    # -- what is shown -----------------------------------------------------------------------

    @override
    def reload(self) -> None:
        member_id = self._member_id
        if member_id is None:
            return
        kinds = next((kinds for name, _words, kinds in _KINDS if name == self.chips.current), tuple(LedgerKind))
        reason = self.reason.value()
        wanted = LedgerFilter(member_id, kinds, (reason,) if reason is not None else ())

        def work(session: "Session", context: Context) -> Found:
            return (
                member_ledger.standing(session, member_id, context),
                level_case(session, member_id, context),
                member_ledger.lines(session, wanted, context),
            )

        self.desk.jobs.read(self, work, self._show, key="account")

    def _show(self, found: Found) -> None:
        self._found = found
        now, case, lines = found
        context = self.desk.signin.context()
        self.head.set(gettext("Points and stored value"), case.name)
        self.table.set_rows(lines)
        self.side.show_account(now, case, context)
        for act, button in self.buttons.items():
            reason = refusal(act, now, context)
            if reason:
                button.refuse(reason)
            else:
                button.allow()
        self.title_changed.emit(self.title())

    # -- what one can do ---------------------------------------------------------------------

    def run(self, act: AccountAct, _checked: object = None) -> None:
        """Begin a step."""
        if self._found is not None and self._member_id is not None:
            self._steps.run(act, (self._member_id, self._found[1].name))

    def open_line(self) -> None:
        """Open what the chosen line belongs to: its ticket, or its receipt on paper."""
        line = self._line()
        if line is None or self._member_id is None:
            return
        if line.ref is not None and self.desk.navigator.can_open(line.ref.kind):
            self.desk.navigator.open(line.ref)
        elif line.reason in (LedgerReason.TOP_UP, LedgerReason.REFUND):
            print_receipt(self.desk, self, self._member_id, line.paper_number)
        elif line.receipt:
            self._open_member()

    def _line(self) -> LedgerRow | None:
        index = self.view.currentIndex()
        return self.table.row_at(index.row()) if index.isValid() else None

    def _line_actions(self) -> list[QAction]:
        line = self._line()
        if line is None:
            return []
        opens = QAction(icon("external-link"), gettext("What is this?"), self.view)
        opens.triggered.connect(lambda _checked=False: self.open_line())
        back = QAction(icon("undo-2"), gettext("Take back…"), self.view)
        back.triggered.connect(lambda _checked=False: self.take_back())
        reason = self._not_back(line)
        back.setEnabled(not reason)
        back.setToolTip(reason or gettext("Take back…"))
        return [opens, back]

    def _not_back(self, line: LedgerRow) -> str:
        if not self.desk.signin.context().may(Right.SERVE):
            return gettext("Your role does not work at the desk.")
        if line.taken_back or line.counter:
            return gettext("This movement was taken back already.")
        return gettext("The program wrote this by itself.") if line.reason in FIXED else ""

    def take_back(self) -> None:
        """Take the movement of the chosen line back."""
        line = self._line()
        if line is None or self._found is None or self._member_id is None:
            return
        reason = self._not_back(line)
        if reason:
            self.desk.toasts.show(reason)
        else:
            self._steps.take_back((self._member_id, self._found[1].name), line)

    def _set_level(self) -> None:
        if self._member_id is not None:
            self._steps.set_level(self._member_id)

    def _release(self) -> None:
        if self._found is not None:
            self._steps.release_level(self._found[1])

    def _open_member(self) -> None:
        if self._member_id is not None:
            self.desk.navigator.open(EntityRef(EntityKind.MEMBER, self._member_id))

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return self._found[1].name if self._found is not None else gettext("Points and stored value")

    @override
    def open_ref(self, ref: EntityRef) -> None:
        if ref.id != self._member_id:
            self._found = None
            self.chips.choose(_ALL)
        self._member_id = ref.id
        self.reload()

    @override
    def can_print(self) -> bool:
        return self._found is not None

    @override
    def print_paper(self) -> None:
        self.run(AccountAct.STATEMENT)

    @override
    def can_export(self) -> bool:
        return True  # whoever may not is told so

    @override
    def export_list(self) -> None:
        name = self._found[1].name if self._found is not None else ""
        export_list(self, self.desk, self.view, gettext("Movements"), name)

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Enter", gettext("Open what the movement belongs to")),
            KeyHelp("Ctrl+P", gettext("Statement")),
        ]

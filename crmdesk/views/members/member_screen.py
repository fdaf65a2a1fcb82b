"""A member's page: who it is, what waits, the time line, facts, consents, cards."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from crmdesk.core.errors import NotFoundError
from crmdesk.core.i18n import gettext
from crmdesk.core.members import CardState, MemberKind
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.topics import Topic
from crmdesk.queries.cards import CardRow
from crmdesk.queries.member_history import History, HistoryKind
from crmdesk.queries.member_page import MemberPage
from crmdesk.services.looks import ContactSeen
from crmdesk.views.members.account_screen import PAGE as ACCOUNT_PAGE
from crmdesk.views.members.balance_panel import BalancePanel
from crmdesk.views.members.card_papers import show_cards
from crmdesk.views.members.card_steps import CardAct, CardSteps
from crmdesk.views.members.cards_screen import PAGE as CARDS_PAGE
from crmdesk.views.members.consent_steps import ConsentSteps
from crmdesk.views.members.erase_dialog import ask_erase
from crmdesk.views.members.firm_panel import FirmPanel
from crmdesk.views.members.header import MemberHead
from crmdesk.views.members.history_panel import HistoryPanel
from crmdesk.views.members.intent_panel import IntentPanel
from crmdesk.views.members.lookers_panel import LookersPanel
from crmdesk.views.members.member_form import open_form
from crmdesk.views.members.merge_steps import MergeSteps
from crmdesk.views.members.next_best_steps import NextBestSteps
from crmdesk.views.members.page_facts import figures
from crmdesk.views.members.people_steps import PeopleSteps
from crmdesk.views.members.person_copy import ask_copy
from crmdesk.views.members.presenter import MemberPresenter
from crmdesk.views.members.side_panel import SidePanel
from crmdesk.views.members.steps import COMMANDS, Act, more_steps, next_step, side_steps
from crmdesk.views.members.value_panel import ValuePanel
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.page import page

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = "member"
_SHARES = (60, 40)


class MemberScreen(Screen):
    """One member."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.MEMBERS, Topic.PURCHASES, Topic.TICKETS, Topic.LOANERS, Topic.CALLBACKS, Topic.CARDS, Topic.PAPERS}
    )
    help_page: ClassVar[str] = "member"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the empty page."""
        super().__init__(desk, parent)
        self._presenter = MemberPresenter(desk, self)
        self._cards = CardSteps(self, desk)
        self._merges = MergeSteps(self, desk)
        self._member_id: int | None = None
        self._to_note = False
        self._known: MemberPage | None = None
        self.head = MemberHead()
        self.head.wanted.connect(self.run)
        self.intents = IntentPanel(self, desk)
        self.value = ValuePanel()
        self.banner = Banner()
        self._next = NextBestSteps(self, desk, self.banner, self.intents, self.run)
        self.history = HistoryPanel(self._read_history)
        self.history.chosen.connect(self._open)
        self.balance = BalancePanel(desk, self)
        self.balance.all_wanted.connect(self._open_account)
        self.lookers = LookersPanel(desk)
        self.lookers.all_wanted.connect(self._all_looks)
        self.side = SidePanel(self.balance, self.value, self.intents)
        self.side.put_last(self.lookers)
        self.side.private_wanted.connect(self._look_private)
        self.side.consents_wanted.connect(lambda: self.run(Act.CONSENTS))
        self._consents = ConsentSteps(self, desk, lambda: self._known)
        self.side.consents.turned.connect(self._consents.turn)
        self.side.evidence_wanted.connect(self._consents.show_evidence)
        self.side.cards.issue_wanted.connect(lambda: self.run(Act.ISSUE_CARD))
        self.side.cards.wanted.connect(self._run_card)
        self.side.related_chosen.connect(self._open)
        self._people = PeopleSteps(self, desk, self.side.people)
        self.firm = FirmPanel(self, desk)
        self.side.put_first(self.firm)
        self._arrange()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda: self.run(Act.TAKE_IN))

    def _arrange(self) -> None:
        self._shown = shown = QWidget()
        layout = page(self.head, self._merges.note, self.banner, Columns(self.history, self.side, shares=_SHARES))
        layout.setStretch(3, 1)
        shown.setLayout(layout)
        self._gone = EmptyState("user-x", gettext("This member is not here any more"), "", gettext("All members"))
        self._gone.acted.connect(lambda: self.desk.navigator.go("members"))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(shown)
        self._pages.addWidget(self._gone)
        shown.setVisible(False)

    # -- what is shown -----------------------------------------------------------------------

    @property
    def known(self) -> MemberPage | None:
        """What is shown now."""
        return self._known

    def _show(self, known: MemberPage) -> None:
        same = self._known is not None and self._known.id == known.id
        self._known = known
        context = self._presenter.context()
        today = context.today()
        if self._to_note:
            self._to_note = False
            self._presenter.note_opened(known.id, lambda: self.lookers.show_member(known.id))
        self._pages.setCurrentIndex(0)
        self._shown.setVisible(True)
        commands = {one.name for one in self.desk.navigator.commands()}
        self.head.show_member(known, figures(known, today))
        self.head.show_steps(
            next_step(context, commands), side_steps(known, context), more_steps(known, context, commands)
        )
        self._merges.show(known, self._member_id)
        self._next.show_member(known, context)
        self.value.show_member(known, today)
        self.intents.show_member(known.id, known.name)
        self.balance.show_member(known.id, known.name)
        self.side.show_member(known, context, same=same)
        self._people.show_member(known)
        self.lookers.show_member(known.id)
        self.firm.show_member(known)
        self.history.show_firm(firm=known.kind is MemberKind.INTERMEDIATE)
        self.title_changed.emit(self.title())
        self.actions_changed.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, NotFoundError):
            errors.show(self, error)
            return
        self._known = None
        self._pages.setCurrentIndex(1)

    def _read_history(self, kind: HistoryKind | None, limit: int) -> None:
        if self._member_id is not None:
            self._presenter.read_history(self._member_id, kind, limit, self._show_history, self.history.days)

    def _show_history(self, found: History) -> None:
        self.history.show_history(found, self._presenter.context())

    # -- what one can do ---------------------------------------------------------------------

    def run(self, act: Act) -> None:
        """Carry out a step, or say why not."""
        known = self._known
        if known is None:
            return
        if act in COMMANDS or act is Act.CALL:
            self._run_step(act, known)
        elif act is Act.LOOK:
            self._presenter.look(known.id, self._show_contact)
        elif act is Act.CONSENTS:
            self._consents.ask()
        elif act is Act.ISSUE_CARD:
            self._cards.issue(known.id, known.name)
        else:
            steps: dict[Act, Callable[[], object]] = {
                Act.EDIT: self.edit,
                Act.PRINT_CARD: self.print_paper,
                Act.ALL_CARDS: self._all_cards,
                Act.COPY_DATA: partial(ask_copy, self, self.desk, known.id),
                Act.ERASE: self._erase,
                Act.MERGE: partial(self._merges.with_another, known),
                Act.UNDO_MERGE: partial(self._merges.take_back, known),
            }
            steps[act]()

    def _run_step(self, act: Act, known: MemberPage) -> None:
        context = self._presenter.context()
        commands = {one.name for one in self.desk.navigator.commands()}
        steps = [
            next_step(context, commands),
            *side_steps(known, context),
            *more_steps(known, context, commands),
        ]
        step = next(one for one in steps if one.act is act)
        if step.refusal:
            self.desk.toasts.show(step.refusal)
        elif act is Act.CALL:
            self._open(EntityRef(EntityKind.CALLBACK, known.calls[0].id))
        elif act is Act.PURCHASE:
            self.desk.navigator.run(COMMANDS[act], member_id=known.id, person=known.name)
        else:
            self.desk.navigator.run(COMMANDS[act], member_id=known.id)

    def _open_account(self) -> None:
        if self._known is not None:
            self.desk.navigator.go(ACCOUNT_PAGE, EntityRef(EntityKind.MEMBER, self._known.id))

    def _all_looks(self) -> None:
        if self._known is not None:
            self.desk.navigator.run("settings.looks", member=self._known.number)

    def _all_cards(self) -> None:
        self.desk.navigator.go(CARDS_PAGE)

    def _erase(self) -> None:
        if self._known is not None:
            ask_erase(self, self.desk, self._known.id)

    def _show_contact(self, seen: ContactSeen) -> None:
        if self._known is not None and seen.member_id == self._known.id:
            self.head.show_contact(seen)
            self.side.show_contact(seen)

    def _look_private(self) -> None:
        if self._known is not None:
            self._presenter.look_private(self._known.id, self.side.show_private)

    def _run_card(self, act: CardAct, card: CardRow) -> None:
        self._cards.run(act, card)

    def _open(self, ref: object) -> None:
        if isinstance(ref, EntityRef) and self.desk.navigator.can_open(ref.kind):
            self.desk.navigator.open(ref)

    @override
    def hasHeightForWidth(self) -> bool:
        """Ask for no more room than the page needs at least: its two columns scroll by themselves."""
        return False

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return self._known.name if self._known is not None else gettext("Member")

    @override
    def open_ref(self, ref: EntityRef) -> None:
        if ref.id != self._member_id:
            self._known = None
            self._shown.setVisible(False)
            self.history.chips.choose("all")
        self._member_id = ref.id
        self._to_note = True
        self.reload()

    @override
    def reload(self) -> None:
        if self._member_id is not None:
            self._presenter.read_page(self._member_id, self._show, self._failed)
            self.history.renew()

    @override
    def edit(self) -> None:
        if self._known is not None:
            open_form(self, self.desk, self._known.id)

    @override
    def start_new(self) -> None:
        self.run(Act.TAKE_IN)

    @override
    def can_print(self) -> bool:
        return self._card_in_use() is not None

    @override
    def print_paper(self) -> None:
        card = self._card_in_use()
        if card is not None:
            show_cards(self.desk, self, [card.id], PaperFormat.CR80)

    def _card_in_use(self) -> CardRow | None:
        cards = self._known.cards if self._known is not None else ()
        return next((card for card in cards if card.state is CardState.ISSUED), None)

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Ctrl+Enter", gettext("Take in a repair for this member")),
            KeyHelp("F2", gettext("Edit the member")),
            KeyHelp("Ctrl+P", gettext("Print the card")),
        ]

"""The pick-up page: scan the slip, look at shelf, person, goods, loaner and money, sign, hand over (S9, L3)."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.errors import StaleError
from crmdesk.core.goods_errors import AlreadyHandedError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import state_label
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.services.hand_overs import HandedOver
from crmdesk.services.pickup import Pay
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service.pick_up_missing import (
    key_help,
    refusal_of,
    request_of,
    shown_at_field,
    what_is_missing,
)
from crmdesk.views.service.pick_up_parts import GoodsPart, LoanerPart, MoneyPart, PersonPart
from crmdesk.views.service.pick_up_presenter import PickUp, PickUpPresenter
from crmdesk.views.service.pick_up_shelf import ShelfSign
from crmdesk.views.service.room import Room
from crmdesk.views.service.ticket_printing import Printing, print_paper
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.signature_field import SignatureField, Signed
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.text import Text

_CODE = 60
_TAKE_BACK, _TAKE_OVER, _CONDITION = "loaners.take_back", "loaners.take_over", "service.condition"


class PickUpPage(Screen):
    """One customer at the counter who takes goods away."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.TICKETS, Topic.LOANERS})
    help_page: ClassVar[str] = "pick-up"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build empty; a code or `open_ref` says whose goods."""
        super().__init__(desk, parent)
        self.room = Room(desk, self, self.reload)
        self._presenter = PickUpPresenter(desk, self)
        self.case: PickUp | None = None
        self._came_from_ticket = False
        self.fields = FieldSet(self)
        self.code = LineField(gettext("Order n&umber"), max_length=_CODE, hint=gettext("type or scan, then Enter"))
        self.shelf = ShelfSign()
        self.about = Text("", "soft", wrap=True)
        self.notice = Banner()
        self.loaner = LoanerPart()
        self.person = PersonPart(self.fields)
        self.goods = GoodsPart(self.fields)
        self.money = MoneyPart()
        self.signature = self.fields.add("signature", SignatureField(gettext("Signature")))
        self.missing = Text("", "muted", wrap=True)
        self.save = Button(gettext("Hand over and close"), "hand", "primary", "Ctrl+Enter")
        self.condition = Button(gettext("Note the con&dition"), "list-checks")
        self._empty = EmptyState(
            "package-open", gettext("Whose goods?"), gettext("Scan the code on the slip or on the tag.")
        )
        self._arrange()
        self._connect()
        self._show(None)

    def _arrange(self) -> None:
        head = Card()
        words = row(self.shelf, self.about, None, self.condition, gap=4)
        words.setStretch(1, 1)
        head.add(words)
        signed = Card(gettext("Looked at and received"), "pencil")
        signed.add(self.signature)
        left, right = QWidget(), QWidget()
        left.setLayout(column(head, self.loaner, self.goods, self.person, None, gap=3))
        right.setLayout(column(self.money, signed, None, gap=3))
        # One thing scrolls, so that nothing is shut away where the columns stand below each other.
        self._body = ScrollColumn()
        self._body.add(Columns(left, right, shares=(54, 46)))
        self._body.add_stretch()
        end = row(self.missing, self.save, gap=4)
        end.setStretch(0, 1)
        top = row(SectionHeader(gettext("Pick up")), self.code, gap=4)
        top.setStretch(0, 3)
        top.setStretch(1, 1)
        outer = page(top, self._empty)
        outer.addWidget(self._body, 1)
        outer.addWidget(self.notice)
        outer.addLayout(end)
        self.setLayout(outer)

    def _connect(self) -> None:
        self.code.line.returnPressed.connect(self._find)
        self.goods.ticked.connect(self._say_missing)
        self.signature.changed.connect(self._say_missing)
        self.person.person.changed.connect(self._say_missing)
        self.money.pay_asked.connect(self._pay)
        self.money.fee_asked.connect(self._charge_fee)
        self.loaner.back_asked.connect(partial(self._run_for_loan, _TAKE_BACK))
        self.loaner.over_asked.connect(partial(self._run_for_loan, _TAKE_OVER))
        self.condition.clicked.connect(lambda _checked=False: self._compare())
        self.save.clicked.connect(lambda _checked=False: self.fields.submit())
        self.fields.submitted.connect(self._send)
        self.fields.cancelled.connect(self._leave)

    # -- what a screen says of itself ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Pick up")

    @override
    def key_help(self) -> list[KeyHelp]:
        return key_help()

    @override
    def open_ref(self, ref: EntityRef) -> None:
        if ref.kind is EntityKind.TICKET:
            self._came_from_ticket = True
            self._presenter.show(ref.id, self._begin, self._not_found)

    def wait_for_slip(self) -> None:
        """Wait for the next slip, unless goods are ticked already."""
        if not self.fields.is_dirty() and not self.goods.any:
            self._came_from_ticket = False
            self._show(None)
        self.code.line.selectAll()
        self.code.setFocus()

    @override
    def reload(self) -> None:
        if self.case is not None:
            self._presenter.show(self.case.ticket.id, self._renew, self._failed)
        else:
            self.code.setFocus()

    # -- whose goods -------------------------------------------------------------------------------

    def _find(self) -> None:
        if self.code.typed():
            self._came_from_ticket = False
            self._presenter.find(self.code.typed(), self._begin, self._not_found)

    def _not_found(self, error: Exception) -> None:
        sentence = errors.explain(error)
        if sentence is None or not errors.is_expected(error):
            errors.show(self, error)
            return
        self.code.show_problem(sentence.line())
        self.code.line.selectAll()
        self.code.setFocus()

    def _begin(self, case: PickUp) -> None:
        self.fields.clear()
        self.notice.set("")
        self.code.show_problem("")
        self.code.set_value(case.ticket.number)
        self.person.begin(case.ticket.member_name)
        self._show(case)
        for tick in self.goods.ticks.values():
            tick.set_value(value=False)
        self.fields.mark_clean()
        first = next(iter(self.goods.ticks.values()), None)
        (first or self.save).setFocus()

    def _renew(self, case: PickUp) -> None:
        if self.case is not None and self.case.ticket.id == case.ticket.id:
            self._show(case)

    def _show(self, case: PickUp | None) -> None:
        self.case = case
        self._empty.setVisible(case is None)
        for part in (self._body, self.save, self.missing):
            part.setVisible(case is not None)
        if case is None:
            self.fields.clear()
            self.code.set_value("")
            return
        ticket = case.ticket
        self.shelf.set_shelf(ticket.shelf)
        person = " · ".join(part for part in (ticket.member_name, ticket.phone) if part)
        order = f"{ticket.number} · {state_label(ticket.state, ticket.route)}"
        self.about.setText("\n".join(part for part in (person, ticket.item or ticket.subject, order) if part))
        self.condition.setVisible(self.room.can_run(_CONDITION))
        self.loaner.show_case(case)
        self.goods.show_case(case)
        self.money.show_case(case)
        self._say_missing()

    def _say_missing(self) -> None:
        if self.case is None:
            return
        missing = what_is_missing(self.case, self.person, self.goods, signed=self.signature.value() is not None)
        why = refusal_of(self.case)
        if why:
            self.save.refuse(why)
        else:
            self.save.allow()
        part = bool(self.goods.left) and self.goods.any
        self.save.set_text(gettext("Hand over a part") if part else gettext("Hand over and close"))
        names = gettext(", ").join(missing)
        self.missing.setText(gettext("Still missing: {names}.").format(names=names) if names else "")

    # -- steps on the way --------------------------------------------------------------------------

    def _pay(self, request: Pay) -> None:
        self._presenter.pay(request, lambda _open: self.room.say(gettext("Payment saved")), self._failed)

    def _charge_fee(self) -> None:
        if self.case is not None:
            ticket = self.case.ticket
            said = gettext("¥{amount} storage fee charged")
            self._presenter.charge_fee(
                Step(ticket.id, ticket.version),
                lambda amount: self.room.say(said.format(amount=amount.short_text())),
                self._failed,
            )

    def _run_for_loan(self, command: str) -> None:
        loan = self.case.ticket.loan_out if self.case is not None else None
        if loan is None:
            return
        navigator = self.desk.navigator
        if self.room.can_run(command):
            navigator.run(command, loan_id=loan.id)
        elif navigator.can_open(EntityKind.LOANER):
            navigator.open(EntityRef(EntityKind.LOANER, loan.loaner_id))

    def _compare(self) -> None:
        if self.case is not None:
            self.desk.navigator.run(_CONDITION, ticket_id=self.case.ticket.id)

    # -- handing over ------------------------------------------------------------------------------

    def _send(self) -> None:
        case = self.case
        if case is None or not self.save.isEnabled():
            return
        if not self.goods.any:
            self.goods.say(gettext("Tick what the customer takes."))
            next(iter(self.goods.ticks.values())).setFocus()
            return
        request = request_of(case, self.person, self.goods, self.signature.value() or Signed())
        self.save.setEnabled(False)
        self._presenter.hand_over(request, self._handed, self._failed)

    def _handed(self, made: HandedOver) -> None:
        case = self.case
        if case is None:
            return
        number, names = case.ticket.number, gettext(", ").join(made.left)
        said = gettext("{number}: handed over").format(number=number)
        if made.left:
            said = gettext("{number}: a part is handed over, still here: {names}").format(number=number, names=names)
        note = Printing(PaperKind.PICKUP_NOTE, case.ticket.id, number)
        self.room.say(said, [(gettext("Print note"), partial(print_paper, self.room, note))])
        self._leave()

    def _leave(self) -> None:
        back, self._came_from_ticket = self._came_from_ticket, False
        self._show(None)
        if back:
            self.desk.navigator.back()
        else:
            self.code.setFocus()

    def _failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self._say_missing()
        sentence = errors.explain(error)
        if isinstance(error, StaleError):
            said = gettext("Somebody else has changed this order meanwhile. What you typed is still here.")
            self.notice.set(said, "", Tone.WARN, "users")
            self.reload()
        elif sentence is None or not errors.is_expected(error):
            errors.show(self, error)
        elif shown_at_field(error, sentence.line(), self.fields, self.goods):
            if isinstance(error, AlreadyHandedError):
                self.reload()
        else:
            self.notice.set(sentence.title, sentence.body(), Tone.LATE, "circle-alert")

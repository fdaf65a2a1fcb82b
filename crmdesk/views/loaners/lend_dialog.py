"""Lending: the ticket, what fits it, until when, the deposit, the condition; one verb writes it all."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.desk_errors import LoansBlockedError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.roles import Right
from crmdesk.core.tickets import SHAPE_OF
from crmdesk.core.tones import Tone
from crmdesk.queries.lend_start import LendStart
from crmdesk.queries.loaners import LoanProposal, LoanWish
from crmdesk.services.loans import LendLoaner, LoanMade
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.loaners.return_dialog import mark_facts
from crmdesk.views.loaners.wording import amount, paid_by_choices, proposal_detail, proposal_title, state_status
from crmdesk.views.support import errors
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.signature_field import SignatureField, Signed
from crmdesk.views.support.tab_order import go_through
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.choice_card import ChoiceCard
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import Text

_DRAWING = (300, 180)
_WIDE = 860


class LendDialog(FormDialog):
    """Lend to the ticket `ticket_id`, or to one whose number is typed; `loaner_id` is preferred when it fits."""

    def __init__(
        self,
        parent: QWidget | None,
        desk: Desk,
        saved: Callable[[LoanMade], None],
        *,
        ticket_id: int | None = None,
        loaner_id: int | None = None,
        reservation_id: int | None = None,
    ) -> None:
        """Build; `saved` gets the loan. `reservation_id` lends what is kept for its member."""
        super().__init__(parent, gettext("Lend a loaner"), gettext("Lend"), width=_WIDE)
        self._presenter = LoanerPresenter(desk, self)
        self._saved = saved
        self._wanted = loaner_id
        self._start: LendStart | None = None
        self._offers: dict[ChoiceCard, LoanProposal] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._make_fields()
        self._arrange()
        self.save.setEnabled(False)
        if reservation_id is not None:
            self.ticket.hide()
            self._presenter.read_reservation(reservation_id, self._began)
        elif ticket_id is not None:
            self.ticket.hide()
            self._presenter.read_start(ticket_id, self._began)
        else:
            self.ticket.setFocus()

    def _make_fields(self) -> None:
        add = self.fields.add
        self.ticket = add("ticket_id", LineField(gettext("Ticket"), required=False, example="R-01-261121-0037"))
        self.ticket.line.returnPressed.connect(self._look_up)
        self.ticket.left.connect(self._look_up)
        self.due_on = add("due_on", DayField(gettext("Return by"), self._presenter.today, required=True))
        self.due_on.left.connect(self._ask_proposals)
        self.deposit = add("deposit", MoneyField(gettext("Deposit")))
        ways = paid_by_choices()
        self.paid_by = add("paid_by", ChoiceField[str](gettext("Paid by"), ways))
        self.paid_by.set_value(ways[0][1])
        self.condition = add("condition_out", LineField(gettext("Condition in words"), max_length=120))
        self.override = add("override_reason", LineField(gettext("Why lent although late"), max_length=120))
        self.override.setVisible(False)
        paper = gettext("The agreement is signed on &paper")
        self.signed = add("signed", SignatureField(gettext("Signature"), required=False, paper_words=paper))
        self.drawing = ConditionDrawing()
        self.drawing.setMinimumSize(*_DRAWING)

    def _arrange(self) -> None:
        self._note = Banner("", tone=Tone.WAITING)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        left, right = QWidget(), QWidget()
        left.setLayout(column(Text(gettext("What fits"), "heading"), self._cards, self._note, None))
        right.setLayout(
            column(
                FieldsLayout((self.due_on, 2), (self.deposit, 3), (self.paid_by, 2), gap=3),
                Text(gettext("Condition at hand-over"), "heading"),
                self.drawing,
                self.condition,
                self.signed,
                self.override,
                None,
            )
        )
        self.add_part(self.ticket)
        self.add_part(Columns(left, right))

    # -- the ticket --------------------------------------------------------------------------

    def _look_up(self) -> None:
        typed = self.ticket.typed()
        if typed and (self._start is None or self._start.ticket_number != typed):
            self._presenter.read_start(typed, self._began, self._not_found)

    def _not_found(self, error: Exception) -> None:
        sentence = errors.explain(error)
        self.ticket.show_problem(sentence.title if sentence else str(error))

    def _began(self, start: LendStart) -> None:
        self._start = start
        self.ticket.set_value(start.ticket_number)
        promised = start.promised_on
        told = gettext("promised for {day}").format(day=day_text(promised, self._presenter.today())) if promised else ""
        who = f"{start.member_name} · {label(start.member_tier)}"
        self.say(" · ".join(part for part in (start.ticket_number, who, start.item, told) if part))
        self.due_on.set_value(start.due_on)
        self.drawing.set_shape(SHAPE_OF[start.category])
        self.fields.mark_clean()
        self._ask_proposals()

    # -- what fits ---------------------------------------------------------------------------

    def _ask_proposals(self) -> None:
        start, until = self._start, self.due_on.value()
        if start is None or until is None:
            return
        wish = LoanWish(start.category, start.size_class, self._presenter.today(), until, start.member_id)
        self._presenter.read_proposals(wish, self._show_proposals)

    def _show_proposals(self, offers: tuple[LoanProposal, ...]) -> None:
        chosen = self.chosen()
        keep = chosen.loaner_id if chosen else self._wanted
        at: QWidget | None = self.focusWidget()
        elsewhere = at is not None and at.isVisible() and at is not self.ticket.line and at not in self._offers
        for card in self._offers:
            self._group.removeButton(card)
            self._cards.removeWidget(card)
            card.deleteLater()
        self._offers = {self._card(one): one for one in offers}
        wanted = next((card for card, one in self._offers.items() if one.loaner_id == keep), None)
        go_through([*self._offers, self.due_on])
        first = wanted or next(iter(self._offers), None)
        if first is not None:
            first.setChecked(True)
            if not elsewhere:  # who went on to another field stays there
                first.show()
                first.setFocus()
        self._tell_fit(missed=wanted is None and self._wanted is not None)

    def _card(self, one: LoanProposal) -> ChoiceCard:
        card = ChoiceCard(proposal_title(one), proposal_detail(one, self._presenter.today()), state_status(one.state))
        card.toggled.connect(self._chose)
        self._group.addButton(card)
        self._cards.addWidget(card)
        return card

    def _tell_fit(self, *, missed: bool) -> None:
        self.save.setEnabled(bool(self._offers))
        if not self._offers:
            self._note.set(
                gettext("No free loaner of this kind until that day."),
                gettext("Choose an earlier day, or note on the ticket why none is lent."),
            )
        elif missed:
            self._note.set(gettext("The one you came from does not fit this ticket; these do."))
        else:
            self._note.set("")

    def chosen(self) -> LoanProposal | None:
        """Give the loaner that is chosen."""
        return next((one for card, one in self._offers.items() if card.isChecked()), None)

    def _chose(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        one = self.chosen()
        if not checked or one is None:
            return
        self.deposit.set_value(one.deposit)
        level = label(self._start.member_tier) if self._start else ""
        self.deposit.set_hint(gettext("{level}: by the rule {amount}").format(level=level, amount=amount(one.deposit)))
        self.paid_by.setEnabled(bool(one.deposit))
        self.save.set_text(gettext("Lend {code}").format(code=one.code))

    @override
    def send(self) -> None:
        """Lend."""
        one, start = self.chosen(), self._start
        if one is None or start is None:
            self.save.setEnabled(bool(self._offers))
            return
        signed = self.signed.value() or Signed()
        request = LendLoaner(
            loaner_id=one.loaner_id,
            ticket_id=start.ticket_id,
            member_id=start.member_id,
            due_on=self.due_on.value(),
            deposit=self.deposit.value(),
            condition_out=self.condition.typed(),
            marks=mark_facts(self.drawing),
            signed=signed.on_paper,
            strokes=signed.strokes,
            paid_by=self.paid_by.value() or "",
            override_reason=self.override.typed(),
        )
        self._presenter.lend(request, self._done, self.refused)

    @override
    def refused(self, error: Exception) -> None:
        """A manager may pass over an overdue loan: the reason is asked for here."""
        super().refused(error)
        if isinstance(error, LoansBlockedError) and self._presenter.context().may(Right.OVERRIDE):
            self.override.setVisible(True)
            self.override.setFocus()

    def _done(self, made: LoanMade) -> None:
        self.accept()
        self._saved(made)

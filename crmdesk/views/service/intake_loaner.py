"""A loaner for the customer while her own is away: what fits, until when, the deposit, or why none."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from crmdesk.core.desk_errors import LoanerTakenError, LoansBlockedError
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.loaners import NoLoanReason
from crmdesk.core.members import CardTier
from crmdesk.core.tones import Tone
from crmdesk.queries.loaners import LoanProposal, LoanWish
from crmdesk.services.desk_intake import LoanChoice
from crmdesk.views.service.intake_fields import Kept
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.intake_words import proposal_detail, proposal_title
from crmdesk.views.support import errors
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.choice_card import ChoiceCard
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text, show_if

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.core.money import Money

_MOST = 3


class LoanerPart(Card):
    """The right column; `decided` when a loaner was put with the ticket or taken off again."""

    decided = Signal()
    stops_changed = Signal()

    def __init__(self, fields: FieldSet, presenter: IntakePresenter) -> None:
        """Add the fields to `fields`."""
        super().__init__(gettext("Lend one meanwhile?"), "luggage")
        self._presenter = presenter
        self._wish: LoanWish | None = None
        self._needed = False
        self._asked = False
        self._lending = False
        self._wanted = 0
        self._usual_due: date | None = None
        self._usual_deposit: Money | None = None
        self._offers: dict[ChoiceCard, LoanProposal] = {}
        self._group = QButtonGroup(self)
        self._make_fields(fields)
        self._arrange()
        self._show_state()

    def _make_fields(self, fields: FieldSet) -> None:
        self.due = fields.add("due_on", DayField(gettext("Return by"), self._presenter.today))
        self.deposit = fields.add("deposit", MoneyField(gettext("Deposit")))
        reasons = [(label(one), one) for one in NoLoanReason]
        self.reason = fields.add("no_loan_reason", ChoiceField[NoLoanReason](gettext("No loaner, because"), reasons))
        self.reason.changed.connect(self._show_state)
        self.why = fields.add("no_loan_words", LineField(gettext("Which reason"), max_length=100))
        self._kept = fields.add("loan", Kept(self, self._give, self._take_back))

    def _arrange(self) -> None:
        self.banner = Banner("", tone=Tone.LATE)
        self._calm = Text("", "muted", wrap=True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        terms = FieldsLayout((self.due, 1), (self.deposit, 1))
        paper = row(
            IconLabel("file-pen"),
            Text(gettext("The agreement prints with the slip, a copy for each side"), "small", wrap=True),
            gap=2,
        )
        paper.setStretch(1, 1)
        self.lend_button = Button(gettext("Lend"), hint="Ctrl+L")
        self.lend_button.clicked.connect(self.toggle)
        self._offer = QWidget()
        self._offer.setLayout(column(self._cards, terms, paper, self.lend_button, gap=3))
        self._refusal = QWidget()
        self._refusal.setLayout(column(self.reason, self.why, gap=2))
        self.add(self.banner)
        self.add(self._calm)
        self.add(self._offer)
        self.body.addStretch(1)
        self.add(self._refusal)

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        fields = (self.due, self.deposit)
        last = (self.reason, self.why)
        return [
            *self._offers,
            *(field.editor for field in fields),
            self.lend_button,
            *(field.editor for field in last),
        ]

    # -- proposals ---------------------------------------------------------------------------------

    def propose(self, wish: LoanWish | None, *, needed: bool) -> None:
        """Look for what fits; nothing is asked while no goods or no day are known."""
        self._needed = needed
        if wish is not None and self.due.value() in {None, self._usual_due}:
            self._usual_due = wish.until
            self.due.set_value(wish.until)
        if wish == self._wish:
            self._show_state()
            return
        self._wish = wish
        if wish is None:
            self._show_offers(())
        else:
            self._presenter.read_loaners(wish, self._show_offers)

    def _show_offers(self, offers: tuple[LoanProposal, ...]) -> None:
        for card in self._offers:
            self._group.removeButton(card)
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._offers = {self._card(one): one for one in offers[:_MOST]}
        chosen = next((card for card, one in self._offers.items() if one.loaner_id == self._wanted), None)
        first = chosen or next(iter(self._offers), None)
        if chosen is None:
            self._lending = False
        if first is not None:
            first.setChecked(True)
        self.stops_changed.emit()
        self._show_state()

    def _card(self, one: LoanProposal) -> ChoiceCard:
        made = ChoiceCard(
            proposal_title(one),
            proposal_detail(one, self._presenter.today()),
            (label(one.state), Tone.OK, "check"),
        )
        made.toggled.connect(self._chose)
        self._group.addButton(made)
        self._cards.addWidget(made)
        return made

    def chosen(self) -> LoanProposal | None:
        """Give the loaner whose card is chosen."""
        return next((one for card, one in self._offers.items() if card.isChecked()), None)

    def _chose(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        one = self.chosen()
        if not on or one is None:
            return
        self._wanted = one.loaner_id
        if self.deposit.value() in {None, self._usual_deposit}:
            self._usual_deposit = one.deposit
            self.deposit.set_value(one.deposit)
        self._show_state()

    def show_tier(self, tier: CardTier | None) -> None:
        """Say whose deposit rule it is."""
        self.deposit.set_hint(label(tier) if tier else "")

    # -- the decision --------------------------------------------------------------------------------

    @property
    def lending(self) -> bool:
        """Whether a loaner goes along."""
        return self._lending

    @property
    def needed(self) -> bool:
        """Whether the store's rule asks for a loaner."""
        return self._needed

    def toggle(self) -> None:
        """Put the chosen loaner with the ticket, or take it off again (Ctrl+L)."""
        self._asked = True
        self.banner.set("")
        self._lending = not self._lending and self.chosen() is not None
        if self._lending:
            self.reason.set_value(None)
        self._show_state()
        self._kept.touch()
        self.decided.emit()

    def choice(self) -> LoanChoice | None:
        """Give the loaner for the save."""
        one, due = self.chosen(), self.due.value()
        if not self._lending or one is None or due is None:
            return None
        return LoanChoice(one.loaner_id, due, self.deposit.value())

    def refusal(self) -> NoLoanReason | None:
        """Give why none is lent, where the rule asks for one."""
        return self.reason.value() if self._needed and not self._lending else None

    def check(self) -> bool:
        """Ask for a decision where the rule proposes a loaner."""
        if not self._needed or self._lending or self.reason.value() is not None:
            return True
        self.banner.set(gettext("Lend one, or say why none is lent."), tone=Tone.WARN)
        (next(iter(self._offers), None) or self.reason.editor).setFocus()
        return False

    def refused(self, error: Exception) -> bool:
        """Show a refusal that concerns the loaner; tell whether it did."""
        if not isinstance(error, (LoanerTakenError, LoansBlockedError, NotAllowedError)) or not self._lending:
            return False
        sentence = errors.explain(error)
        if sentence is not None:
            self.banner.set(sentence.title, sentence.what_to_do, Tone.LATE, "triangle-alert")
        self._lending = False
        self._show_state()
        self.decided.emit()
        if self._wish is not None:
            self._presenter.read_loaners(self._wish, self._show_offers)
        self.lend_button.setFocus()
        return True

    def _show_state(self) -> None:
        open_ = self._wish is not None and (self._needed or self._asked or self._lending)
        show_if(self._offer, open_ and bool(self._offers))
        show_if(self._refusal, self._needed and not self._lending)
        show_if(self.why, self.reason.value() is NoLoanReason.OTHER)
        self._calm.setText(self._calm_words(open_=open_))
        show_if(self._calm, bool(self._calm.text()))
        one = self.chosen()
        if one is not None:
            put = gettext("✓ {code} is lent on saving · take off").format(code=one.code)
            self.lend_button.set_text(put if self._lending else gettext("Lend {code}").format(code=one.code))

    def _calm_words(self, *, open_: bool) -> str:
        if self._wish is None:
            return gettext("As soon as goods and promise are known, what fits stands here.")
        if not open_:
            return gettext("Ready soon enough: no loaner needed. Ctrl+L lends one all the same.")
        return "" if self._offers else gettext("No free loaner of this kind until that day.")

    # -- draft -----------------------------------------------------------------------------------------

    def _give(self) -> object:
        return {"id": self._wanted, "lend": self._lending}

    def _take_back(self, state: object) -> None:
        kept = state if isinstance(state, dict) else {}
        self._wanted = int(kept.get("id", 0)) if kept.get("lend") else 0
        self._lending = bool(kept.get("lend"))

    def clear(self) -> None:
        """Begin again."""
        self._wish, self._needed, self._asked, self._lending, self._wanted = None, False, False, False, 0
        self._usual_due = self._usual_deposit = None
        self.banner.set("")
        self._show_offers(())

"""The decision on a return: all lines below each other, each with what its decision asks for."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import ReturnDecision
from crmdesk.core.tones import Tone
from crmdesk.queries.return_case import ReturnCase, ReturnRow
from crmdesk.services import return_decisions
from crmdesk.services.return_decisions import DecideLines, LineDecision
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_return_words import (
    choice_words,
    difference_words,
    line_facts,
    line_name,
    policy_words,
    yuan,
)
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, NumberField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text, show_if

_LENGTH = 120


class DecisionRow(QWidget):
    """One line: what it is, the decision, and what the decision asks for."""

    def __init__(self, fields: FieldSet, line: ReturnRow, case: Case) -> None:
        """Add the line's fields to `fields`."""
        super().__init__()
        self.line = line
        self._make_fields(fields)
        name = Text(f"{line_name(line)} · {yuan(line.price_paid)}", "heading", wrap=True)
        about = Text(line_facts(line, case.context.today()), "small", wrap=True)
        words, tone = policy_words(line, case.context.today())
        policy = Text(words, "small", tone, wrap=True)
        self.stands = Text("", "small", wrap=True)
        first = FieldsLayout(
            (self.decision, 2), (self.refund, 2), (self.goods, 3), (self.price, 2), (self.note, 3), gap=3
        )
        paid = FieldsLayout((self.stored, 1), (self.points, 1), gap=3)
        self._paid = QWidget()
        self._paid.setLayout(paid)
        self.setLayout(column(name, about, policy, first, self._paid, self.stands, gap=1))
        self.decision.changed.connect(self._turn)
        self.price.changed.connect(self._say_difference)
        self._begin()

    def _make_fields(self, fields: FieldSet) -> None:
        line, key = self.line, str(self.line.id)
        decisions = [(label(one), one) for one in ReturnDecision]
        self.decision = fields.add(
            f"decision{key}", ChoiceField(gettext("Decision on it"), decisions, required=True, empty=gettext("choose"))
        )
        hint = gettext("at most {amount}") if line.most != line.price_paid else gettext("paid {amount}")
        self.refund = fields.add(
            f"refund{key}",
            MoneyField(
                gettext("Refund"),
                required=True,
                least=Money(1),
                most=line.most,
                hint=hint.format(amount=yuan(line.most)),
            ),
        )
        self.goods = fields.add(f"goods{key}", LineField(gettext("Exchanged for"), required=True, max_length=_LENGTH))
        self.price = fields.add(f"price{key}", MoneyField(gettext("Its price"), required=True))
        self.note = fields.add(f"note{key}", LineField(gettext("Reason"), max_length=_LENGTH))
        paid = line.paid_with
        stored = gettext("{amount} paid with it").format(amount=yuan(paid.stored))
        self.stored = fields.add(
            f"stored{key}",
            MoneyField(gettext("Of it to stored value"), least=Money(0), most=paid.stored, hint=stored),
        )
        points = gettext("{count} spent").format(count=f"{paid.points:,}")
        self.points = fields.add(
            f"points{key}", NumberField(gettext("Points given back"), most=paid.points, hint=points)
        )

    def _begin(self) -> None:
        line, paid = self.line, self.line.paid_with
        self.refund.set_value(line.refund or line.most)
        self.goods.set_value(line.exchanged_for)
        self.price.set_value(line.exchange_price if line.exchange_price is not None else line.price_paid)
        self.note.set_value(line.decision_note)
        self.stored.set_value(min(paid.stored, line.most, key=lambda amount: amount.fen))
        self.points.set_value(paid.points)
        self.decision.set_value(line.decision)
        self._turn()

    def _turn(self) -> None:
        chosen, paid = self.decision.value(), self.line.paid_with
        refunding = chosen is ReturnDecision.REFUND
        show_if(self.refund, refunding)
        show_if(self.goods, chosen is ReturnDecision.EXCHANGE)
        show_if(self.price, chosen is ReturnDecision.EXCHANGE)
        show_if(self.stored, refunding and bool(paid.stored))
        show_if(self.points, refunding and bool(paid.points))
        show_if(self._paid, refunding and bool(paid.stored or paid.points))
        self.note.set_required(chosen is ReturnDecision.REJECT)
        words, tone = choice_words(self.line.policy, chosen)
        self.stands.setText(words)
        self.stands.set_tone(tone)
        show_if(self.stands, bool(words))
        self._say_difference()

    def _say_difference(self) -> None:
        self.price.set_hint(difference_words(self._difference()))

    def _difference(self) -> Money:
        """Give what the customer pays for an exchange as typed; below zero goes back."""
        price = self.price.value()
        if self.decision.value() is not ReturnDecision.EXCHANGE or price is None:
            return Money(0)
        return price - self.line.price_paid

    def pays(self) -> Money:
        """Give what goes back to the customer for this line as typed."""
        if self.decision.value() is ReturnDecision.REFUND:
            return self.refund.value() or Money(0)
        return Money(max(0, -self._difference().fen))

    def request(self) -> LineDecision | None:
        """Give the decision; None while none is chosen."""
        chosen = self.decision.value()
        if chosen is None:
            return None
        refunding, price = chosen is ReturnDecision.REFUND, self.price.value()
        changed = chosen is ReturnDecision.EXCHANGE and price != self.line.price_paid
        return LineDecision(
            self.line.id,
            chosen,
            self.pays() if refunding else Money(0),
            self.goods.typed() if chosen is ReturnDecision.EXCHANGE else "",
            self.note.typed(),
            exchange_price=price if changed else None,
            points_given_back=(self.points.value() or 0) if refunding else 0,
            stored_given_back=(self.stored.value() or Money(0)) if refunding else Money(0),
        )


class DecideReturnDialog(StepDialog):
    """All open lines below each other, the sum and the person's limit below them."""

    def __init__(self, room: Room, case: Case, known: ReturnCase) -> None:
        """Begin with the decisions made before."""
        super().__init__(room, case, gettext("Decide the return"), gettext("Save decision"), width=WIDE)
        self.rows = [DecisionRow(self.fields, line, case) for line in known.open_lines]
        for one in self.rows:
            self.add_part(one)
        self.total = Text("", "large")
        self.limit = Text("", "soft", wrap=True)
        self.add_part(row(SubHeading(gettext("Refund together")), None, self.total))
        self.add_part(self.limit)
        self.fields.changed.connect(self._add_up)
        self._add_up()

    def _add_up(self) -> None:
        total = Money.total(one.pays() for one in self.rows)
        self.total.setText(yuan(total))
        context = self.case.context
        if context.may_approve(total):
            self.limit.setText("")
            self.save.allow()
            return
        limit = context.actor.approve_limit or Money(0)
        words = gettext("You may approve up to {limit}; somebody with a higher limit decides this.")
        self.limit.setText(words.format(limit=yuan(limit)))
        self.limit.set_tone(Tone.WARN)
        self.save.refuse(self.limit.text())

    @override
    def send(self) -> None:
        """Write the decisions."""
        decisions = tuple(decision for one in self.rows if (decision := one.request()) is not None)
        request = DecideLines(self.ticket.id, self.ticket.version, decisions)
        self.submit(lambda session, context: return_decisions.decide(session, request, context), self._said)

    def _said(self, total: Money) -> str:
        if not total:
            return gettext("{number}: decided").format(number=self.ticket.number)
        return gettext("{number}: decided, refund {amount}").format(number=self.ticket.number, amount=yuan(total))

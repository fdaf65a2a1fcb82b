"""Dialogs of a return's steps: look at the goods, decide line by line, carry out."""

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.return_case import METHOD_WORDS, ReturnCase, ReturnRow
from crmdesk.services import return_decisions, return_execution
from crmdesk.services.return_decisions import CheckLines, DecideLines, LineCheck, LineDecision
from crmdesk.services.return_execution import CarryOut
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_complaint_dialogs import moved
from crmdesk.views.service.case_return_words import line_facts, line_name, yuan
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TextField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text, show_if

_LENGTH = 120
_NOTE_LENGTH = 1000


class CheckDialog(StepDialog):
    """Every line's goods are looked at."""

    def __init__(self, room: Room, case: Case, known: ReturnCase) -> None:
        """Begin with what was seen before."""
        text = ""
        if case.ticket.state is TicketState.DECIDED:
            text = gettext("It is decided already; looking again opens the decision again.")
        super().__init__(room, case, gettext("Check the goods"), gettext("Save goods check"), text)
        conditions = [(label(one), one) for one in GoodsCondition]
        self.conditions = {
            line.id: self.add(
                f"line{line.id}",
                ChoiceField(
                    f"{line_name(line)}{_key(place)}", conditions, required=True, empty=gettext("choose"),
                    hint=label(line.reason),
                ),
            )
            for place, line in enumerate(known.lines, 1)
        }  # fmt: skip
        self.note = self.add("note", TextField(gettext("&Note"), lines=2, max_length=_NOTE_LENGTH))
        for line in known.lines:
            self.conditions[line.id].set_value(line.condition)

    @override
    def send(self) -> None:
        """Write what was seen."""
        seen = tuple(
            LineCheck(key, condition)
            for key, field in self.conditions.items()
            if (condition := field.value()) is not None
        )
        request = CheckLines(self.ticket.id, self.ticket.version, seen, self.note.typed())
        self.submit(
            lambda session, context: return_decisions.check(session, request, context), lambda state: moved(self, state)
        )


class DecisionRow(QWidget):
    """One line: what it is, the decision, and what the decision asks for."""

    def __init__(self, fields: FieldSet, line: ReturnRow, case: Case) -> None:
        """Add the line's fields to `fields`."""
        super().__init__()
        self.line = line
        decisions = [(label(one), one) for one in ReturnDecision]
        key = str(line.id)
        self.decision = fields.add(
            f"decision{key}", ChoiceField(gettext("Decision on it"), decisions, required=True, empty=gettext("choose"))
        )
        self.refund = fields.add(
            f"refund{key}",
            MoneyField(
                gettext("Refund"),
                required=True,
                least=Money(1),
                most=line.price_paid,
                hint=gettext("paid {amount}").format(amount=yuan(line.price_paid)),
            ),
        )
        self.goods = fields.add(f"goods{key}", LineField(gettext("Exchanged for"), required=True, max_length=_LENGTH))
        self.note = fields.add(f"note{key}", LineField(gettext("Reason"), max_length=_LENGTH))
        name = Text(f"{line_name(line)} · {yuan(line.price_paid)}", "heading", wrap=True)
        about = Text(line_facts(line, case.context.today()), "small", wrap=True)
        choices = FieldsLayout((self.decision, 2), (self.refund, 2), (self.goods, 3), (self.note, 3), gap=3)
        self.setLayout(column(name, about, choices, gap=1))
        self.decision.changed.connect(self._turn)
        self.refund.set_value(line.refund or line.price_paid)
        self.goods.set_value(line.exchanged_for)
        self.note.set_value(line.decision_note)
        self.decision.set_value(line.decision)
        self._turn()

    def _turn(self) -> None:
        chosen = self.decision.value()
        show_if(self.refund, chosen is ReturnDecision.REFUND)
        show_if(self.goods, chosen is ReturnDecision.EXCHANGE)
        self.note.set_required(chosen is ReturnDecision.REJECT)

    def pays(self) -> Money:
        """Give what this line pays back as typed."""
        if self.decision.value() is not ReturnDecision.REFUND:
            return Money(0)
        return self.refund.value() or Money(0)

    def request(self) -> LineDecision | None:
        """Give the decision; None while none is chosen."""
        chosen = self.decision.value()
        if chosen is None:
            return None
        return LineDecision(self.line.id, chosen, self.pays(), self.goods.typed(), self.note.typed())


class DecideReturnDialog(StepDialog):
    """All lines below each other, the sum and the person's limit below them."""

    def __init__(self, room: Room, case: Case, known: ReturnCase) -> None:
        """Begin with the decisions made before."""
        super().__init__(room, case, gettext("Decide the return"), gettext("Save decision"), width=WIDE)
        self.rows = [DecisionRow(self.fields, line, case) for line in known.lines]
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


class CarryOutDialog(StepDialog):
    """Money back, goods exchanged; points go back by themselves, then the return is closed."""

    def __init__(self, room: Room, case: Case, known: ReturnCase) -> None:
        """Begin with paying back the way it was paid."""
        refund = known.refund
        text = gettext("Points the sale earned are taken back by themselves; the return is closed.")
        if refund:
            first = gettext("Pay back {amount}.").format(amount=yuan(refund))
            text = f"{first} {text}"
        super().__init__(room, case, gettext("Carry out"), gettext("It is done"), text)
        methods = [(gettext(words), key) for key, words in METHOD_WORDS.items()]
        self.method = self.add("method", ChoiceField(gettext("&Paid back by"), methods, required=bool(refund)))
        self.method.set_value("original")
        show_if(self.method, bool(refund))
        self.note = self.add("note", TextField(gettext("&Note"), lines=2, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Write it down."""
        values: dict[str, Any] = self.fields.values()
        request = CarryOut(self.ticket.id, self.ticket.version, self.note.typed(), method=values["method"] or "")
        self.submit(
            lambda session, context: return_execution.carry_out(session, request, context),
            lambda state: moved(self, state),
        )


def _key(place: int) -> str:
    return f" (&{place})" if place < 10 else ""  # noqa: PLR2004 - one digit is a key

"""Dialogs of a return's steps: look at the goods with their gifts, carry decisions out."""

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, TicketState
from crmdesk.queries.return_case import METHOD_WORDS, ReturnCase, ReturnRow
from crmdesk.services import return_decisions, return_execution
from crmdesk.services.return_decisions import CheckLines, LineCheck
from crmdesk.services.return_execution import CarryOut
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_return_words import difference_words, line_name, yuan
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TextField, TickField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.text import Text, show_if

_LENGTH = 120
_NOTE_LENGTH = 1000


class CheckRow(QWidget):
    """One line: the condition of the goods, the gift that came along."""

    def __init__(self, fields: FieldSet, line: ReturnRow, place: int) -> None:
        """Add the line's fields to `fields`, with what was seen before."""
        super().__init__()
        self.line, key = line, str(line.id)
        conditions = [(label(one), one) for one in GoodsCondition]
        self.condition = fields.add(
            f"line{key}",
            ChoiceField(
                f"{line_name(line)}{_key(place)}", conditions, required=True, empty=gettext("choose"),
                hint=label(line.reason),
            ),
        )  # fmt: skip
        self.gift = fields.add(f"gift{key}", LineField(gettext("Gift that came along"), max_length=_LENGTH))
        answers = [(gettext("given back"), True), (gettext("kept"), False)]
        self.back = fields.add(
            f"back{key}", ChoiceField(gettext("The gift"), answers, required=True, empty=gettext("choose"))
        )
        self.value = fields.add(
            f"value{key}",
            MoneyField(gettext("Worth"), required=True, most=line.price_paid, hint=gettext("off the refund")),
        )
        self.setLayout(FieldsLayout((self.condition, 4), (self.gift, 3), (self.back, 2), (self.value, 2), gap=3))
        self.condition.set_value(line.condition)
        self.gift.set_value(line.gift)
        self.back.set_value(line.gift_back)
        self.value.set_value(line.gift_value or None)
        self.gift.changed.connect(self._turn)
        self.back.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        gift = bool(self.gift.typed())
        show_if(self.back, gift)
        show_if(self.value, gift and self.back.value() is False)

    def request(self) -> LineCheck | None:
        """Give what was seen; None while no condition is chosen."""
        condition = self.condition.value()
        if condition is None:
            return None
        gift = self.gift.typed()
        if not gift:
            return LineCheck(self.line.id, condition)
        back = self.back.value()
        value = (self.value.value() or Money(0)) if back is False else Money(0)
        return LineCheck(self.line.id, condition, gift, back, value)


class CheckDialog(StepDialog):
    """Every line's goods are looked at."""

    def __init__(self, room: Room, case: Case, known: ReturnCase) -> None:
        """Begin with what was seen before."""
        text = ""
        if case.ticket.state is TicketState.DECIDED:
            text = gettext("It is decided already; looking again opens the decision again.")
        super().__init__(room, case, gettext("Check the goods"), gettext("Save goods check"), text, WIDE)
        self.rows = [CheckRow(self.fields, line, place) for place, line in enumerate(known.open_lines, 1)]
        for one in self.rows:
            self.add_part(one)
        self.note = self.add("note", TextField(gettext("&Note"), lines=2, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Write what was seen."""
        seen = tuple(check for one in self.rows if (check := one.request()) is not None)
        request = CheckLines(self.ticket.id, self.ticket.version, seen, self.note.typed())
        self.submit(
            lambda session, context: return_decisions.check(session, request, context),
            self._said,
        )

    def _said(self, state: TicketState) -> str:
        return gettext("{number}: {state}").format(number=self.ticket.number, state=label(state))


class CarryOutDialog(StepDialog):
    """Money back, goods exchanged, repairs taken in, goods handed back; some lines now, others later."""

    def __init__(self, room: Room, case: Case, known: ReturnCase) -> None:
        """Begin with all open lines, paying back the way it was paid."""
        text = gettext("Points the sale earned are taken back by themselves; with the last line the return is closed.")
        super().__init__(room, case, gettext("Carry out"), gettext("It is done"), text)
        self._known = known
        self.ticks: dict[int, TickField] = {}
        several = len(known.open_lines) > 1
        for place, line in enumerate(known.open_lines, 1):
            if not several:
                self.add_part(Text(f"{line_name(line)}: {_outcome(line)}", "body", wrap=True))
                continue
            tick = self.add(f"line{line.id}", TickField(f"{line_name(line)}: {_outcome(line)}{_key(place)}"))
            tick.set_value(True)
            tick.changed.connect(self._turn)
            self.ticks[line.id] = tick
        methods = [(gettext(words), key) for key, words in METHOD_WORDS.items()]
        self.hands = Text("", "heading", wrap=True)
        self.add_part(self.hands)
        self.method = self.add("method", ChoiceField(gettext("&Paid by"), methods, required=True))
        self.method.set_value("original")
        self.note = self.add("note", TextField(gettext("&Note"), lines=2, max_length=_NOTE_LENGTH))
        self._turn()

    def chosen(self) -> frozenset[int]:
        """Give the lines that are ticked."""
        return frozenset(key for key, tick in self.ticks.items() if tick.value())

    def _turn(self) -> None:
        chosen = self.chosen()
        lines = [line for line in self._known.open_lines if line.id in chosen or not self.ticks]
        out = Money.total(line.paid_out for line in lines)
        words = ""
        if out > Money(0):
            words = gettext("Pay back {amount}.").format(amount=yuan(out))
        elif out:
            words = gettext("The customer pays {amount}.").format(amount=yuan(-out))
        self.hands.setText(words)
        show_if(self.hands, bool(words))
        show_if(self.method, any(line.paid_out for line in lines))
        if chosen or not self.ticks:
            self.save.allow()
        else:
            self.save.refuse(gettext("no line is chosen"))

    @override
    def send(self) -> None:
        """Write it down."""
        values: dict[str, Any] = self.fields.values()
        method = (values["method"] or "") if self.method.isVisibleTo(self) else ""
        request = CarryOut(
            self.ticket.id, self.ticket.version, self.note.typed(), method=method, lines=self.chosen() or None
        )
        self.submit(lambda session, context: return_execution.carry_out(session, request, context), self._said)

    def _said(self, state: TicketState) -> str:
        if state is TicketState.DECIDED:
            return gettext("{number}: carried out in part").format(number=self.ticket.number)
        return gettext("{number}: {state}").format(number=self.ticket.number, state=label(state))


def _outcome(line: ReturnRow) -> str:
    if line.decision is ReturnDecision.REFUND:
        return gettext("refund {amount}").format(amount=yuan(line.refund))
    if line.decision is ReturnDecision.EXCHANGE:
        difference = difference_words(line.difference)
        goods = gettext("give {goods}").format(goods=line.exchanged_for)
        return f"{goods}, {difference}" if difference else goods
    if line.decision is ReturnDecision.REPAIR:
        return gettext("make a repair order")
    return gettext("hand the goods back")


def _key(place: int) -> str:
    return f" (&{place})" if place < 10 else ""  # noqa: PLR2004 - one digit is a key

"""Taking a loaner back: condition beside the one at hand-over, fees proposed, the deposit settled while typing."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.loaners import ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.tickets import SHAPE_OF, Gate, ItemCategory
from crmdesk.core.tones import Tone
from crmdesk.queries.loans import LoanMark, LoanOut
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.loan_returns import LoanEnded, TakeBack
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.loaners.settlement import SettlementSum, settle
from crmdesk.views.loaners.wording import amount, days_words, looks_words, paid_by_choices
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.signature_field import SignatureField, Signed
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing, Mark
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.text import ShortText, Text

_DRAWING = (300, 190)
_WIDE = 860


def drawn(marks: Sequence[LoanMark], gate: Gate) -> list[Mark]:
    """Give the marks of one gate for the drawing."""
    return [Mark(one.x, one.y, one.note, Tone.WARN) for one in marks if one.gate is gate]


def mark_facts(drawing: ConditionDrawing) -> tuple[MarkFacts, ...]:
    """Give what is drawn for a service."""
    return tuple(MarkFacts(one.x, one.y, note=one.label) for one in drawing.marks)


class ReturnDialog(FormDialog):
    """One loan that comes back."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        loan: LoanOut,
        item: tuple[str, ItemCategory],
        saved: Callable[[LoanEnded], None],
    ) -> None:
        """Take `loan` back; `item` is what is lent, in words and by category; `saved` gets the ended loan."""
        words, category = item
        super().__init__(parent, gettext("Take back {loaner}").format(loaner=words), gettext("Take back"), width=_WIDE)
        self._presenter = LoanerPresenter(desk, self)
        self._loan = loan
        self._saved = saved
        self.say(self._who())
        self._late = Banner(*self._late_words(), Tone.LATE)
        self.add_part(self._late)
        self.grade = SegmentedChoice([(one, label(one)) for one in ReturnGrade], gettext("Compared with hand-over"))
        self.grade.choose(ReturnGrade.AS_LENT)
        self.grade.chosen.connect(self._grade_chosen)
        self.before, self.after = self._drawings(SHAPE_OF[category])
        self._make_fields()
        self.sum = SettlementSum()
        settled = QWidget()
        settled.setLayout(column(self.sum, self.signed, None, gap=3))
        for left, right in ((self._side(before=True), self._side(before=False)), (self._money_side(), settled)):
            self.add_part(Columns(left, right))
        self.fields.changed.connect(self._settle)
        self._grade_chosen(ReturnGrade.AS_LENT)
        self._settle()
        self.grade.setFocus()

    def _who(self) -> str:
        loan = self._loan
        day = day_text(loan.due_on, self._presenter.today())
        parts = [loan.number, loan.member_name, gettext("due {day}").format(day=day)]
        return " · ".join((*parts, gettext("out for {days}").format(days=days_words(loan.days_out))))

    def _late_words(self) -> tuple[str, str]:
        loan = self._loan
        if not loan.days_late:
            return "", ""
        fee = gettext("Late fee {fee} a day: {total}")
        per_day = fee.format(fee=amount(loan.late_fee_per_day), total=amount(loan.fee_today))
        title = gettext("{days} late").format(days=days_words(loan.days_late))
        return title, per_day if loan.late_fee_per_day else gettext("The agreement names no late fee.")

    def _drawings(self, shape: str) -> tuple[ConditionDrawing, ConditionDrawing]:
        before, after = ConditionDrawing(read_only=True), ConditionDrawing()
        marks = drawn(self._loan.marks, Gate.LOAN_OUT)
        for drawing in (before, after):
            drawing.set_shape(shape)
            drawing.set_marks(marks)
            drawing.setMinimumSize(*_DRAWING)
        after.marks_changed.connect(self._settle)
        return before, after

    def _make_fields(self) -> None:
        add = self.fields.add
        self.condition = add("condition", LineField(gettext("What is different"), max_length=120))
        self.late_fee = add("late_fee", MoneyField(gettext("Late fee")))
        self.late_fee.set_value(self._loan.fee_today)
        self.damage_fee = add("damage_fee", MoneyField(gettext("Damage or cleaning fee")))
        self.damage_fee.set_value(Money(0))
        owed = self._loan.open_amount
        hint = gettext("open on the repair: {amount}").format(amount=amount(owed))
        self.set_off = add(
            "set_off", MoneyField(gettext("Set off against the repair"), hint=hint, most=max(owed, Money(0)))
        )
        self.set_off.set_value(Money(0))
        self.set_off.setVisible(False)
        self.paid_by = add(
            "paid_by", ChoiceField[str](gettext("Paid now by"), paid_by_choices(), empty=gettext("not yet"))
        )
        self.paid_by.setVisible(False)
        paper = gettext("The note is signed on pape&r")
        self.signed = add("signed", SignatureField(gettext("Signature"), required=False, paper_words=paper))
        self._may_set_off = owed > Money(0) and bool(self._loan.deposit)

    def _side(self, *, before: bool) -> QWidget:
        side = QWidget()
        if before:
            words = " · ".join(filter(None, (looks_words(self._loan.looks_out), self._loan.condition_out)))
            side.setLayout(
                column(row(Text(gettext("At hand-over"), "heading"), ShortText(words, "muted")), self.before)
            )
        else:
            head = row(Text(gettext("Now"), "heading"), None, self.grade)
            side.setLayout(column(head, self.after))
        return side

    def _money_side(self) -> QWidget:
        side = QWidget()
        fees = FieldsLayout((self.late_fee, 1), (self.damage_fee, 1), gap=3)
        side.setLayout(column(self.condition, fees, self.set_off, self.paid_by, None, gap=3))
        self.set_off.setVisible(self._may_set_off)
        return side

    def _grade_chosen(self, grade: object) -> None:
        self.condition.set_required(grade is ReturnGrade.DAMAGED)
        self.damage_fee.setEnabled(grade is not ReturnGrade.AS_LENT)
        if grade is ReturnGrade.AS_LENT:
            self.damage_fee.set_value(Money(0))

    def _fees(self) -> Money:
        return (self.late_fee.value() or Money(0)) + (self.damage_fee.value() or Money(0))

    def _settle(self) -> None:
        self.parts = settle(self._loan.deposit, self._fees(), self.set_off.value() or Money(0))
        self.sum.show_sum(self._loan.deposit, self._fees(), self.parts)
        self.paid_by.setVisible(self._fees() > self.parts.kept)

    @override
    def send(self) -> None:
        """Save."""
        grade = self.grade.current
        request = TakeBack(
            loan_id=self._loan.id,
            grade=grade if isinstance(grade, ReturnGrade) else ReturnGrade.AS_LENT,
            condition=self.condition.typed(),
            late_fee=self.late_fee.value() or Money(0),
            damage_fee=self.damage_fee.value() or Money(0),
            kept=self.parts.kept,
            returned=self.parts.returned,
            set_off=self.parts.set_off,
            marks=mark_facts(self.after),
            seen_version=self._loan.version,
            paid_now=bool(self.paid_by.value()),
            paid_by=self.paid_by.value() or "",
            strokes=(self.signed.value() or Signed()).strokes,
        )
        self._presenter.take_back(request, self._done, self.refused)

    def _done(self, ended: LoanEnded) -> None:
        self.accept()
        self._saved(ended)

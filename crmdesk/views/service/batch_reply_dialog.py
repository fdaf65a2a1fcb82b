"""The answer to one line of a batch, typed from a paper or a message."""

from typing import ClassVar

from typing_extensions import override

from crmdesk.core.batch_rules import Answer
from crmdesk.core.desk_errors import SplitError
from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import Liability, Payer, Remedy, TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.batches_lines import LineRow
from crmdesk.services.batches_reply import Reply, reply
from crmdesk.views.service.batch_dialogs import BatchDialog
from crmdesk.views.service.room import Room
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, NumberField, TextField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text

_LINE, _NOTE, _MOST_DAYS = 120, 4000, 365


class ReplyDialog(BatchDialog):
    """Repairable, cause, remedy, cost and who bears which part; the parts add up while they are typed."""

    problem_fields: ClassVar = {SplitError: "cost", ReasonMissingError: "words"}

    def __init__(self, room: Room, line: LineRow) -> None:
        """Answer about the goods of ``line``."""
        about = f"{line.ticket_number} · {line.member_name} · {line.item}"
        super().__init__(room, gettext("Enter the reply"), gettext("Save reply"), about, WIDE)
        self._line = line
        choose = gettext("choose")
        self._repairable = ChoiceField(
            gettext("&Repairable"), [(gettext("yes"), True), (gettext("no"), False)], required=True, empty=choose
        )
        self._liability = ChoiceField(
            gettext("&Caused by"), [(label(one), one) for one in Liability], required=True, empty=choose
        )
        self._remedy = ChoiceField(
            gettext("&What is done"), [(label(one), one) for one in Remedy], required=True, empty=choose
        )
        self.add_row(repairable=self._repairable, liability=self._liability, remedy=self._remedy)
        self._cost = MoneyField(gettext("Cost in &all"))
        self._days = NumberField(gettext("&Days needed"), most=_MOST_DAYS)
        self._decided_by = LineField(gettext("Decided &by"), required=True, max_length=_LINE)
        self.add_row(cost=self._cost, days=self._days, decided_by=self._decided_by)
        self._sum = Text("", "heading")
        self.add_part(row(SubHeading(gettext("Who bears the cost")), None, self._sum))
        self._shares = {payer: MoneyField(label(payer)) for payer in Payer}
        self.add_row(**{payer.value: field for payer, field in self._shares.items()})
        self._words = self.add("words", TextField(gettext("&Finding, reason"), lines=2, max_length=_NOTE))
        self.fields.changed.connect(self._add_up)
        self._add_up()

    def shares(self) -> dict[Payer, Money]:
        """Give the parts that are not zero."""
        typed = {payer: field.value() for payer, field in self._shares.items()}
        return {payer: amount for payer, amount in typed.items() if amount}

    def _add_up(self) -> None:
        split, cost = Money.total(self.shares().values()), self._cost.value() or Money(0)
        words = gettext("¥{split} of ¥{cost}").format(split=split.short_text(), cost=cost.short_text())
        self._sum.setText(words)
        self._sum.set_tone(None if split == cost else Tone.LATE)

    @override
    def send(self) -> None:
        liability, remedy = self._liability.value(), self._remedy.value()
        if liability is None or remedy is None:
            return
        answer = Answer(
            repairable=bool(self._repairable.value()),
            liability=liability,
            remedy=remedy,
            cost=self._cost.value() or Money(0),
            shares=self.shares(),
            days=self._days.value(),
            decided_by=self._decided_by.typed(),
            words=self._words.typed(),
        )
        request, number = Reply(self._line.id, self._line.version, answer), self._line.ticket_number

        def said(state: TicketState) -> None:
            self.room.say(gettext("{number}: replied, {state}").format(number=number, state=label(state)))

        self.submit(lambda session, context: reply(session, request, context), said)

"""Judging: who or what caused it, what is done, who bears the cost."""

from typing import Any, ClassVar

from typing_extensions import override

from crmdesk.core.dates import months_between
from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import Liability, Payer, Remedy, TicketState
from crmdesk.core.tones import Tone
from crmdesk.services.judgement import Judge, judge
from crmdesk.views.service.case import Case
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.days import day_text
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TextField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text

_HOUSE = (Payer.STORE, Payer.HEAD_OFFICE)
_CAUSE_LENGTH = 120
_EVIDENCE_LENGTH = 4000


class JudgeDialog(StepDialog):
    """Everything a judgement records; the shares add up while they are typed."""

    problem_fields: ClassVar = {AboveLimitError: Payer.STORE.value, ReasonMissingError: "cause"}

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with what the judgement in force says, when there is one."""
        super().__init__(room, case, gettext("Judge"), gettext("Save judgement"), width=WIDE)
        self.add_part(Text(bought_words(case), "soft", wrap=True))
        self._liability = ChoiceField(
            gettext("&Caused by"), [(label(one), one) for one in Liability], required=True, empty=gettext("choose")
        )
        self._remedy = ChoiceField(
            gettext("&What is done"), [(label(one), one) for one in Remedy], required=True, empty=gettext("choose")
        )
        self.add_row(liability=self._liability, remedy=self._remedy)
        self._cause = self.add("cause", LineField(gettext("What was &found"), max_length=_CAUSE_LENGTH))
        self._evidence = self.add(
            "evidence",
            TextField(gettext("&Evidence"), lines=2, max_length=_EVIDENCE_LENGTH, hint=gettext("photos, marks")),
        )
        self._rule = self.add("rule", LineField(gettext("&Rule applied"), max_length=_CAUSE_LENGTH))
        self._rule.suggest([gettext("House warranty"), gettext("Zhejiang consumer regulation, art. 26")])
        self._sum = Text("", "heading")
        self.add_part(row(SubHeading(gettext("Who bears the cost")), None, self._sum))
        self._shares = {payer: MoneyField(label(payer)) for payer in Payer}
        self.add_row(**{payer.value: field for payer, field in self._shares.items()})
        self.fields.changed.connect(self._add_up)
        self._fill()
        self._add_up()

    def _fill(self) -> None:
        judged = self.ticket.judgement
        if judged is None:
            return
        self._liability.set_value(judged.liability)
        self._remedy.set_value(judged.remedy)
        self._cause.set_value(judged.cause)
        self._evidence.set_value(judged.evidence)
        self._rule.set_value(judged.rule)
        for payer, amount in judged.shares:
            self._shares[payer].set_value(amount)

    def shares(self) -> dict[Payer, Money]:
        """Give the shares that are not zero."""
        typed = {payer: field.value() for payer, field in self._shares.items()}
        return {payer: amount for payer, amount in typed.items() if amount}

    def _add_up(self) -> None:
        shares = self.shares()
        house = Money.total(shares.get(payer, Money(0)) for payer in _HOUSE)
        words = gettext("Total ¥{amount}").format(amount=Money.total(shares.values()).short_text())
        limit = self.case.context.actor.approve_limit
        too_much = not self.case.context.may_approve(house)
        if too_much and limit is not None:
            over = gettext("the house bears ¥{house}, your limit is ¥{limit}").format(
                house=house.short_text(), limit=limit.short_text()
            )
            words = f"{words} · {over}"
        self._sum.setText(words)
        self._sum.set_tone(Tone.LATE if too_much else None)

    @override
    def send(self) -> None:
        """Write the judgement."""
        values: dict[str, Any] = self.fields.values()
        request = Judge(
            self.ticket.id,
            self.ticket.version,
            values["liability"],
            values["remedy"],
            values["cause"] or "",
            values["evidence"] or "",
            values["rule"] or "",
            self.shares(),
        )
        self.submit(lambda session, context: judge(session, request, context), self._said)

    def _said(self, state: TicketState) -> str:
        return gettext("{number}: judged, {state}").format(number=self.ticket.number, state=label(state))


def bought_words(case: Case) -> str:
    """Say when the item was bought and for how much, so that the warranty can be judged."""
    ticket = case.ticket
    if ticket.purchased_on is None:
        return gettext("No purchase is known for this item.")
    months = months_between(ticket.purchased_on, case.context.today())
    ago = ngettext("{count} month ago", "{count} months ago", months).format(count=months)
    if months < 1:
        ago = gettext("less than a month ago")
    bought = gettext("Bought {day}, {ago}").format(day=day_text(ticket.purchased_on), ago=ago)
    return f"{bought} · ¥{ticket.price.short_text()}" if ticket.price is not None else bought

"""Judging: who or what caused it, what is done, who bears the cost."""

from typing import Any, ClassVar

from typing_extensions import override

from crmdesk.core.dates import months_between
from crmdesk.core.desk_errors import AboveLimitError, SplitError
from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.fault_codes import codes_for, fault_name
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory, Liability, Payer, Remedy, TicketState
from crmdesk.core.tones import Tone
from crmdesk.services.judgement import Judge, judge
from crmdesk.views.service.case import Case
from crmdesk.views.service.repair_known import known_of
from crmdesk.views.service.repair_rule_hints import rule_hints, warranty_words
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.days import day_text
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TextField, TickField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text

_HOUSE = (Payer.STORE, Payer.HEAD_OFFICE)
_CAUSE_LENGTH = 120
_EVIDENCE_LENGTH = 4000


class JudgeDialog(StepDialog):
    """Everything a judgement records; the shares add up while they are typed."""

    problem_fields: ClassVar = {AboveLimitError: Payer.STORE.value, ReasonMissingError: "cause", SplitError: "cost"}

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
        self._cause = LineField(gettext("What was &found"), max_length=_CAUSE_LENGTH)
        codes = tuple(dict.fromkeys((*case.ticket.faults, *codes_for(case.ticket.category or ItemCategory.OTHER))))
        self._fault = ChoiceField(gettext("Fau&lt"), [(fault_name(code), code) for code in codes])
        self.add_row(cause=self._cause, fault=self._fault)
        self._evidence = self.add(
            "evidence",
            TextField(gettext("&Evidence"), lines=2, max_length=_EVIDENCE_LENGTH, hint=gettext("photos, marks")),
        )
        self._photos = photo_ticks(case)
        for name, tick in self._photos.items():
            self.add(f"photo_{name}", tick)
        hints = rule_hints(case)
        self._rule = self.add("rule", LineField(gettext("&Rule applied"), max_length=_CAUSE_LENGTH))
        self._rule.suggest(hints)
        self._rule.set_value(hints[0] if case.ticket.purchased_on is not None or len(hints) > 1 else None)
        self._rule.set_hint(gettext("suggested; not legal advice"))
        self._sum = Text("", "heading")
        self.add_part(row(SubHeading(gettext("Who bears the cost")), None, self._sum))
        self._cost = self.add("cost", MoneyField(gettext("C&ost in all"), hint=gettext("empty: what the shares make")))
        self._shares = {payer: MoneyField(label(payer)) for payer in Payer}
        self.add_row(**{payer.value: field for payer, field in self._shares.items()})
        self.fields.changed.connect(self._add_up)
        self._fill()
        self._add_up()

    def _fill(self) -> None:
        judged = self.ticket.judgement
        if judged is None:
            self._fault.set_value(self.ticket.faults[0] if self.ticket.faults else None)
            return
        more = known_of(self.case).judged
        self._fault.set_value(more.fault or None)
        self._cost.set_value(more.cost or None)
        for name in more.photos:
            if name in self._photos:
                self._photos[name].set_value(True)
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
        split = Money.total(shares.values())
        words = gettext("Total ¥{amount}").format(amount=split.short_text())
        missing = (self._cost.value() or split) - split
        if missing:
            words = f"{words} · {_missing_words(missing)}"
        limit = self.case.context.actor.approve_limit
        too_much = not self.case.context.may_approve(house)
        if too_much and limit is not None:
            over = gettext("the house bears ¥{house}, your limit is ¥{limit}").format(
                house=house.short_text(), limit=limit.short_text()
            )
            words = f"{words} · {over}"
        self._sum.setText(words)
        self._sum.set_tone(Tone.LATE if too_much or missing else None)

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
            self._cost.value(),
            values["fault"] or "",
            tuple(name for name, tick in self._photos.items() if tick.value()),
        )
        self.submit(lambda session, context: judge(session, request, context), self._said)

    def _said(self, state: TicketState) -> str:
        return gettext("{number}: judged, {state}").format(number=self.ticket.number, state=label(state))


def _missing_words(missing: Money) -> str:
    if missing > Money(0):
        return gettext("¥{amount} is not given to anybody yet").format(amount=missing.short_text())
    return gettext("¥{amount} more than the cost").format(amount=(-missing).short_text())


def photo_ticks(case: Case) -> dict[str, TickField]:
    """Give one box for each photo of the ticket, by its hash."""
    found = {}
    for place, (name, caption) in enumerate(known_of(case).photos, 1):
        words = gettext("Photo {number}").format(number=place)
        found[name] = TickField(f"{words} · {caption}" if caption else words)
    return found


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
    price = f"¥{ticket.price.short_text()}" if ticket.price is not None else ""
    return " · ".join(part for part in (bought, price, warranty_words(case)) if part)

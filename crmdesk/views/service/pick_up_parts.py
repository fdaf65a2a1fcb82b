"""Parts of the pick-up page: who takes the goods, what goes, what is to be paid, the loaner."""

from typing import Final

from PySide6.QtCore import Signal
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.queries.hand_overs import HandOverRow
from crmdesk.services.pickup import Pay
from crmdesk.views.service.loan_fee_words import loan_fee_facts
from crmdesk.views.service.pay_dialog import METHODS
from crmdesk.views.service.pick_up_presenter import PickUp
from crmdesk.views.support.days import day_text, moment_text
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TickField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text, show_if

_LINE: Final = 120
_LAST_DIGIT: Final = 9


class PersonPart(Card):
    """The customer, or somebody who stands for them: who, and what was looked at."""

    def __init__(self, fields: FieldSet) -> None:
        """Add the fields to the page's own."""
        super().__init__(gettext("Who takes the goods"), "user-round")
        self.person = fields.add("person", LineField(gettext("&Name"), required=True, max_length=_LINE))
        self.other = fields.add("other", TickField(gettext("Some&body else, not the customer")))
        self.stands_for = fields.add(
            "stands_for", LineField(gettext("Stands &for the customer as"), required=True, max_length=_LINE)
        )
        self.seen = fields.add("seen", LineField(gettext("&Looked at"), required=True, max_length=_LINE))
        self.stands_for.suggest(
            [gettext("spouse"), gettext("child"), gettext("parent"), gettext("friend"), gettext("colleague")]
        )
        self.seen.suggest([gettext("slip"), gettext("message of the customer"), gettext("called the customer")])
        self._both = FieldsLayout((self.stands_for, 1), (self.seen, 1), gap=3)
        self.add(self.person)
        self.add(self.other)
        self.add(self._both)
        self._name = ""
        self.other.changed.connect(self._turn)
        self._turn()

    def begin(self, name: str) -> None:
        """Begin with the customer."""
        self._name = name
        self.other.set_value(None)
        self.person.set_value(name)
        for field in (self.stands_for, self.seen):
            field.set_value("")
        self._turn()

    def _turn(self) -> None:
        other = self.other.value()
        for field in (self.stands_for, self.seen):
            field.setVisible(other)
        if other and self.person.typed() == self._name:
            self.person.set_value("")
            self.person.setFocus()
        elif not other and not self.person.typed():
            self.person.set_value(self._name)

    def values(self) -> tuple[str, str, str]:
        """Give the person, what they are to the customer, and what was looked at."""
        if not self.other.value():
            return self.person.typed(), "", ""
        return self.person.typed(), self.stands_for.typed(), self.seen.typed()


class GoodsPart(Card):
    """The item and every accessory that is still here, each to be ticked as it goes; Space ticks."""

    ticked = Signal()

    def __init__(self, fields: FieldSet) -> None:
        """Begin empty."""
        super().__init__(gettext("Handed over now"), "package-open")
        self._fields = fields
        self._shown: tuple[tuple[int, str], ...] = ()
        self.ticks: dict[int, TickField] = {}
        self.problem = Text("", "error", wrap=True)
        self._before = Text("", "muted", wrap=True)
        self._list = column(gap=2)
        self.all = Button(gettext("Tick &everything"), "list-checks")
        self.note = fields.add("note", LineField(gettext("&Condition, or why something stays"), max_length=_LINE))
        self.note.suggest([gettext("as at intake"), gettext("repaired part looked at and tried")])
        self.add(self._before)
        self.add(self._list)
        self.add(self.problem)
        self.add(row(self.all, None))
        self.add(self.note)
        self.all.clicked.connect(lambda _checked=False: self.tick_all())

    def show_case(self, case: PickUp) -> None:
        """Show what is still here; ticks stay while the things stay the same."""
        ticket = case.ticket
        item = () if case.item_went else ((0, ticket.item or ticket.subject or ticket.number),)
        here = item + tuple((one.id, one.name) for one in ticket.accessories if not one.handed_back)
        self._say_before(case)
        if here == self._shown:
            return
        self._shown = here
        for tick in self.ticks.values():
            self._list.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = {}
        for place, (key, name) in enumerate(here, 1):
            tick = TickField(name.replace("&", "&&") + (f" (&{place})" if place <= _LAST_DIGIT else ""))
            tick.changed.connect(self._changed)
            self._list.addWidget(tick)
            self.ticks[key] = tick
        self._changed()

    def _say_before(self, case: PickUp) -> None:
        zone = case.context.store.zone
        lines = [_handed(one, case, zone) for one in case.handed]
        self._before.setText("\n".join(lines))
        show_if(self._before, bool(lines))

    def _changed(self) -> None:
        self.say("")
        self.ticked.emit()

    def say(self, words: str) -> None:
        """Show what is wrong with the ticks."""
        self.problem.setText(words)
        show_if(self.problem, bool(words))

    def tick_all(self) -> None:
        """Tick everything that is here."""
        for tick in self.ticks.values():
            tick.set_value(value=True)

    @property
    def item_back(self) -> bool:
        """Tell whether the item is ticked."""
        return 0 in self.ticks and self.ticks[0].value()

    @property
    def accessories(self) -> frozenset[int]:
        """Give the keys of the accessories that are ticked."""
        return frozenset(key for key, tick in self.ticks.items() if key and tick.value())

    @property
    def left(self) -> tuple[str, ...]:
        """Give the names of what would stay."""
        names = dict(self._shown)
        return tuple(names[key] for key, tick in self.ticks.items() if not tick.value())

    @property
    def any(self) -> bool:
        """Tell whether something is ticked."""
        return any(tick.value() for tick in self.ticks.values())


def _handed(one: HandOverRow, case: PickUp, zone: str) -> str:
    things = ((case.ticket.item or case.ticket.subject,) if one.item_back else ()) + one.accessories
    return gettext("{day}: {person} took {things}").format(
        day=moment_text(one.at, zone), person=one.person, things=gettext(", ").join(things)
    )


class MoneyPart(Card):
    """What is open with its parts, and taking it here."""

    pay_asked = Signal(object)
    fee_asked = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(gettext("Money"), "banknote")
        self._facts = FactsTable()
        self.banner = Banner(tone=Tone.WARN, icon="banknote")
        self.fee = Banner(tone=Tone.WAITING, icon="warehouse")
        self._charge = self.fee.add_action(gettext("Char&ge it"))
        self.amount = MoneyField(gettext("&Amount"), least=Money(1))
        self.method = ChoiceField(gettext("Paid b&y"), [(gettext(words), key) for key, words in METHODS.items()])
        self.take = Button(gettext("&Take payment"), "hand-coins")
        self._form = FieldsLayout((self.amount, 1), (self.method, 1), gap=3)
        for part in (self.banner, self.fee, self._facts, self._form, row(self.take, None)):
            self.add(part)
        self.method.set_value("wechat")
        self._case: PickUp | None = None
        self.take.clicked.connect(lambda _checked=False: self._ask())
        self._charge.clicked.connect(lambda _checked=False: self.fee_asked.emit())

    def show_case(self, case: PickUp) -> None:
        """Show the sums."""
        was = self._case
        self._case = case
        owed = case.money.open
        self._facts.set_facts(_sums(case))
        self._say(owed)
        fee = case.fee_due
        words = gettext("Storage fee of ¥{amount} is not charged yet").format(amount=fee.short_text()) if fee else ""
        self.fee.set(words, gettext("Counted by the day since the letter."), Tone.WAITING, "warehouse")
        for part in (self.amount, self.method, self.take):
            part.setVisible(owed > Money(0))
        if was is None or was.ticket.id != case.ticket.id or was.money.open != owed:
            self.amount.most = owed
            self.amount.set_value(owed if owed > Money(0) else None)
            self.amount.show_problem("")

    def _say(self, owed: Money) -> None:
        if owed > Money(0):
            words = gettext("¥{amount} is still open").format(amount=owed.short_text())
            self.banner.set(words, gettext("Take the payment before the item goes."), Tone.WARN, "banknote")
        elif owed < Money(0):
            words = gettext("¥{amount} is to be paid back").format(amount=(-owed).short_text())
            self.banner.set(words, gettext("Pay it back before the item goes."), Tone.WARN, "banknote")
        else:
            self.banner.set(gettext("Nothing to pay"), "", Tone.OK, "circle-check")

    def _ask(self) -> None:
        case, amount = self._case, self.amount.value()
        if case is None or not self.amount.check():
            return
        if amount is None:
            self.amount.show_problem(gettext("Please fill this in."))
            self.amount.setFocus()
            return
        self.pay_asked.emit(Pay(case.ticket.id, case.ticket.version, amount, self.method.value() or ""))

    @override
    def setFocus(self) -> None:  # type: ignore[override] # only the plain form is used
        self.amount.setFocus()


def _sums(case: PickUp) -> list[Fact]:
    money = case.money
    facts = [Fact(gettext("Agreed quote"), f"¥{money.agreed.short_text()}")] if money.agreed else []
    for one in case.charges:
        amount = f"¥{one.amount.short_text()}"
        words = gettext("waived: {reason}").format(reason=one.waive_reason) if one.waived else one.note
        facts.append(Fact(label(one.kind), " · ".join(part for part in (amount, words) if part)))
    if money.paid:
        facts.append(Fact(gettext("Paid"), f"−¥{money.paid.short_text()}"))
    return facts + loan_fee_facts(case.loan_fees)


class LoanerPart(Banner):
    """The hard stop while a loaner is out."""

    back_asked = Signal()
    over_asked = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__(tone=Tone.LATE, icon="luggage")
        self._back = self.add_action(gettext("Take bac&k"))
        self._over = self.add_action(gettext("Manager takes &over"))
        self._back.clicked.connect(lambda _checked=False: self.back_asked.emit())
        self._over.clicked.connect(lambda _checked=False: self.over_asked.emit())

    def show_case(self, case: PickUp) -> None:
        """Show the loaner that is out, or the loan that the manager has taken over."""
        loan = case.ticket.loan_out
        self._back.setVisible(loan is not None)
        self._over.setVisible(loan is not None)
        if loan is None:
            over = next((one for one in case.ticket.loans if one.taken_over), None)
            said = gettext("The manager has taken the loan of {code} over")
            self.set(said.format(code=over.loaner_code) if over else "", "", Tone.WARN, "luggage")
            return
        words = gettext("Loaner {code} {name} is not back").format(code=loan.loaner_code, name=loan.loaner_name)
        day = day_text(loan.due_on, case.context.today())
        due = gettext("Due back {day}. The goods stay here until it is back.").format(day=day)
        self.set(words, due, Tone.LATE, "luggage")
        if case.context.may(Right.OVERRIDE):
            self._over.allow()
        else:
            self._over.refuse(gettext("Only a manager takes a loan over."))

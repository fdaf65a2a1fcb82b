"""Registering a loaner, and changing its facts."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.loaners import SizeClass
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory
from crmdesk.queries.loans import LoanerDetail
from crmdesk.services.loaners import EditLoaner, LoanerFacts, LoanerMade
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, NumberField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.fields_layout import FieldsLayout

if TYPE_CHECKING:
    from crmdesk.views.support.field import Field

_WIDTH = 620
_NUMBERED = re.compile(r"^(.*?)(\d+)$")
_FIRST_CODE = "L-001"


class LoanerForm(FormDialog):
    """The facts of a loaner; without `known` a new one."""

    def __init__(
        self, parent: QWidget, desk: Desk, saved: Callable[[LoanerMade], None], known: LoanerDetail | None = None
    ) -> None:
        """Edit `known`, or register; `saved` gets what was written."""
        title = gettext("Edit {code}").format(code=known.row.code) if known else gettext("Register a loaner")
        super().__init__(parent, title, gettext("Save"), width=_WIDTH)
        self._presenter = LoanerPresenter(desk, self)
        self._known = known
        self._saved = saved
        self._make_fields()
        self._arrange()
        if known is not None:
            self._fill(known)
        else:
            self._presenter.read_codes(self._suggest_code)
        self.name.setFocus()

    def _make_fields(self) -> None:
        add = self.fields.add
        self.code = add("code", LineField(gettext("Code on its tag"), required=True, max_length=40))
        self.name = add(
            "name", LineField(gettext("Item"), required=True, max_length=120, example=gettext("20-inch suitcase"))
        )
        kinds = [(label(one), one) for one in ItemCategory]
        self.category = add("category", ChoiceField[ItemCategory](gettext("Category"), kinds, required=True))
        sizes = [(label(one), one) for one in SizeClass]
        self.size_class = add("size_class", ChoiceField[SizeClass](gettext("Size class"), sizes, required=True))
        self.size_class.set_value(SizeClass.ONE_SIZE)
        self.brand = add("brand", LineField(gettext("Brand"), max_length=40))
        self.colour = add("colour", LineField(gettext("Its colour"), max_length=40))
        self.size_words = add("size", LineField(gettext("Its size"), max_length=40))
        self.serial = add("serial", LineField(gettext("Serial number"), max_length=40))
        self.accessories = add("accessories", LineField(gettext("Lent along with it"), max_length=120))
        self.value = add("value", MoneyField(gettext("Value"), required=True))
        own = gettext("empty: share of the value")
        self.deposit = add("deposit", MoneyField(gettext("Own deposit"), hint=own))
        self.shelf = add("shelf", LineField(gettext("Shelf"), max_length=40))
        self.looks = add("looks", NumberField(gettext("Looks, tenths of new"), required=True, least=1, most=10))
        self.looks.set_value(10)
        today = self._presenter.today
        self.bought_on = add("bought_on", DayField(gettext("Bought on"), today, leaning=Leaning.PAST))
        self.cleaned_on = add("cleaned_on", DayField(gettext("Last cleaned"), today, leaning=Leaning.PAST))

    def _arrange(self) -> None:
        lines: Sequence[Sequence[Field[object]]] = (
            (self.code, self.name),
            (self.category, self.size_class, self.size_words),
            (self.brand, self.colour, self.serial),
            (self.accessories,),
            (self.value, self.deposit, self.shelf),
            (self.looks, self.bought_on, self.cleaned_on),
        )  # type: ignore[assignment] # fields of every kind
        for line in lines:
            self.add_part(FieldsLayout(*((field, 1) for field in line), gap=3))

    def _fill(self, known: LoanerDetail) -> None:
        facts = known.row
        self.code.set_value(facts.code)
        self.name.set_value(facts.name)
        self.category.set_value(facts.category)
        self.size_class.set_value(facts.size_class)
        self.brand.set_value(facts.brand)
        self.colour.set_value(facts.colour)
        self.size_words.set_value(facts.size)
        self.serial.set_value(known.serial)
        self.accessories.set_value(known.accessories)
        self.value.set_value(facts.value)
        self.deposit.set_value(known.deposit_rule or None)
        self.shelf.set_value(facts.shelf)
        self.looks.set_value(facts.looks)
        self.bought_on.set_value(known.bought_on)
        self.cleaned_on.set_value(facts.cleaned_on)

    def _suggest_code(self, used: list[str]) -> None:
        if not self.code.typed():
            self.code.set_value(next_code(used))
            self.fields.mark_clean()

    def facts(self) -> LoanerFacts:
        """Give what is typed."""
        return LoanerFacts(
            code=self.code.typed(),
            name=self.name.typed(),
            category=self.category.value() or ItemCategory.OTHER,
            value=self.value.value() or Money(0),
            size_class=self.size_class.value() or SizeClass.ONE_SIZE,
            brand=self.brand.typed(),
            colour=self.colour.typed(),
            size=self.size_words.typed(),
            serial=self.serial.typed(),
            accessories=self.accessories.typed(),
            deposit=self.deposit.value() or Money(0),
            shelf=self.shelf.typed(),
            looks=self.looks.value() or 1,
            bought_on=self.bought_on.value(),
            cleaned_on=self.cleaned_on.value(),
        )

    @override
    def send(self) -> None:
        """Save."""
        if self._known is None:
            self._presenter.register(self.facts(), self._done, self.refused)
        else:
            request = EditLoaner(self._known.row.id, self._known.row.version, self.facts())
            self._presenter.edit(request, self._done, self.refused)

    def _done(self, made: LoanerMade) -> None:
        self.accept()
        self._saved(made)


def next_code(used: Sequence[str]) -> str:
    """Give the code after the highest one in use: L-009 is followed by L-010."""
    numbered = [found for code in used if (found := _NUMBERED.match(code))]
    if not numbered:
        return _FIRST_CODE
    last = max(numbered, key=lambda found: int(found[2]))
    return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}d}"

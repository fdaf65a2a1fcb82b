"""The lines of a receipt that is typed in: style, goods, kind, pieces, price, amount; the amount follows the price."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory
from crmdesk.queries.purchase_case import LineShown
from crmdesk.services.purchase_desk import MOST_PIECES
from crmdesk.services.purchases import LineFacts
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, NumberField
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row

_MOST_LINES = 40
_STYLE, _NAME = 40, 120
_SHARES = {"style": 3, "name": 6, "category": 3, "quantity": 2, "price": 3, "amount": 3}


class LineFields:
    """The fields of one line; a line in which nothing is typed is none."""

    def __init__(self, *, first: bool) -> None:
        """Build; the ``first`` line carries the letters that reach it."""
        self.style = LineField(gettext("&Style") if first else gettext("Style"), max_length=_STYLE)
        self.name = LineField(gettext("G&oods bought") if first else gettext("Goods bought"), max_length=_NAME)
        kinds = [(label(one), one) for one in ItemCategory]
        self.category = ChoiceField[ItemCategory](gettext("Kind"), kinds)
        self.quantity = NumberField(gettext("Pieces"), least=1, most=MOST_PIECES)
        self.price = MoneyField(gettext("Unit price"))
        self.amount = MoneyField(gettext("Line total"))
        self._followed = ""
        self.quantity.set_value(1)
        self.quantity.changed.connect(self._follow)
        self.price.changed.connect(self._follow)

    def fields(self) -> dict[str, Field[Any]]:
        """Give the fields by name, in reading order."""
        return {
            "style": self.style,
            "name": self.name,
            "category": self.category,
            "quantity": self.quantity,
            "price": self.price,
            "amount": self.amount,
        }

    def _follow(self) -> None:
        """Let the amount be pieces times price while nobody typed another one."""
        if self.amount.typed() not in {"", self._followed}:
            return
        price, pieces = self.price.value(), self.quantity.value()
        self.amount.set_value(price * pieces if price is not None and pieces is not None else None)
        self._followed = self.amount.typed()

    def show_line(self, line: LineShown) -> None:
        """Show what a line was."""
        self.style.set_value(line.style)
        self.name.set_value(line.name)
        self.category.set_value(line.category)
        self.quantity.set_value(line.quantity)
        self.price.set_value(line.unit_price)
        self.amount.set_value(line.amount)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is typed."""
        return not any(field.typed() for field in (self.style, self.name, self.price, self.amount))

    def problems(self) -> dict[str, str]:
        """Say what is missing."""
        needed: dict[str, LineField | NumberField | MoneyField] = {
            "name": self.name,
            "quantity": self.quantity,
            "amount": self.amount,
        }
        return {key: gettext("Please fill this in.") for key, field in needed.items() if not field.typed()}

    def facts(self) -> LineFacts:
        """Give the line for the service."""
        return LineFacts(
            self.name.typed(),
            self.amount.value() or Money(0),
            self.quantity.value() or 0,
            self.style.typed(),
            self.category.value() or ItemCategory.OTHER,
            unit_price=self.price.value(),
        )


class LinesPart(QWidget):
    """All lines; ``added`` carries the fields of a new line by name."""

    added = Signal(object)

    def __init__(self, known: Sequence[LineShown] = ()) -> None:
        """Build a line for each of ``known``, or one empty line."""
        super().__init__()
        self.lines: list[LineFields] = []
        self._box = column(gap=2)
        self.more = Button(gettext("Another &line"), "plus", "link")
        self.more.clicked.connect(self._more)
        self.setLayout(column(self._box, row(self.more, None), gap=1))
        for line in known or (None,):
            self._add(line)
        self._chain()

    def named(self) -> dict[str, Field[Any]]:
        """Give every field by its name in the form."""
        found: dict[str, Field[Any]] = {}
        for place, line in enumerate(self.lines):
            found |= self._named(place, line)
        return found

    def _named(self, place: int, line: LineFields) -> dict[str, Field[Any]]:
        return {f"line{place}.{name}": field for name, field in line.fields().items()}

    def _add(self, known: LineShown | None) -> LineFields:
        line = LineFields(first=not self.lines)
        if known is not None:
            line.show_line(known)
        self.lines.append(line)
        self._box.addLayout(FieldsLayout(*((field, _SHARES[name]) for name, field in line.fields().items()), gap=2))
        return line

    def _chain(self) -> None:
        """Let Tab go through the lines in reading order, and to the button after the last."""
        stops = [field.editor for line in self.lines for field in line.fields().values()]
        for before, after in pairwise([*stops, self.more]):
            self.setTabOrder(before, after)

    def _more(self, _checked: object = None) -> None:
        if len(self.lines) < _MOST_LINES:
            line = self._add(None)
            self._chain()
            self.added.emit(self._named(len(self.lines) - 1, line))
            line.style.setFocus()

    def problems(self) -> dict[str, str]:
        """Say what is missing, by the names of the form; the first line counts even when it is empty."""
        typed = [(place, line) for place, line in enumerate(self.lines) if not line.is_empty]
        return {
            f"line{place}.{name}": sentence
            for place, line in typed or [(0, self.lines[0])]
            for name, sentence in line.problems().items()
        }

    def facts(self) -> tuple[LineFacts, ...]:
        """Give the lines for the service."""
        return tuple(line.facts() for line in self.lines if not line.is_empty)

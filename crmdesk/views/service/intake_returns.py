"""Lines of a return on the intake form: which bought piece, how many, why; without a receipt with the reason."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory, ReturnReason
from crmdesk.queries.intake import PersonFacts
from crmdesk.queries.intake_goods import GoodsRow
from crmdesk.services.desk_intake import ReturnPiece
from crmdesk.services.ticket_intake import ItemFacts
from crmdesk.views.service.intake_fields import GoodsField, Kept
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.intake_words import goods_words
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, NumberField, TickField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import show_if

_MOST_LINES = 8


class ReturnLine(QWidget):
    """One line."""

    changed = Signal()
    removed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        """Build empty; the store's day is ``today``."""
        super().__init__()
        self._today = today
        self.goods = GoodsField(gettext("&Item (from purchases)"), goods_words)
        self.quantity = NumberField(gettext("Pieces"), least=1, most=999)
        self.quantity.set_value(1)
        reasons = [(label(one), one) for one in ReturnReason]
        self.reason = ChoiceField[ReturnReason](gettext("Reason"), reasons)
        self.paid = MoneyField(gettext("Price paid"))
        self.what = LineField(gettext("What it is"), max_length=60)
        self.no_receipt = LineField(gettext("Why without a receipt"), hint=gettext("manager"), max_length=100)
        self.distance = TickField(gettext("Sold at a distance (phone, internet)"), in_line=True)
        self.arrived = DayField(
            gettext("Arrived on"), today, leaning=Leaning.PAST, hint=gettext("else the receipt's day")
        )
        self._remove = IconButton("x", gettext("Remove line"))
        self._remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._remove.clicked.connect(self.removed)
        self._arrange()
        for field in self._fields().values():
            field.changed.connect(self._on_changed)
        self._show_chosen()

    def _arrange(self) -> None:
        top = row(gap=2)
        for part, share in ((self.goods, 7), (self.quantity, 2), (self.reason, 4), (self.paid, 4)):
            top.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignBottom)
        self._typed = QWidget()
        self._typed.setLayout(row(self.what, self.no_receipt, gap=2))
        self._far = QWidget()
        self._far.setLayout(row(self.distance, self.arrived, gap=2))
        self.setLayout(column(top, self._typed, self._far, gap=1))

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        return [field.editor for field in self._fields().values()]

    def _on_changed(self) -> None:
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        chosen = self.goods.value()
        show_if(self._typed, self.goods.is_new)
        show_if(self._far, chosen is not None and chosen.purchase_line_id is not None)
        show_if(self.arrived, self.distance.value())
        self.paid.line.setReadOnly(chosen is not None)
        if chosen is not None:
            self.quantity.most = max(chosen.left, 1)
            pieces = self.quantity.value() or 1
            self.paid.line.blockSignals(True)
            self.paid.set_value((chosen.price or Money(0)) * pieces)
            self.paid.line.blockSignals(False)

    def piece(self) -> ReturnPiece | None:
        """Give the line for the service; None while something is missing."""
        chosen, reason, quantity = self.goods.value(), self.reason.value(), self.quantity.value()
        if reason is None or quantity is None:
            return None
        if chosen is not None and chosen.purchase_line_id is not None:
            far = self.distance.value()
            arrived = self.arrived.value() if far else None
            return ReturnPiece(reason, quantity, chosen.purchase_line_id, distance_sale=far, arrived_on=arrived)
        name = chosen.name if chosen is not None else self.what.typed()
        if not name:
            return None
        words = self.no_receipt.typed()
        return ReturnPiece(reason, quantity, None, name, self.paid.value() or Money(0), words)

    def check(self) -> bool:
        """Show what is missing; tell whether all is well."""
        checked: tuple[Field[Any], ...] = (self.goods, self.quantity, self.paid, self.arrived)
        wrong: list[Field[Any]] = [field for field in checked if not field.check()]
        if self.goods.is_empty():
            self.goods.show_problem(gettext("Please choose what comes back."))
            wrong.append(self.goods)
        if self.reason.value() is None:
            self.reason.show_problem(gettext("Please choose why."))
            wrong.append(self.reason)
        if self.goods.is_new:
            for field in (self.what, self.no_receipt):
                if not field.typed():
                    field.show_problem(gettext("Please fill this in."))
                    wrong.append(field)
        when = self._wrong_day()
        if when and self.arrived not in wrong:
            self.arrived.show_problem(when)
            wrong.append(self.arrived)
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def _wrong_day(self) -> str:
        """Say why the goods cannot have arrived on that day; empty when they can."""
        chosen, arrived = self.goods.value(), self.arrived.value()
        if chosen is None or arrived is None or not self.distance.value():
            return ""
        if arrived > self._today():
            return gettext("This day is still to come.")
        early = chosen.purchased_on is not None and arrived < chosen.purchased_on
        return gettext("This is before the purchase.") if early else ""

    def draft(self) -> dict[str, object]:
        """Give what is typed."""
        return {name: field.draft() for name, field in self._fields().items()}

    def restore(self, state: dict[str, Any]) -> None:
        """Put back what `draft` gave."""
        fields = self._fields()
        for name, typed in state.items():
            if name in fields:
                fields[name].restore(typed)

    def _fields(self) -> dict[str, Field[Any]]:
        return {
            "goods": self.goods,
            "quantity": self.quantity,
            "reason": self.reason,
            "paid": self.paid,
            "what": self.what,
            "no_receipt": self.no_receipt,
            "distance": self.distance,
            "arrived": self.arrived,
        }


class ReturnsPart(QWidget):
    """The lines; `lines_changed` when one was added, changed or removed."""

    lines_changed = Signal()
    stops_changed = Signal()

    def __init__(self, fields: FieldSet, presenter: IntakePresenter) -> None:
        """Add its state to the draft of `fields`."""
        super().__init__()
        self._presenter = presenter
        self._rows: tuple[GoodsRow, ...] = ()
        self._lines: list[ReturnLine] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self._add = Button(gettext("Another piece"), "plus", "quiet")
        self._add.clicked.connect(self._add_line)
        self.setLayout(column(self._box, row(self._add, None), gap=1))
        self._kept = fields.add("pieces", Kept(self, self._give, self._take))
        self._add_line()

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        return [stop for line in self._lines for stop in line.stops()] + [self._add]

    def person_changed(self, facts: PersonFacts | None) -> None:
        """Offer what another person bought."""
        if facts is None:
            self._offer(())
        else:
            self._presenter.read_goods(facts.id, self._offer, key="bought")

    def _offer(self, rows: Sequence[GoodsRow]) -> None:
        self._rows = tuple(row for row in rows if row.left > 0)
        for line in self._lines:
            line.goods.set_rows(self._rows)

    def _add_line(self, _checked: object = None) -> None:
        if len(self._lines) >= _MOST_LINES:
            return
        line = ReturnLine(self._presenter.today)
        line.goods.set_rows(self._rows)
        line.changed.connect(self._on_changed)
        line.removed.connect(lambda: self._remove(line))
        self._lines.append(line)
        self._box.addWidget(line)
        self.stops_changed.emit()
        self._on_changed()
        if len(self._lines) > 1:
            line.goods.setFocus()

    def _remove(self, line: ReturnLine) -> None:
        if len(self._lines) > 1:
            self._lines.remove(line)
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
            self._on_changed()

    def _on_changed(self) -> None:
        self._kept.touch()
        self.lines_changed.emit()

    def category_now(self) -> ItemCategory | None:
        """Give the kind of the first piece, for the drawing."""
        chosen = self._lines[0].goods.value()
        return chosen.category if chosen is not None else ItemCategory.OTHER

    def facts(self) -> ItemFacts | None:
        """Give the first piece as the ticket's item."""
        chosen = self._lines[0].goods.value()
        if chosen is None:
            name = self._lines[0].what.typed()
            return ItemFacts(ItemCategory.OTHER, name) if name else None
        return ItemFacts(
            chosen.category,
            chosen.name,
            item_id=chosen.item_id,
            purchase_line_id=None if chosen.item_id else chosen.purchase_line_id,
            model=chosen.model,
            colour=chosen.colour,
            size=chosen.size,
            size_class=chosen.size_class,
            purchased_on=chosen.purchased_on,
            price=chosen.price,
        )

    def pieces(self) -> tuple[ReturnPiece, ...]:
        """Give the lines for the service."""
        return tuple(piece for piece in (line.piece() for line in self._lines) if piece is not None)

    def check(self) -> bool:
        """Show what is missing in the lines."""
        return all([line.check() for line in self._lines])  # noqa: C419 - every line shows its problems

    def _give(self) -> object:
        return [line.draft() for line in self._lines]

    def _take(self, state: object) -> None:
        kept = state if isinstance(state, list) else []
        for line in self._lines[1:]:
            self._remove(line)
        for number, one in enumerate(kept or [{"quantity": "1"}]):
            if number >= len(self._lines):
                self._add_line()
            if isinstance(one, dict):
                self._lines[number].restore(one)

    def clear(self) -> None:
        """Begin again with one empty line."""
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        self._rows = ()
        self._add_line()

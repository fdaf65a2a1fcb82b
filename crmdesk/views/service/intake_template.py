"""The fields that only one kind of goods has, as the store asks them: shown when the kind is known."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.item_templates import LONGEST, ItemField, ItemFieldKind, checked_value
from crmdesk.core.tickets import ItemCategory
from crmdesk.views.service.intake_fields import Kept
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.support import errors
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.text import show_if

Values = Mapping[str, str]


class TemplatePart(QWidget):
    """One line of small fields; what was typed for one kind is there again when that kind is chosen again."""

    stops_changed = Signal()

    def __init__(self, fields: FieldSet, presenter: IntakePresenter) -> None:
        """Add its state to the draft of `fields`."""
        super().__init__()
        self._presenter = presenter
        self._asked: tuple[ItemField, ...] = ()
        self._fields: dict[str, Field[Any]] = {}
        self._wanted: dict[str, str] = {}
        self._category: ItemCategory | None = None
        self._host = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._host)
        self._kept = fields.add("item_values", Kept(self, self._give, self._take))
        show_if(self, False)

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        return [field.editor for field in self._fields.values()]

    def ask(self, category: ItemCategory | None, asked: Sequence[ItemField]) -> None:
        """Ask these fields; the same ones stay as they are."""
        if (category, tuple(asked)) == (self._category, self._asked):
            return
        self._category, self._asked = category, tuple(asked)
        old, self._host = self._host, QWidget()
        self._fields = {one.key: self._field(one) for one in self._asked}
        self._host.setLayout(FieldsLayout(*((field, 1) for field in self._fields.values())))
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(old, self._host)
        old.hide()
        old.deleteLater()
        show_if(self, bool(self._asked))
        self._fill()
        self.stops_changed.emit()

    def _field(self, asked: ItemField) -> Field[Any]:
        options = asked.options()
        made: Field[Any]
        if options:
            made = ChoiceField(asked.name(), options)
        elif asked.kind is ItemFieldKind.DAY:
            made = DayField(asked.name(), self._presenter.today)
        else:
            made = LineField(asked.name(), max_length=LONGEST)
        made.changed.connect(self._kept.touch)
        return made

    # -- values ------------------------------------------------------------------------------------

    def show_values(self, values: Values) -> None:
        """Show what is known of a thing that is on file; what was not known stays as typed."""
        self._wanted = {**self._wanted, **values}
        self._fill()

    def forget(self) -> None:
        """Empty everything: it is another thing."""
        self._wanted = {}
        for field in self._fields.values():
            field.set_value(None)

    def _fill(self) -> None:
        for asked in self._asked:
            known = self._wanted.get(asked.key)
            if known:
                self._fields[asked.key].set_value(_as_value(asked, known))

    def values(self) -> dict[str, str]:
        """Give the values for the service, as typed; an emptied field gives an empty one."""
        return {key: _as_text(field) for key, field in self._fields.items()}

    def check(self) -> bool:
        """Show what does not fit."""
        for asked in self._asked:
            field = self._fields[asked.key]
            try:
                checked_value(asked, _as_text(field))
            except InvalidFieldError as refused:
                sentence = errors.explain(refused)
                field.show_problem(sentence.line() if sentence is not None else "")
                field.setFocus()
                return False
            field.show_problem("")
        return True

    def _give(self) -> object:
        return {key: value for key, value in self.values().items() if value}

    def _take(self, state: object) -> None:
        self.forget()
        if isinstance(state, dict):
            self.show_values({str(key): str(value) for key, value in state.items()})


def _as_text(field: Field[Any]) -> str:
    if isinstance(field, DayField):
        day = field.value()
        return day.isoformat() if day is not None else field.line.text().strip()
    return str(field.value() or "")


def _as_value(asked: ItemField, known: str) -> object:
    if asked.kind is not ItemFieldKind.DAY:
        return known
    try:
        return date.fromisoformat(known)
    except ValueError:
        return None

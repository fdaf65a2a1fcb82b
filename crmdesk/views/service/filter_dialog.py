"""Narrowing the list of tickets by what they are, who sees to them, where they lie, and when."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.fault_codes import codes_for, fault_name
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.tickets import ItemCategory, Priority, Route, Severity, TicketKind, TicketState
from crmdesk.queries.staff import ColleagueRow
from crmdesk.queries.ticket_board import STATES
from crmdesk.queries.ticket_filter import DaySpan, TicketFilter
from crmdesk.views.service.filter_words import NARROWING, without
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.form_dialog import WIDE, FormDialog

_HIGH = frozenset({Severity.HIGH, Severity.CRITICAL})
_SHELF_LENGTH = 40


class FilterDialog(FormDialog):
    """Empty fields do not matter; ``chosen`` gets the filter."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        wanted: TicketFilter,
        people: Sequence[ColleagueRow],
        chosen: Callable[[TicketFilter], None],
    ) -> None:
        """Begin with what narrows the list now."""
        super().__init__(parent, gettext("Narrow the list"), gettext("Show"), width=WIDE)
        self._wanted = wanted
        self._chosen = chosen
        self._add_what(people)
        self._add_where(desk)
        self._fill(wanted)

    def _add_what(self, people: Sequence[ColleagueRow]) -> None:
        states = [state for group in STATES.values() for state in TicketState if state in group]
        self.add_row(
            kind=ChoiceField(gettext("&Kind"), [(label(kind), kind) for kind in TicketKind]),
            states=ChoiceField(gettext("S&tatus"), [(label(state), frozenset({state})) for state in states]),
            priority=ChoiceField(gettext("&Urgency"), [(label(one), one) for one in Priority]),
        )
        severe = [(label(one), frozenset({one})) for one in Severity]
        self.add_row(
            severities=ChoiceField(gettext("Se&verity"), [(gettext("High or critical"), _HIGH), *severe]),
            owner_id=ChoiceField(gettext("Seen to &by"), [(one.name, one.id) for one in people]),
            fault=ChoiceField(gettext("&Fault"), _faults()),
        )

    def _add_where(self, desk: Desk) -> None:
        today = desk.signin.context().today
        self.add_row(
            route=ChoiceField(gettext("Where it &goes"), [(label(one), one) for one in Route]),
            shelf=LineField(gettext("S&helf"), max_length=_SHELF_LENGTH),
        )
        self.add_row(
            received_first=DayField(gettext("Taken in f&rom"), today, leaning=Leaning.PAST),
            received_last=DayField(gettext("taken &in up to"), today, leaning=Leaning.PAST),
        )
        self.add_row(
            promised_first=DayField(gettext("&Promised from"), today),
            promised_last=DayField(gettext("promised up t&o"), today),
        )

    def _fill(self, wanted: TicketFilter) -> None:
        fields = self.fields.fields()
        for name in NARROWING:
            value = getattr(wanted, name)
            if isinstance(value, DaySpan):
                fields[f"{name}_first"].set_value(value.first)
                fields[f"{name}_last"].set_value(value.last)
            else:
                fields[name].set_value(value or None)

    @override
    def send(self) -> None:
        """Narrow the list."""
        values: dict[str, Any] = self.fields.values()
        made = {
            name: DaySpan(values[f"{name}_first"], values[f"{name}_last"])
            if f"{name}_first" in values
            else values[name]
            for name in NARROWING
        }
        self.accept()
        self._chosen(_with(self._wanted, made))


def _with(wanted: TicketFilter, made: dict[str, Any]) -> TicketFilter:
    given = {name: value for name, value in made.items() if value}
    return replace(without(wanted, *NARROWING), **given)


def _faults() -> list[tuple[str, str]]:
    codes = dict.fromkeys(code for category in ItemCategory for code in codes_for(category))
    return [(fault_name(code), code) for code in codes]

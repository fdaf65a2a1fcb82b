"""The further addresses of the member form: what for, whom, where, and how long."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.member_words import AddressUse
from crmdesk.queries.member_files import MemberFile
from crmdesk.queries.member_record import AddressShown
from crmdesk.services.member_record import AddressFacts
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.tab_order import go_through
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text, show_if

_SHORT, _LINE, _CODE, _MOST = 120, 240, 40, 20
_PLACE: Final = re.compile(r"address(\d+)")


@dataclass(frozen=True, slots=True)
class AddressRow:
    """The fields of one address."""

    line: LineField
    use: ChoiceField[AddressUse]
    recipient: LineField
    region: LineField
    postcode: LineField
    since: DayField
    until: DayField

    def facts(self) -> AddressFacts | None:
        """Give what is typed; None where nothing is."""
        texts = (self.line, self.recipient, self.region, self.postcode)
        if all(field.is_empty() for field in texts):
            return None
        return AddressFacts(
            self.line.typed(),
            self.use.value() or AddressUse.HOME,
            self.recipient.typed(),
            self.region.typed(),
            self.postcode.typed(),
            self.since.value(),
            self.until.value(),
        )

    def show(self, one: AddressShown) -> None:
        """Fill the fields."""
        self.use.set_value(one.use)
        for field, text in (
            (self.line, one.line),
            (self.recipient, one.recipient),
            (self.region, one.region),
            (self.postcode, one.postcode),
        ):
            field.set_value(text)
        self.since.set_value(one.valid_from)
        self.until.set_value(one.valid_until)


class AddressesPart(QWidget):
    """Rows of addresses; ``added`` carries the fields of a new row by name."""

    added = Signal(object)

    def __init__(self, today: Callable[[], date], known: MemberFile | None) -> None:
        """Build a row for each further address that the person may see."""
        super().__init__()
        self._today = today
        self.rows: list[AddressRow] = []
        self._hidden = known is not None and not known.seen
        there = known.addresses if known is not None else ()
        self._lines = column(gap=3)
        self.more = Button(gettext("Another &address"), "plus", "link")
        self.more.clicked.connect(self._more)
        words = ngettext("{count} more address, kept as it is", "{count} more addresses, kept as they are", len(there))
        kept = Text(words.format(count=len(there)), "soft")
        self.setLayout(column(self._lines, kept, row(self.more, None), gap=1))
        show_if(kept, self._hidden and bool(there))
        show_if(self.more, not self._hidden)
        for one in () if self._hidden else there:
            self._add().show(one)

    def named(self) -> dict[str, Field[Any]]:
        """Give all fields by name."""
        found: dict[str, Field[Any]] = {}
        for place in range(len(self.rows)):
            found |= self._named(place)
        return found

    def typed(self) -> tuple[AddressFacts, ...] | None:
        """Give what is typed; None leaves what the person may not see."""
        if self._hidden:
            return None
        return tuple(facts for one in self.rows if (facts := one.facts()) is not None)

    def make_room(self, names: Mapping[str, object]) -> None:
        """Make the rows that a draft has."""
        places = [int(found.group(1)) for name in names if (found := _PLACE.match(name))]
        while len(self.rows) < min(max(places, default=0), _MOST) and not self._hidden:
            self._more_row()

    def _add(self) -> AddressRow:
        made = AddressRow(
            LineField(gettext("Another address"), max_length=_LINE),
            ChoiceField[AddressUse](gettext("Used for"), [(label(one), one) for one in AddressUse]),
            LineField(gettext("Recipient"), max_length=_SHORT),
            LineField(gettext("Region"), max_length=_SHORT, example=gettext("province, city, district")),
            LineField(gettext("Postcode"), max_length=_CODE),
            DayField(gettext("From"), self._today, leaning=Leaning.PAST),
            DayField(gettext("Until"), self._today),
        )
        made.use.set_value(AddressUse.HOME)
        self.rows.append(made)
        self._lines.addLayout(FieldsLayout((made.line, 3), (made.region, 2), (made.postcode, 1), gap=3))
        self._lines.addLayout(FieldsLayout((made.recipient, 2), (made.use, 2), (made.since, 2), (made.until, 2), gap=3))
        parts = [field for place in range(len(self.rows)) for field in self._named(place).values()]
        go_through([*parts, self.more])
        return made

    def _more_row(self) -> None:
        self._add()
        self.added.emit(self._named(len(self.rows) - 1))

    def _more(self) -> None:
        if len(self.rows) < _MOST:
            self._more_row()
        self.rows[-1].line.setFocus()

    def _named(self, place: int) -> dict[str, Field[Any]]:
        one, name = self.rows[place], f"address{place + 1}"
        return {
            name: one.line,
            f"{name}_region": one.region,
            f"{name}_postcode": one.postcode,
            f"{name}_recipient": one.recipient,
            f"{name}_use": one.use,
            f"{name}_from": one.since,
            f"{name}_until": one.until,
        }

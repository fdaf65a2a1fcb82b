"""The phones of the member form: number, use, state and end of each; more rows, and another order, by keyboard."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.member_words import PhoneUse
from crmdesk.core.members import PhoneState
from crmdesk.core.phone import PhoneError, stored
from crmdesk.queries.member_files import MemberFile
from crmdesk.services.member_record import PhoneEntry
from crmdesk.views.members.form_inputs import KeptPhoneField
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import ChoiceField
from crmdesk.views.support.tab_order import go_through
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row

_PLACE: Final = re.compile(r"phone(\d+)")
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """The fields of one phone."""

    number: KeptPhoneField
    use: ChoiceField[PhoneUse]
    state: ChoiceField[PhoneState]
    until: DayField

    def fields(self) -> tuple[Field[Any], ...]:
        """Give them in the order of the page."""
        return self.number, self.use, self.state, self.until


class PhonesPart(QWidget):
    """All phones of a member; ``added`` carries the fields of a new row by name."""

    added = Signal(object)
    numbers_changed = Signal()

    def __init__(self, today: Callable[[], date], known: MemberFile | None) -> None:
        """Build a row for each phone of ``known``, or one empty row."""
        super().__init__()
        self._today = today
        self.rows: list[PhoneRow] = []
        self._lines = column(gap=2)
        self.more = Button(gettext("An&other phone"), "plus", "link")
        self.more.clicked.connect(self._more)
        self.setLayout(column(self._lines, row(self.more, None), gap=1))
        for keys, by in (("Ctrl+Shift+Up", -1), ("Ctrl+Shift+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._move_current(by))
        for key, digits in known.phones if known is not None else ():
            self._add_kept(known, key, digits)
        if not self.rows:
            self._add(KeptPhoneField(gettext("&Phone")))

    def named(self) -> dict[str, Field[Any]]:
        """Give all fields by name."""
        found: dict[str, Field[Any]] = {}
        for place in range(len(self.rows)):
            found |= self._named(place)
        return found

    def entries(self) -> tuple[PhoneEntry, ...]:
        """Give the phones as typed, in their order; empty rows are left out."""
        found = []
        for one in self.rows:
            entry = one.number.entry()
            if entry is not None:
                use, state = one.use.value() or PhoneUse.PERSONAL, one.state.value() or PhoneState.ACTIVE
                found.append(PhoneEntry(entry, use, state, one.until.value()))
        return tuple(found)

    def make_room(self, names: Mapping[str, object]) -> None:
        """Make the rows that a draft has."""
        places = [int(found.group(1)) for name in names if (found := _PLACE.match(name))]
        while len(self.rows) < min(max(places, default=0), _MOST):
            self._more_row()

    def _add_kept(self, known: MemberFile | None, key: int, digits: str) -> None:
        seen = known.seen if known is not None else True
        facts = known.phone_facts.get(key) if known is not None else None
        words = gettext("&Phone") if not self.rows else gettext("Another phone")
        added = self._add(
            KeptPhoneField(words, key, _shown(digits, facts.extension if facts else "", seen=seen), seen=seen)
        )
        if facts is not None:
            added.use.set_value(facts.use)
            added.state.set_value(facts.state)
            added.until.set_value(facts.valid_until)

    def _add(self, number: KeptPhoneField) -> PhoneRow:
        uses = [(label(one), one) for one in PhoneUse]
        states = [(label(one), one) for one in PhoneState]
        made = PhoneRow(
            number,
            ChoiceField[PhoneUse](gettext("Used for"), uses, required=False),
            ChoiceField[PhoneState](gettext("State"), states),
            DayField(gettext("Until"), self._today),
        )
        made.use.set_value(PhoneUse.PERSONAL)
        made.state.set_value(PhoneState.ACTIVE)
        self.rows.append(made)
        number.changed.connect(self.numbers_changed)
        shares = zip(made.fields(), (4, 2, 2, 3), strict=True)
        self._lines.addLayout(FieldsLayout(*shares, gap=3))
        if len(self.rows) > 1:
            number.set_hint(number.hint_words() or gettext("Ctrl+Shift+Up moves it up"))
        parts = [field for one in self.rows for field in one.fields()]
        go_through([*parts, self.more])
        return made

    def _more_row(self) -> None:
        self._add(KeptPhoneField(gettext("Another phone")))
        self.added.emit(self._named(len(self.rows) - 1))

    def _more(self) -> None:
        if len(self.rows) < _MOST:
            self._more_row()
        self.rows[-1].number.setFocus()

    def _named(self, place: int) -> dict[str, Field[Any]]:
        one, name = self.rows[place], f"phone{place + 1}"
        return {name: one.number, f"{name}_use": one.use, f"{name}_state": one.state, f"{name}_until": one.until}

    def _move_current(self, by: int) -> None:
        focus = QApplication.focusWidget()
        place = next((at for at, one in enumerate(self.rows) if _holds(one, focus)), None)
        if place is None or not 0 <= place + by < len(self.rows):
            return
        here, there = self.rows[place], self.rows[place + by]
        if here.number.masked or there.number.masked:
            return
        for mine, other in zip(here.fields(), there.fields(), strict=True):
            typed, theirs = mine.draft(), other.draft()
            mine.restore(theirs)
            other.restore(typed)
        there.number.setFocus()


def _holds(one: PhoneRow, focus: QWidget | None) -> bool:
    return focus is not None and any(field is focus or field.isAncestorOf(focus) for field in one.fields())


def _shown(digits: str, extension: str, *, seen: bool) -> str:
    if not seen:
        return digits
    try:
        words = stored(digits).group()
    except PhoneError:
        return digits
    return f"{words}-{extension}" if extension else words

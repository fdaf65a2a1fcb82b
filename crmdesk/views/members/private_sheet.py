"""The private part of the member form; opened on purpose, and the look is noted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.services.looks import PrivateSeen
from crmdesk.services.member_file import PrivateFacts
from crmdesk.views.members.form_own import OwnPart
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import LineField, TextField, TickField
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text

_SHORT, _CODE, _FAMILY, _NOTES = 120, 40, 400, 4000


class PrivateSheet(QWidget):
    """Closed at first; `asked` says that somebody wants to see it."""

    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        """Build closed."""
        super().__init__()
        self.own = OwnPart(desk)
        self.income = LineField(gettext("Income"), max_length=_CODE)
        self.estimated = TickField(gettext("estimated"))
        self.skin = LineField(gettext("Skin tone"), max_length=_CODE)
        self.character = LineField(gettext("Character"), max_length=_SHORT)
        self.family = LineField(gettext("Family"), max_length=_FAMILY)
        self.notes = TextField(gettext("Private notes"), max_length=_NOTES, lines=2)
        self._closed = QWidget()
        self.open_button = Button(gettext("Open the private profile"), "lock")
        self.open_button.clicked.connect(self.asked)
        self._closed.setLayout(row(self.open_button, Text(gettext("Every look is noted."), "soft"), None))
        self._inner = QWidget()
        first = FieldsLayout((self.income, 2), (self.estimated, 1), (self.skin, 2), (self.character, 3), gap=3)
        self._inner.setLayout(column(first, self.family, self.own, self.notes, gap=3))
        self._inner.setVisible(False)
        self.setLayout(column(SubHeading(gettext("Private profile")), self._closed, self._inner, gap=2))

    def named(self) -> dict[str, Field[str] | Field[bool]]:
        """Give the fields by name."""
        return {
            "income_band": self.income,
            "income_estimated": self.estimated,
            "skin_tone": self.skin,
            "character": self.character,
            "family": self.family,
            "private_notes": self.notes,
        }

    def show_private(self, seen: PrivateSeen | None = None) -> None:
        """Open; filled with what is on file."""
        if seen is not None:
            self.income.set_value(seen.income_band)
            self.estimated.set_value(seen.income_estimated)
            self.skin.set_value(seen.skin_tone)
            self.character.set_value(seen.character)
            self.family.set_value(seen.family)
            self.notes.set_value(seen.notes)
            self.own.fill((one.field_id, one.words) for one in seen.own)
        self._closed.setVisible(False)
        self._inner.setVisible(True)

    def typed_own(self) -> dict[int, str]:
        """Give what is typed into private own fields; nothing while it is closed."""
        return {} if self._inner.isHidden() else self.own.typed()

    def typed(self) -> PrivateFacts | None:
        """Give what is typed; None while it is closed, which leaves what is on file."""
        if self._inner.isHidden():
            return None
        return PrivateFacts(
            self.income.typed(),
            self.estimated.value(),
            self.skin.typed(),
            self.character.typed(),
            self.family.typed(),
            self.notes.typed(),
        )

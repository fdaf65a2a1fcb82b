"""The consents in the member form: the answer to each purpose, and the way in which it was said."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.i18n import gettext
from crmdesk.views.members.consent_dialog import consent_field, how_field
from crmdesk.views.support.field import Field
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.section_header import SubHeading


class ConsentsPart(QWidget):
    """Shows what a member said so far; `said` gives what is new."""

    def __init__(self, before: Mapping[ConsentPurpose, bool]) -> None:
        """Begin with the answers on file."""
        super().__init__()
        self._before = before
        self.purposes = {purpose: consent_field(purpose) for purpose in ConsentPurpose}
        self.how = how_field()
        for purpose, field in self.purposes.items():
            field.set_value(before.get(purpose))
        self.how.set_value(gettext("at the counter"))
        line = FieldsLayout(*((field, 1) for field in self.purposes.values()), gap=3)
        box = row(gap=0)
        box.addWidget(self.how)
        self.setLayout(column(SubHeading(gettext("Consents")), line, box, gap=2))

    def named(self) -> dict[str, Field[Any]]:
        """Give the fields by name."""
        fields: dict[str, Field[Any]] = {f"consent_{one.value}": field for one, field in self.purposes.items()}
        return fields | {"how": self.how}

    def said(self) -> dict[ConsentPurpose, bool]:
        """Give the answers that differ from those on file."""
        return {
            purpose: given
            for purpose, field in self.purposes.items()
            if (given := field.value()) is not None and given is not self._before.get(purpose)
        }

"""How the person at the counter looks on the intake form: her fields, who else it may be, a line of history."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.members import Gender
from crmdesk.core.tones import Tone
from crmdesk.queries.intake import PersonFacts
from crmdesk.views.service.intake_fields import PickField
from crmdesk.views.service.intake_words import history_words
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.chip_bar import ChipBar
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.text import ShortText, show_if

_WHOLE_PHONE, _BESIDE_PHONE = "000 0000 0000", 30


class PersonLook(QWidget):
    """The fields and what is said beside them; `PersonPart` decides who it is."""

    def __init__(self, fields: FieldSet) -> None:
        """Add the fields to `fields`."""
        super().__init__()
        self._make_fields(fields)
        self._arrange()

    def _make_fields(self, fields: FieldSet) -> None:
        self.phone = fields.add("phone", LineField(gettext("&Phone / card"), max_length=60))
        line = self.phone.line
        line.setMinimumWidth(line.fontMetrics().horizontalAdvance(_WHOLE_PHONE) + _BESIDE_PHONE)
        self.name = fields.add("name", LineField(gettext("Customer"), max_length=60))
        genders = [(gettext("not given"), None), *((label(one), one) for one in Gender)]
        self.gender = fields.add("gender", PickField[Gender | None](gettext("Gender"), genders))
        ways = [(gettext("member"), False), (gettext("walk-in"), True)]
        self.walk_in = fields.add("walk_in", PickField[bool](gettext("Keep as"), ways))
        self.walk_in.set_value(value=False)

    def _arrange(self) -> None:
        self._tier = Pill()
        self._tier.setParent(self.name.line)
        inside = row(None, self._tier, gap=0)
        inside.setContentsMargins(0, 0, 8, 0)
        self.name.line.setLayout(inside)
        self.choice = ChipBar()
        self.choice.setAccessibleName(gettext("Who is it?"))
        self._icon = IconLabel("history", colour="soft")
        self.history = ShortText("", "small")
        self.share_link = Button(gettext("Somebody else with this phone"), kind="link")
        self.share_link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        top = FieldsLayout((self.phone, 5), (self.name, 5), (self.gender, 3), (self.walk_in, 3))
        self._said = QWidget()
        said = row(self._icon, self.history, self.share_link, gap=2)
        said.setStretch(1, 1)
        self._said.setLayout(said)
        self.setLayout(column(top, self.choice, self._said, gap=2))
        self.choice.hide()

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        return [self.phone.editor, self.name.editor, self.gender.editor, self.walk_in.editor, self.choice]

    def show_known(self, facts: PersonFacts, *, may_be_another: bool) -> None:
        """Show a member: her name is not typed, her level and history stand beside it."""
        self.name.set_value(facts.name)
        self.name.line.setReadOnly(True)
        self.name.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if self.name.line.hasFocus():
            # The clerk was faster than the answer; a known name needs no typing.
            self.name.line.focusNextChild()
        self._tier.set_status(label(facts.tier), Tone.NEUTRAL, "credit-card")
        self._tier.show()
        self._show_new_fields(wanted=False)
        self.name.set_hint("")
        show_if(self.share_link, may_be_another)
        self._tell("history", history_words(facts))

    def show_new(self, *, new: bool) -> None:
        """Let the name be typed; `new` also asks how somebody new is kept."""
        self._tier.hide()
        self.share_link.hide()
        self.name.line.setReadOnly(False)
        self.name.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show_new_fields(wanted=new)
        self.name.set_hint(gettext("new customer") if new else "")
        told = "" if self.phone.typed() else gettext("Without a phone: type the name, she is kept as a walk-in")
        self._tell("info", told)

    def _tell(self, icon: str, said: str) -> None:
        self._icon.set_icon(icon)
        self.history.setText(said)
        show_if(self._said, bool(said))

    def _show_new_fields(self, *, wanted: bool) -> None:
        show_if(self.gender, wanted)
        show_if(self.walk_in, wanted)

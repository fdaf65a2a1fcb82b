"""The choice of what wins where something is on file already."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from crmdesk.core.i18n import gettext
from crmdesk.exchange.fields import Field
from crmdesk.exchange.mapping import MappedColumn
from crmdesk.exchange.policy import RULES, FieldRule, Policy
from crmdesk.views.members.import_words import RULES as WORDS
from crmdesk.views.support.widgets.text import show_if


class RuleChoice(QComboBox):
    """The rules that a column's field can have; hidden where it has none."""

    chosen = Signal(object)

    def __init__(self, mapped: MappedColumn) -> None:
        """Build it empty."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(
            gettext("Where something is on file for column {letters} {header}").format(
                letters=mapped.letters, header=mapped.header
            )
        )
        self.activated.connect(lambda place: self.chosen.emit(FieldRule(self.itemData(place))))

    def show_rule(self, field: Field | None, policy: Policy) -> None:
        """Show the rules of a field and the one that holds."""
        rules = RULES[policy.kind].get(field, ()) if field is not None else ()
        self.clear()
        for rule in sorted(rules, key=list(FieldRule).index):
            self.addItem(gettext(WORDS[rule]), rule.value)
        if field is not None and rules:
            self.setCurrentIndex(self.findData(policy.rule(field).value))
        show_if(self, bool(rules))

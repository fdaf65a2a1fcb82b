"""Label and value rows of a detail page."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from crmdesk.core.tones import Tone
from crmdesk.views.support.tokens import ROW, SPACE
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text

_LABEL_WIDTH, _LABEL_MOST = 92, 168


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: what it is called and what it is; `link` makes the value a link with that name."""

    label: str
    value: str
    tone: Tone | None = None
    icon: str = ""
    link: str = ""


class FactsTable(QWidget):
    """Facts below each other with thin lines; long values break into lines and can be copied."""

    link_chosen = Signal(str)

    def __init__(self, facts: Sequence[Fact] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Replace the rows; a fact without a value is left out."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = [fact for fact in facts if fact.value]
        width = max((Text(fact.label, "field").sizeHint().width() for fact in shown), default=0)
        for number, fact in enumerate(shown):
            self._grid.addWidget(self._line(fact, min(max(width + 2 * SPACE, _LABEL_WIDTH), _LABEL_MOST)), number, 0)

    def _line(self, fact: Fact, width: int) -> QFrame:
        line = QFrame()
        line.setProperty("role", "fact")
        line.setMinimumHeight(ROW)
        label = Text(fact.label, "field", wrap=True)
        label.setFixedWidth(width)
        parts: list[QWidget] = [label]
        if fact.icon:
            parts.append(IconLabel(fact.icon, fact.tone))
        parts.append(self._value(fact))
        layout = row(*parts, gap=1)
        layout.setContentsMargins(2 * SPACE + 2, SPACE, 0, SPACE + 1)
        if fact.link:
            layout.addStretch(1)
        else:
            layout.setStretch(len(parts) - 1, 1)
        line.setLayout(layout)
        return line

    def _value(self, fact: Fact) -> QWidget:
        if fact.link:
            button = Button(fact.value, kind="link")
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.give_way()
            button.clicked.connect(lambda: self.link_chosen.emit(fact.link))
            return button
        value = Text(fact.value, "body", fact.tone, wrap=True)
        value.setAccessibleName(f"{fact.label} {fact.value}")
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return value

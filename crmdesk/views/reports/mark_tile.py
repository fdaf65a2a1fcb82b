"""A figure as a tile: what it is called, its value against the mark, how it is counted, and the list behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from crmdesk.core.tones import Tone
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text, show_if


@dataclass(frozen=True, slots=True)
class TileFacts:
    """What a tile shows.

    Attributes:
        name: what the figure is called.
        value: in words; a dash where nothing was counted.
        definition: how it is counted.
        mark: what it is held against; empty for none.
        tone: good or bad against the mark; None where there is none.
        behind: words of the button that shows the list behind it; empty for none.
        show: shows that list.
    """

    name: str
    value: str
    definition: str
    mark: str = ""
    tone: Tone | None = None
    behind: str = ""
    show: Callable[[], None] | None = None


class MarkTile(Card):
    """One figure with its definition."""

    def __init__(self) -> None:
        """Make an empty tile."""
        super().__init__()
        self._facts: TileFacts | None = None
        self.name = Text("", "field")
        self.value = Text("", "large")
        self.mark = Text("", "muted")
        self.definition = Text("", "small", wrap=True)
        self.behind = Button("", "list", "link")
        self.behind.clicked.connect(self._show_list)
        self.add(self.name)
        self.add(row(self.value, self.mark, None))
        self.add(self.definition)
        self.add(row(self.behind, None))
        self.body.addStretch(1)  # what they hold stands at the same height in tiles side by side

    def set_facts(self, facts: TileFacts) -> None:
        """Show a figure."""
        self._facts = facts
        self.name.setText(facts.name)
        self.value.setText(facts.value)
        self.value.set_tone(facts.tone)
        self.mark.setText(facts.mark)
        self.definition.setText(facts.definition)
        self.behind.set_text(facts.behind)
        show_if(self.behind, bool(facts.behind))
        self.setAccessibleName(f"{facts.name} {facts.value} {facts.mark}".strip())

    def _show_list(self) -> None:
        if self._facts is not None and self._facts.show is not None:
            self._facts.show()

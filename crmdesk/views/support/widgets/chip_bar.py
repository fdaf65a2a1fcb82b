"""The views of a list as chips with counts; arrows move between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support.widgets.chip import ChipButton
from crmdesk.views.support.widgets.flow_layout import FlowLayout


@dataclass(frozen=True, slots=True)
class Chip:
    """One view: its name for the program, its word, how many it holds.

    ``only_if_any`` hides it while it holds nothing and is not the one that is shown.
    """

    name: str
    text: str
    count: int | None = None
    tone: Tone | None = None
    only_if_any: bool = False


class ChipBar(QWidget):
    """A row of views of which one is shown; breaks into lines where it is narrow."""

    chosen = Signal(str)

    def __init__(self, chips: Sequence[Chip] = ()) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonToggled.connect(self._on_toggled)
        self._buttons: dict[str, ChipButton] = {}
        self._only_if_any: set[str] = set()
        self._counts: dict[str, int] = {}
        self._line = FlowLayout(self, gap=6)
        self._quiet = False
        self.set_chips(chips)

    @property
    def current(self) -> str:
        """Name of the chosen view, empty when there is none."""
        return next((name for name, button in self._buttons.items() if button.isChecked()), "")

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Replace the views; the one that was chosen stays so if it is still there."""
        kept = self.current
        self._quiet = True
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._line.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        self._only_if_any = {chip.name for chip in chips if chip.only_if_any}
        for chip in chips:
            button = ChipButton(chip.text, self._counts.get(chip.name, chip.count), chip.tone)
            self._buttons[chip.name] = button
            self._group.addButton(button)
            self._line.addWidget(button)
        wanted = kept if kept in self._buttons else next(iter(self._buttons), "")
        self.choose(wanted)
        self._quiet = False

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Change the figures only."""
        self._counts.update(counts)
        for name, count in counts.items():
            if name in self._buttons:
                self._buttons[name].set_count(count)
        self._hide_empty()

    def _hide_empty(self) -> None:
        for name in self._only_if_any:
            self._buttons[name].setVisible(bool(self._counts.get(name)) or name == self.current)

    def choose(self, name: str) -> None:
        """Show a view as chosen; says so through `chosen` when it is another one."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)
        for other, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == name else Qt.FocusPolicy.ClickFocus)
        self._hide_empty()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._buttons:
            super().keyPressEvent(event)
            return
        names = [name for name, button in self._buttons.items() if not button.isHidden()]
        wanted = names[(names.index(self.current) + step) % len(names)]
        self.choose(wanted)
        self._buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object, bool)
    def _on_toggled(self, button: ChipButton, checked: bool) -> None:  # noqa: FBT001  (Qt's signal)
        if not checked or self._quiet:
            return
        name = next(name for name, each in self._buttons.items() if each is button)
        self.choose(name)
        self.chosen.emit(name)

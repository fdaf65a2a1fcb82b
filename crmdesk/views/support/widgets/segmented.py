"""A choice of few as chips side by side (repair, complaint, return)."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.layouts import row


class SegmentedChoice(QWidget):
    """One of a few values; `chosen` carries the value itself."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[Hashable, str]], name: str = "") -> None:
        super().__init__()
        self._values = {str(number): value for number, (value, _text) in enumerate(options)}
        self._bar = ChipBar([Chip(str(number), text) for number, (_value, text) in enumerate(options)])
        self._bar.chosen.connect(self._on_chosen)
        self.setLayout(row(self._bar, gap=0))
        self.setAccessibleName(name)
        self.setFocusProxy(self._bar)

    @property
    def current(self) -> object:
        """The chosen value."""
        return self._values.get(self._bar.current)

    def choose(self, value: Hashable) -> None:
        """Choose a value."""
        for name, each in self._values.items():
            if each == value:
                self._bar.choose(name)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.chosen.emit(self._values[name])

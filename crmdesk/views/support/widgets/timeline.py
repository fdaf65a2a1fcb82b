"""What happened, newest first: icon, words, smaller words, day."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import ShortText, Text


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `exact` is the full time shown when pointed at, `ref` what opens on a click."""

    icon: str
    title: str
    detail: str = ""
    when: str = ""
    tone: Tone | None = None
    exact: str = ""
    ref: object = None


class _EventRow(QFrame):
    """One event of the line; reachable by keyboard when it leads somewhere."""

    chosen = Signal(object)

    def __init__(self, event: Event) -> None:
        super().__init__()
        self._event = event
        self.setProperty("role", "event")
        icon = column(IconLabel(event.icon, event.tone), None, gap=0)
        icon.setContentsMargins(0, 2, 0, 0)
        title = ShortText(event.title)
        words = column(title, gap=0)
        if event.detail:
            words.addWidget(ShortText(event.detail, "small"))
        when = Text(event.when, "small")
        when.setToolTip(event.exact)
        day = column(when, None, gap=0)
        day.setContentsMargins(0, 1, 0, 0)
        layout = row(icon, words, day, gap=2)
        layout.setStretch(1, 1)
        layout.setContentsMargins(2, SPACE, 2, SPACE)
        self.setLayout(layout)
        self.setAccessibleName(" ".join(filter(None, (event.when, event.title, event.detail))))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if event.ref is not None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._event.ref is not None:
            self.chosen.emit(self._event.ref)


class TimeLine(QWidget):
    """A column of events; put it into a `ScrollColumn` where it can be long."""

    chosen = Signal(object)

    def __init__(self, events: Sequence[Event] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_events(events)

    def set_events(self, events: Sequence[Event]) -> None:
        """Replace the events."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for event in events:
            line = _EventRow(event)
            line.chosen.connect(self.chosen)
            self._column.addWidget(line)

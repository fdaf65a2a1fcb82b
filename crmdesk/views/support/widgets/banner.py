"""A coloured line of one or two sentences: a clock with the rule it comes from, a warning, a refusal."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.painting import paint_frame
from crmdesk.views.support.widgets.text import Text, show_if

_ICONS = {
    Tone.INFO: "info",
    Tone.WAITING: "alarm-clock",
    Tone.OK: "circle-check",
    Tone.WARN: "triangle-alert",
    Tone.LATE: "alarm-clock",
    Tone.NEUTRAL: "info",
}


class Banner(QWidget):
    """A tone, a sentence, and below it where the rule comes from.

    Args:
        title: the sentence.
        source: smaller line, such as the law and where it can be changed.
        tone: how serious it is.
        icon: other than the tone's own.
    """

    def __init__(self, title: str = "", source: str = "", tone: Tone = Tone.WAITING, icon: str = "") -> None:
        super().__init__()
        self._tone = tone
        self._icon = IconLabel("", tone)
        self._title = Text("", "body", tone, wrap=True)
        self._source = Text("", "small", wrap=True)
        self._actions = row(gap=2)
        mark = column(self._icon, None, gap=0)
        mark.setContentsMargins(0, 2, 0, 0)
        words = column(self._title, self._source, gap=0)
        layout = row(mark, words, self._actions, gap=3, margin=3)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE + 1, 3 * SPACE, 2 * SPACE + 1)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set(title, source, tone, icon)

    def set(self, title: str, source: str = "", tone: Tone | None = None, icon: str = "") -> None:
        """Say something else; an empty title hides the banner."""
        self._tone = tone or self._tone
        self._icon.set_icon(icon or _ICONS[self._tone], self._tone)
        self._title.setText(title)
        self._title.set_tone(self._tone)
        self._source.setText(source)
        show_if(self._source, bool(source))
        self.setAccessibleName(f"{title} {source}".strip())
        show_if(self, bool(title))
        self.update()

    def add_action(self, text: str) -> Button:
        """Offer a step at the right end; connect its `clicked`."""
        button = Button(text)
        self._actions.addWidget(button)
        return button

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens().tone(self._tone)
        paint_frame(QPainter(self), QRect(self.rect()), colours.pale, colours.line)

"""The strip at the bottom: saved, backup, printer at the left; desks at the right."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.views.support.tokens import SPACE, TEXT_SMALL
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import ShortText, set_look

_HEIGHT = 26
_SLOTS = ("saved", "backup", "printer", "search", "desks")

Say = Callable[[], str]


@dataclass(frozen=True, slots=True)
class _Slot:
    """One item: icon and words."""

    box: QWidget
    icon: IconLabel
    words: ShortText


class StatusStrip(QFrame):
    """A few quiet items; each says its words again when the language changes."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "status")
        self.setFixedHeight(_HEIGHT)
        self._said: dict[str, Say] = {}
        self._slots = {name: self._make() for name in _SLOTS}
        parts: list[QWidget | None] = [self._slots[name].box for name in _SLOTS]
        parts.insert(len(parts) - 1, None)
        layout = row(*parts, gap=6)
        layout.setContentsMargins(14, 1, 14, 0)
        self.setLayout(layout)
        self.retranslate()

    def _make(self) -> _Slot:
        box = QWidget()
        icon = IconLabel(size=TEXT_SMALL + 2)
        words = ShortText("", "small")
        box.setLayout(row(icon, words, gap=1))
        box.hide()
        return _Slot(box, icon, words)

    def say(self, slot: str, words: Say, tone: Tone | None = None, icon: str = "") -> None:
        """Show an item.

        Args:
            slot: saved, backup, printer, search or desks.
            words: makes the words in the present language; empty words hide the item.
            tone: colours it by meaning.
            icon: in front of the words.
        """
        self._said[slot] = words
        item = self._slots[slot]
        item.icon.set_icon(icon, tone)
        item.icon.setVisible(bool(icon))
        set_look(item.words, tone=tone.value if tone else "")
        self._renew(slot)

    def say_saved(self, time: str) -> None:
        """Say when something was last on disk, as "14:02"."""
        self.say("saved", lambda: gettext("Saved {time}").format(time=time), Tone.OK, "check")

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.setAccessibleName(gettext("State of the program"))
        for slot in self._said:
            self._renew(slot)

    def _renew(self, slot: str) -> None:
        item = self._slots[slot]
        words = self._said[slot]()
        item.words.setText(words)
        item.words.setMinimumWidth(min(item.words.fontMetrics().horizontalAdvance(words) + SPACE, 260))
        item.box.setVisible(bool(words))

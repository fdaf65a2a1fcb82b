"""The panel of conditions above the list: made by hand, counted while one types, kept as a segment."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.segments import EVERYBODY, Group, count_of
from crmdesk.queries.segment_choices import SegmentChoices
from crmdesk.views.members.segment_group import GroupBox
from crmdesk.views.members.segment_words import fields_of
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.dialog_body import DialogBody
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text, show_if

WAIT: Final = 200  # milliseconds after the last change
_TALLEST: Final = 250


class ConditionsPanel(Card):
    """Conditions that the list follows; `group` holds those that are complete."""

    changed = Signal(object)  # Group
    keep_asked = Signal()
    uses_asked = Signal(object)  # the button below which a menu opens
    closed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        """Begin empty; ``today`` gives the store's day."""
        super().__init__()
        self._today = today
        self._said = EVERYBODY
        self.box: GroupBox | None = None
        self._waits = QTimer(self)
        self._waits.setSingleShot(True)
        self._waits.setInterval(WAIT)
        self._waits.timeout.connect(self._say)
        self._room = DialogBody(self._most, gap=0)
        self.hint = Text("", "small", wrap=True)
        self.count = Text("", "heading")
        self.keep = Button(gettext("&Save as segment …"), "bookmark", "plain")
        self.keep.clicked.connect(self.keep_asked)
        self.uses = Button(gettext("&Use …"), "send", "plain")
        self.uses.clicked.connect(lambda: self.uses_asked.emit(self.uses))
        self.clear = Button(gettext("C&lear"), "", "quiet")
        self.clear.clicked.connect(self.empty)
        close = Button(gettext("Close"), "", "quiet", hint="Esc")
        close.clicked.connect(self.closed)
        self._feet = QWidget()
        self._feet.setLayout(row(self.count, self.keep, self.uses, self.clear, close, None))
        self.body.setContentsMargins(12, 10, 12, 10)
        self.add(self._room)
        self.add(self.hint)
        self.add(self._feet)
        show_if(self.hint, False)

    def _most(self) -> QSize:
        """Give the most room for conditions: the list below stays in sight."""
        return QSize(self.width(), min(_TALLEST, self.window().height() * 2 // 5))

    def offer(self, known: SegmentChoices) -> None:
        """Take what can be asked; conditions that are there are kept."""
        kept = self.box.group() if self.box is not None else EVERYBODY
        if self.box is not None:
            self._room.body.removeWidget(self.box)
            self.box.deleteLater()
        self.box = GroupBox(fields_of(known), self._today)
        self.box.changed.connect(self._waits.start)
        self.box.rearranged.connect(self._order_tabs)
        self._room.body.addWidget(self.box)
        self.box.show_group(kept)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go through the conditions as one reads, then to the buttons below."""
        before: QWidget | None = self.keep.previousInFocusChain()
        while before is not None and before is not self.keep and (self.isAncestorOf(before) or not _takes_tab(before)):
            before = before.previousInFocusChain()
        stops = [before or self.keep, *(self.box.stops() if self.box is not None else ()), self.keep]
        for one, after in pairwise(stops):
            QWidget.setTabOrder(one, after)

    @property
    def group(self) -> Group:
        """The conditions that the list follows."""
        return self._said

    def show_group(self, wanted: Group) -> None:
        """Show conditions without telling anybody; those whose field is gone are left out."""
        self.say_trouble("")
        if self.box is not None:
            self.box.show_group(wanted)
        self._waits.stop()
        self._said = self.box.group() if self.box is not None else wanted

    def empty(self) -> None:
        """Take all conditions away."""
        if self.box is not None:
            self.box.show_group(EVERYBODY)
            self.box.add_row.setFocus()
        self._say()

    def begin(self) -> None:
        """Go to the first condition; make one where there is none."""
        if self.box is not None and not self.box.parts:
            self.box.add_condition()
        if self.box is not None:
            self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def complete(self) -> bool:
        """Tell whether every condition is complete; goes to the first that is not."""
        missing = self.box.first_missing() if self.box is not None else None
        if missing is not None:
            self.say_trouble(gettext("Something is missing in this condition."))
            missing.editor.setFocus()
        elif not count_of(self._now()):
            self.say_trouble(gettext("Add a condition first."))
        else:
            self._say()
            return True
        return False

    def say_count(self, count: int) -> None:
        """Show how many members the list holds."""
        self.count.setText(ngettext("{count:,} member", "{count:,} members", count).format(count=count))

    def say_trouble(self, words: str) -> None:
        """Say what is wrong, or nothing."""
        self.hint.setText(words)
        self.hint.set_tone(None)
        show_if(self.hint, bool(words))

    def _now(self) -> Group:
        return self.box.group() if self.box is not None else EVERYBODY

    def _say(self) -> None:
        self._waits.stop()
        self.say_trouble("")
        now = self._now()
        if now != self._said:
            self._said = now
            self.changed.emit(now)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _takes_tab(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)

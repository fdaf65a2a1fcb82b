"""The rail at the left: sections with their counts, lock at the bottom."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.views.support.frame.rail_button import RailButton
from crmdesk.views.support.frame.section import SectionSpec
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import IconButton
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text

_NARROWEST: Final = 168
_WIDEST: Final = 232
_ICONS_ONLY: Final = 56
LOCK_SHORTCUT: Final = "Ctrl+Shift+L"


class Rail(QFrame):
    """Sections one below the other; the chosen one is marked."""

    chosen = Signal(str)
    lock_asked = Signal()
    back_asked = Signal()
    forward_asked = Signal()

    def __init__(self, sections: Sequence[SectionSpec]) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self._sections = tuple(sections)
        self._narrow = False
        self._low = False
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self._on_clicked)
        self._buttons = {spec.name: RailButton(spec.icon, spec.shortcut) for spec in self._sections}
        self._back = IconButton("chevron-left", "")
        self._forward = IconButton("chevron-right", "")
        self._back.clicked.connect(self.back_asked)
        self._forward.clicked.connect(self.forward_asked)
        self._lock = RailButton("lock", LOCK_SHORTCUT)
        self._lock.clicked.connect(self.lock_asked)
        self._head = self._make_head()
        self._fill()
        self.set_history(can_go_back=False, can_go_forward=False)
        self.retranslate()

    def _make_head(self) -> QWidget:
        head = QWidget()
        self._brand = Text("crmdesk", "brand")
        for button in (self._back, self._forward):
            button.setFixedSize(24, 28)
        line = row(self._brand, None, self._back, self._forward, gap=0)
        line.setContentsMargins(10, 0, 0, 0)
        head.setLayout(line)
        head.setFixedHeight(36)
        return head

    def _fill(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addSpacing(2 * SPACE)
        for number, button in enumerate(self._buttons.values()):
            button.setCheckable(True)
            self._group.addButton(button, number)
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self._lock)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        for spec in self._sections:
            self._buttons[spec.name].set_title(gettext(spec.title))
        self._lock.set_title(gettext("Lock"))
        self._back.set_name(gettext("Back (Alt+Left)"))
        self._forward.set_name(gettext("Forward (Alt+Right)"))
        self.setAccessibleName(gettext("Sections"))
        self._renew_width()

    def show_chosen(self, screen: str) -> None:
        """Mark the section that a screen belongs to; unknown screens keep the mark."""
        for spec in self._sections:
            if screen == spec.name or screen in spec.pages:
                self._buttons[spec.name].setChecked(True)

    def set_count(self, section: str, count: int | None, tone: Tone | None = None) -> None:
        """Show how many things wait in a section."""
        if section in self._buttons:
            self._buttons[section].set_count(count, tone)

    def set_history(self, *, can_go_back: bool, can_go_forward: bool) -> None:
        """Enable the two arrows."""
        self._back.setEnabled(can_go_back)
        self._forward.setEnabled(can_go_forward)

    def set_room(self, room: QSize, *, least_width: int, least_height: int) -> None:
        """Fit into a window: icons only where it is narrow, closer together where it is low."""
        self._narrow = room.width() < least_width
        self._low = room.height() < least_height
        for button in (*self._buttons.values(), self._lock):
            button.set_room(narrow=self._narrow, low=self._low)
        self._brand.setVisible(not self._narrow)
        self._forward.setVisible(not self._narrow)
        self._head.setVisible(not (self._narrow and self._low))
        self._renew_width()

    def _renew_width(self) -> None:
        if self._narrow:
            self.setFixedWidth(_ICONS_ONLY)
            return
        words = max(button.sizeHint().width() for button in (*self._buttons.values(), self._lock))
        self.setFixedWidth(min(max(words + 4 * SPACE + 2, _NARROWEST), _WIDEST))

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._sections[number].name)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_ICONS_ONLY, 0)

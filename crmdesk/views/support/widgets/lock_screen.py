"""What covers the window while it is locked: who works here, and a PIN to come back."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text, set_look, show_if

_WIDTH = 320


class LockScreen(QWidget):
    """Shows nothing of the store; whoever checks the PIN calls `refuse` or hides the screen."""

    unlock_asked = Signal(str)
    other_person_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._person = Text("", "title")
        self._store = Text("", "muted")
        self._pin = QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.returnPressed.connect(self._try)
        self._pin.textEdited.connect(self._clear_refusal)
        self._refusal = Text("", "error", wrap=True)
        self._unlock = Button("", "", "primary", "Enter")
        self._unlock.clicked.connect(self._try)
        self._other = Button("", kind="link")
        self._other.clicked.connect(self.other_person_asked)
        self.setLayout(column(None, row(None, self._make_card(), None), None))
        self.setFocusProxy(self._pin)
        self.retranslate()
        self._clear_refusal()

    def _make_card(self) -> Card:
        card = Card()
        card.setFixedWidth(_WIDTH)
        card.body.setContentsMargins(6 * SPACE, 6 * SPACE, 6 * SPACE, 5 * SPACE)
        card.body.setSpacing(3 * SPACE)
        card.add(row(IconLabel("lock", Tone.INFO, size=20), self._person, None, gap=2))
        card.add(self._store)
        card.add(self._pin)
        card.add(self._refusal)
        card.add(row(self._unlock, None, self._other))
        return card

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self._pin.setPlaceholderText(gettext("PIN"))
        self._pin.setAccessibleName(gettext("PIN"))
        self._unlock.set_text(gettext("Unlock"))
        self._other.set_text(gettext("Someone else"))

    def set_person(self, name: str, store: str) -> None:
        """Say who locked, and where."""
        self._person.setText(name)
        self._store.setText(store)

    def cover(self) -> None:
        """Begin a lock: no PIN from before, the field has the keyboard."""
        self._pin.clear()
        self._clear_refusal()
        self._pin.setFocus(Qt.FocusReason.PopupFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why the PIN was not taken, at the field."""
        self._pin.clear()
        self._refusal.setText(sentence)
        show_if(self._refusal, wanted=True)
        set_look(self._pin, wrong="true")
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clear_refusal(self) -> None:
        show_if(self._refusal, wanted=False)
        set_look(self._pin, wrong="false")

    @Slot()
    def _try(self) -> None:
        if self._pin.text():
            self.unlock_asked.emit(self._pin.text())

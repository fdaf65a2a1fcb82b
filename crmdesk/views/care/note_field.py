"""The note of a call: Enter saves, Shift+Enter breaks the line, a digit before any word changes the outcome."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.tokens import SPACE

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAST_HEIGHT = 18 * SPACE


class NoteField(QPlainTextEdit):
    """Plain text; `confirmed` on Enter."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        # Set while the program, not the person, put the cursor here: then a digit still names an outcome.
        self._lent = False
        self.setPlaceholderText(gettext("What was said… (may stay empty)"))
        self.setAccessibleName(gettext("Note of the call"))
        self.setTabChangesFocus(True)
        self.setMinimumHeight(_LEAST_HEIGHT)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _LEAST_HEIGHT)  # it takes what room is left, and asks for none

    def invite(self) -> None:
        """Put the cursor here after an outcome was chosen."""
        if not self.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._lent = True

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._lent = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave outcome keys and Escape to the page."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.confirmed.emit()
        elif self._is_for_the_page(event):
            event.ignore()
        else:
            self._lent = self._lent and not event.text()
            super().keyPressEvent(event)

    def _is_for_the_page(self, event: QKeyEvent) -> bool:
        digit = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
        if digit and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return True
        return event.key() == Qt.Key.Key_Escape or (digit and self._lent and not self.toPlainText())

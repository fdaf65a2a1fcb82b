"""Barcode scanners type like a very fast person; what they type outside text fields goes to the search box."""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

GAP_MS = 40  # between two keys of a scanner; people need 80 and more
SHORTEST = 5  # characters of a code
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_IN_CODES = frozenset("-/._+")


class Scanner(QObject):
    """Holds fast keys back until it is clear whether they are a scan; ordinary keys follow 40 ms later.

    Only letters, digits and ``- / . _ +`` are held back, so shortcuts and navigation are never late.
    """

    scanned = Signal(str)

    def __init__(self, application: QApplication) -> None:
        """Listen to every key of the program."""
        super().__init__(application)
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._giving_back = False
        self._gap = QTimer(self)
        self._gap.setSingleShot(True)
        self._gap.setInterval(GAP_MS)
        self._gap.timeout.connect(self._give_back)
        application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back what may belong to a scan."""
        if self._giving_back or not isinstance(watched, QWidget) or not isinstance(event, QKeyEvent):
            return False
        if _takes_text(watched):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and _is_code(event):
            event.accept()  # a shortcut of one letter must not take the first letter of a scan
            return True
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        return False

    def _pressed(self, widget: QWidget, event: QKeyEvent) -> bool:
        if _is_code(event) and not event.isAutoRepeat():
            self._held.append((widget, event.clone()))
            self._gap.start()
            return True
        if not self._held:
            return False
        if event.key() in _ENDS and len(self._held) >= SHORTEST:
            text = "".join(held.text() for _widget, held in self._held)
            self._forget()
            self.scanned.emit(text)
            return True
        self._give_back()
        return False

    def _give_back(self) -> None:
        held = self._held
        self._forget()
        self._giving_back = True
        try:
            for widget, event in held:
                if shiboken6.isValid(widget):
                    QCoreApplication.sendEvent(widget, event)
        finally:
            self._giving_back = False

    def _forget(self) -> None:
        self._gap.stop()
        self._held = []


def _is_code(event: QKeyEvent) -> bool:
    text = event.text()
    plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return plain and len(text) == 1 and text.isascii() and (text.isalnum() or text in _IN_CODES)


def _takes_text(widget: QWidget) -> bool:
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox) or (isinstance(widget, QComboBox) and widget.isEditable())

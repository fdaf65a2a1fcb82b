"""A scan anywhere that is not a text field goes to the search box."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

_GAP_MS: Final = 45
"""Longest pause between two letters of a scanner; hands are slower."""
_LEAST_LETTERS: Final = 4
_WRITING: Final = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


class ScanCatcher(QObject):
    """Holds back quick letters until it knows whether a scanner or a hand wrote them.

    A hand's single key reaches its widget after the pause of `_GAP_MS`, so page keys (1 … 8, ?) still work, and a
    scanner's digits never trigger them. Shortcuts of the program all have a modifier or are function keys, so they do
    not pass here.
    """

    scanned = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._held: list[QKeyEvent] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_GAP_MS)
        self._pause.timeout.connect(self._release)

    def watch(self) -> None:
        """Begin; the window must have been shown, as keys reach its native window first."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self._is_writing():
            return self._press(event)
        return False

    def _is_writing(self) -> bool:
        focused = QApplication.focusWidget()
        editable = isinstance(focused, QComboBox) and focused.isEditable()
        return editable or isinstance(focused, _WRITING)

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._held:
            return self._end()
        if not self._is_letter(event):
            self._release()
            return False
        self._held.append(event.clone())
        self._pause.start()
        return True

    def _is_letter(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        text = event.text()
        return not held and len(text) == 1 and text.isprintable() and text != " "

    def _end(self) -> bool:
        self._pause.stop()
        if len(self._held) < _LEAST_LETTERS:
            self._release()
            return False
        text = "".join(event.text() for event in self._held)
        self._held = []
        self.scanned.emit(text)
        return True

    def _release(self) -> None:
        """Give the held keys to whoever has the keyboard."""
        self._pause.stop()
        held, self._held = self._held, []
        for event in held:
            QApplication.sendEvent(QApplication.focusWidget() or self._window, event)

"""Keeps what is typed ahead: Tab pressed while it is still looked up who stands at the counter, and the keys after it.

Only the answer decides what Tab leads to: a known member's name is not typed, her goods come next.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from crmdesk.views.service.intake_lookup import PersonLookup
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.support.fields import LineField

_LONGEST_MS = 10_000  # then the keys do what they would have done without an answer
_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class EarlyKeys(QObject):
    """Watches the phone field; what it keeps is carried out in its order once the answers are there."""

    acted = Signal()  # it was carried out

    def __init__(self, field: LineField, lookup: PersonLookup, presenter: IntakePresenter) -> None:
        """Watch `field`, whose text `lookup` looks up."""
        super().__init__(field)
        self._field = field
        self._lookup = lookup
        self._presenter = presenter
        self._held: list[QEvent] = []
        self._acting = False
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.setInterval(_LONGEST_MS)
        self._longest.timeout.connect(self._act)
        field.line.installEventFilter(self)
        field.left.connect(self.drop)
        presenter.watch_busy(self._busy_changed)

    @property
    def holding(self) -> bool:
        """Whether Tab waits for the answer."""
        return bool(self._held)

    def drop(self) -> None:
        """Forget what is kept: the person went elsewhere."""
        if not self._acting:
            self._held = []
            self._longest.stop()

    def _busy_changed(self, _owner: QObject, _busy: object) -> None:
        if self._held:
            QTimer.singleShot(0, self, self._act_when_calm)

    def _act_when_calm(self) -> None:
        if self._held and not self._presenter.is_busy() and not self._lookup.is_about_to:
            self._act()

    def _act(self) -> None:
        held, self._held = self._held, []
        self._longest.stop()
        self._acting = True
        try:
            for event in held:
                focused = QApplication.focusWidget()
                if focused is not None:
                    QApplication.sendEvent(focused, event)
        finally:
            self._acting = False
        self.acted.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._acting:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_esc(event):
            self.drop()
        if isinstance(event, QInputMethodEvent) and self._held:
            self._hold_words(event)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._waits_for_answer(event):
            self._hold(event)
            return True
        return super().eventFilter(watched, event)

    def _waits_for_answer(self, event: QKeyEvent) -> bool:
        if self._held:
            return event.key() not in _ALONE and not _is_esc(event)
        plain = event.key() == Qt.Key.Key_Tab and event.modifiers() == Qt.KeyboardModifier.NoModifier
        return plain and bool(self._field.typed()) and (not self._lookup.decided or self._presenter.is_busy())

    def _hold(self, event: QKeyEvent) -> None:
        first = not self._held
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._held.append(QKeyEvent(kind, event.key(), event.modifiers(), event.text()))
        if first:
            self._longest.start()
            self._lookup.look_up()
            QTimer.singleShot(0, self, self._act_when_calm)

    def _hold_words(self, event: QInputMethodEvent) -> None:
        if event.commitString():
            kept = QInputMethodEvent()
            kept.setCommitString(event.commitString())
            self._held.append(kept)


def _is_esc(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape

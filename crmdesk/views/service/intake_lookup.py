"""Looks up who answers to what is typed in the phone field, while it is typed, at Enter, and before a save."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from crmdesk.core.phone import Phone, PhoneError, normalise
from crmdesk.queries.intake import Found
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.support.fields import LineField

_WAIT_MS = 150
_SHORTEST = 4


def phone_in(text: str) -> Phone | None:
    """Give the phone number that `text` is; None when it is none."""
    try:
        return normalise(text)
    except PhoneError:
        return None


class PersonLookup(QObject):
    """Watches one field and asks who is meant."""

    typed_on = Signal()  # it says something new
    answered = Signal(object)  # Found
    emptied = Signal()

    def __init__(self, field: LineField, presenter: IntakePresenter) -> None:
        """Watch `field`."""
        super().__init__(field)
        self._field = field
        self._presenter = presenter
        self._looked = ""
        self._waiting: list[Callable[[], None]] = []
        self.entered = False  # asked by Enter: a single answer is then meant
        self._deciding = False  # the answer is there, and a person of it is still read
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look_up)
        field.line.textChanged.connect(self._on_typed)
        field.left.connect(self.look_up)
        field.line.installEventFilter(self)

    @property
    def settled(self) -> bool:
        """Whether what is typed has been looked up."""
        return self._field.typed() == self._looked

    @property
    def decided(self) -> bool:
        """Whether it is clear who is meant."""
        return self.settled and not self._deciding

    @property
    def is_about_to(self) -> bool:
        """Whether the question is put in a moment."""
        return self._soon.isActive()

    def _on_typed(self, _text: str) -> None:
        if self.settled:
            return
        self.entered = False
        self.typed_on.emit()
        typed = self._field.typed()
        if phone_in(typed) is not None:
            self._soon.start(0)
        elif len(typed) >= _SHORTEST:
            self._soon.start(_WAIT_MS)
        else:
            self._soon.stop()

    def look_up(self) -> None:
        """Ask who it is; nothing happens when that is known already."""
        self._soon.stop()
        typed = self._field.typed()
        if self.settled and not self._waiting:
            return
        if typed:
            self._presenter.find_person(typed, self._found)
        else:
            self._looked = ""
            self.emptied.emit()
            self.finish()

    def _found(self, found: Found) -> None:
        if found.typed != self._field.typed():
            return
        self._looked = found.typed
        if found.phone is not None:
            self.take_as(found.phone.group())
        self._deciding = True
        self.answered.emit(found)

    def take_as(self, text: str) -> None:
        """Show `text` in the field as something that is looked up already."""
        self._looked = text
        if self._field.line.text() != text:
            self._field.line.setText(text)
        self._soon.stop()

    def forget(self) -> None:
        """Forget what was looked up, so that it is asked anew."""
        self._looked = ""

    def clear(self) -> None:
        """Begin again with nothing typed."""
        self._looked = ""
        self._waiting = []
        self._deciding = False
        self._soon.stop()

    def settle(self, then: Callable[[], None]) -> None:
        """Call `then` when it is clear who it is."""
        if self.decided and not self._waiting:
            then()
        else:
            self._waiting.append(then)
            self.look_up()

    def finish(self) -> None:
        """Go on with what waited for the answer."""
        waiting, self._waiting = self._waiting, []
        self._deciding = False
        for then in waiting:
            then()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.entered = True
                self.forget()
                self.look_up()
                return True
        return super().eventFilter(watched, event)

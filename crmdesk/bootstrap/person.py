"""Who sits at this desk now: asked by every job, changed by signing in, locking and signing out."""

from PySide6.QtCore import QObject, Signal

from crmdesk.core.clock import Clock
from crmdesk.core.context import Actor, Context, StoreRef
from crmdesk.core.i18n import current_language
from crmdesk.services.signin import nobody


class Person(QObject):
    """The signed-in staff member of this desk; before anybody signed in, nobody with no rights."""

    changed = Signal()

    def __init__(self, clock: Clock, store: StoreRef, desk: str) -> None:
        """Begin with nobody."""
        super().__init__()
        self._clock = clock
        self._desk = desk
        self.store = store
        self.actor: Actor | None = None

    def enter(self, actor: Actor, store: StoreRef) -> None:
        """Let ``actor`` sit down."""
        self.actor, self.store = actor, store
        self.changed.emit()

    def leave(self) -> None:
        """Leave the desk to nobody."""
        self.actor = None
        self.changed.emit()

    def context(self) -> Context:
        """Give the surroundings of whoever sits here."""
        if self.actor is None:
            return nobody(self._clock, self.store, self._desk, current_language())
        return Context(self._clock, self.actor, self.store, self._desk, current_language())

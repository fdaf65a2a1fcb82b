"""One place where every screen learns that data changed, whoever changed it."""

from PySide6.QtCore import QObject, Signal

from crmdesk.core.topics import Topic


class Bus(QObject):
    """Carries the topics of each committed write to the screens."""

    changed = Signal(object)  # frozenset[Topic]

    def publish(self, topics: frozenset[Topic]) -> None:
        """Tell all listeners that `topics` changed; nothing is sent for an empty set."""
        if topics:
            self.changed.emit(topics)

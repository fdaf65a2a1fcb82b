"""The window's two faces: the work, and the lock that covers it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from crmdesk.views.support.widgets.lock_screen import LockScreen

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class Covers(QStackedWidget):
    """Shows the work or the lock screen; while locked the window's keys are dead."""

    def __init__(self, work: QWidget, lock_screen: LockScreen) -> None:
        super().__init__()
        self._work = work
        self._lock_screen = lock_screen
        self._sleeping: list[QAction] = []
        self._focused: QWidget | None = None
        self.addWidget(work)
        self.addWidget(lock_screen)

    @property
    def locked(self) -> bool:
        """Whether the lock screen covers the work."""
        return self.currentWidget() is self._lock_screen

    def lock(self) -> None:
        """Cover the work; nothing of it can be seen or reached."""
        if self.locked:
            return
        self._focused = self.window().focusWidget()
        self._sleeping = [action for action in self.window().actions() if action.isEnabled()]
        for action in self._sleeping:
            action.setEnabled(False)
        self._work.setEnabled(False)
        self.setCurrentWidget(self._lock_screen)
        self._lock_screen.cover()

    def unlock(self) -> None:
        """Show the work as it was left."""
        if not self.locked:
            return
        for action in self._sleeping:
            action.setEnabled(True)
        self._sleeping = []
        self._work.setEnabled(True)
        self.setCurrentWidget(self._work)
        if self._focused is not None:
            self._focused.setFocus()
        self._focused = None

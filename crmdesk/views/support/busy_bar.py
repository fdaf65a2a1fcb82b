"""The thin strip that shows after 200 ms that a screen waits, and after a second for what."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.jobs import JobRunner

PATIENCE_MS = 200
HEIGHT = 3


class BusyBar(QProgressBar):
    """Lies over the top edge of a screen while it, or anything inside it, waits for a job."""

    def __init__(self, screen: QWidget, jobs: JobRunner) -> None:
        """Watch the jobs of `screen`."""
        super().__init__(screen)
        self._screen = screen
        self._waiting: set[int] = set()
        self._watched: set[int] = set()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._appear)
        self.setTextVisible(False)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(gettext("Working"))
        self.hide()
        jobs.busy_changed.connect(self._busy_changed)
        jobs.progressed.connect(self._progressed)
        screen.installEventFilter(self)

    def _concerns(self, owner: QObject) -> bool:
        part: QObject | None = owner
        while part is not None:
            if part is self._screen:
                return True
            part = part.parent()
        return False

    def _busy_changed(self, owner: QObject, busy: bool) -> None:  # noqa: FBT001 - the signal's shape
        if busy and self._concerns(owner):
            self._waiting.add(id(owner))
            self._watch(owner)
            if not self._patience.isActive() and not self.isVisible():
                self._patience.start()
        elif not busy:
            self._forget(id(owner))

    def _watch(self, owner: QObject) -> None:
        # A dialog may be closed and deleted before its job ended: nobody says then that it waits no more.
        if id(owner) not in self._watched:
            self._watched.add(id(owner))
            key = id(owner)
            # Without a parameter, so that Qt does not hand over the owner itself, which is gone.
            owner.destroyed.connect(lambda: self._gone(key))

    def _gone(self, owner: int) -> None:
        if shiboken6.isValid(self):
            self._watched.discard(owner)
            self._forget(owner)

    def _forget(self, owner: int) -> None:
        self._waiting.discard(owner)
        if not self._waiting:
            self._patience.stop()
            self.hide()

    def _progressed(self, owner: QObject, done: int, total: int, text: str) -> None:
        if self._concerns(owner):
            self.setRange(0, total)
            self.setValue(done)
            self.setToolTip(text)

    def _appear(self) -> None:
        if self._waiting:
            self.setRange(0, 0)
            self._place()
            self.show()
            self.raise_()

    def _place(self) -> None:
        self.setGeometry(0, 0, self._screen.width(), HEIGHT)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the width of the screen."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

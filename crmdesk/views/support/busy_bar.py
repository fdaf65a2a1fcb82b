"""The thin strip that shows after 200 ms that a screen waits, and after a second for what."""

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
            if not self._patience.isActive() and not self.isVisible():
                self._patience.start()
        elif not busy:
            self._waiting.discard(id(owner))
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

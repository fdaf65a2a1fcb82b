"""A window with a table view, and how long it takes until something is painted."""

import os
import time
from collections.abc import Callable

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTableView
from typing_extensions import override

WAIT_MS = 120_000
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class View(QTableView):
    """A table view that counts how often it was painted."""

    paints = 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.paints += 1


class Stage:
    """The application and its one window."""

    def __init__(self) -> None:
        self.application = QApplication.instance() or QApplication([])
        self.view = View()
        self.view.resize(1100, 620)

    def until(self, there: Callable[[], bool]) -> float:
        """Run the event loop until ``there``; give the milliseconds."""
        started = time.perf_counter()
        while not there():
            self.application.processEvents()
            if (time.perf_counter() - started) * 1000 > WAIT_MS:
                raise RuntimeError("not there in time")
            time.sleep(0.0002)
        return (time.perf_counter() - started) * 1000

    def paint(self) -> None:
        """Wait until the view was painted once more."""
        shown = self.view.paints
        self.view.viewport().update()
        self.until(lambda: self.view.paints > shown)

"""Walking through the real program: each scene waits until nothing is under way, then a picture is taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QColorConstants, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from crmdesk.views.support.screen import Screen

Ready = Callable[[], bool]
# A scene acts, and yields whenever it has to wait: for a condition, or only until the program is quiet.
Scene = Callable[[], Iterator[Ready | None]]

_TICK_MS: Final = 20
_QUIET_TICKS: Final = 14  # typing waits 150 ms before it asks
_PATIENCE_TICKS: Final = 1500
_TITLE: Final = 30
_SHADOW: Final = 14


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture: its name and what leads to it."""

    name: str
    scene: Scene


class Walk(QObject):
    """Goes through stops in the event loop; ``missed`` says which could not be reached and why."""

    def __init__(self, stops: list[Stop], take: Callable[[str, QImage], None], done: Callable[[], None]) -> None:
        """Take the stops, what becomes of a picture, and what happens at the end."""
        super().__init__()
        self.missed: dict[str, str] = {}
        self._stops = iter(stops)
        self._take = take
        self._done = done
        self._stop: Stop | None = None
        self._running: Iterator[Ready | None] = iter(())
        self._ready: Ready | None = None
        self._quiet = 0
        self._waited = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin with the first stop."""
        self._next_stop()
        self._timer.start()

    def _tick(self) -> None:
        self._waited += 1
        if self._waited > _PATIENCE_TICKS:
            self._miss("not reached in time")
            return
        ready = quiet() and (self._ready is None or self._ready())
        self._quiet = self._quiet + 1 if ready else 0
        if self._quiet >= _QUIET_TICKS:
            self._go_on()

    def _go_on(self) -> None:
        self._quiet = self._waited = 0
        try:
            self._ready = next(self._running)
        except StopIteration:
            if self._stop is not None:
                self._take(self._stop.name, seen())
            self._next_stop()
        except (LookupError, TypeError, ValueError, RuntimeError, AttributeError) as error:
            self._miss(f"{type(error).__name__}: {error}")

    def _miss(self, why: str) -> None:
        if self._stop is not None:
            self.missed[self._stop.name] = why
        self._next_stop()

    def _next_stop(self) -> None:
        close_dialogs()
        self._quiet = self._waited = 0
        self._ready = None
        self._stop = next(self._stops, None)
        if self._stop is None:
            self._timer.stop()
            self._done()
        else:
            self._running = self._stop.scene()


# -- what is there ------------------------------------------------------------------------------


def window() -> QMainWindow:
    """Give the window that is seen.

    Raises:
        LookupError: none is.
    """
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QMainWindow) and one.isVisible():
            return one
    raise LookupError


def dialog() -> QDialog | None:
    """Give the dialog on top, if one is open."""
    open_now = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return open_now[-1] if open_now else None


def close_dialogs() -> None:
    """Close every dialog without saving."""
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog) and one.isVisible():
            one.done(QDialog.DialogCode.Rejected)


def quiet() -> bool:
    """Tell whether no job of the visible screen's desk is under way."""
    try:
        shown = [one for one in window().findChildren(Screen) if one.isVisible()]
    except LookupError:
        return False
    return all(screen.desk.jobs.is_idle() for screen in shown)


# -- pictures -----------------------------------------------------------------------------------


def seen() -> QImage:
    """Give the window as it is seen, with the dialog over it."""
    below = window()
    image = below.grab().toImage()
    above = dialog()
    if above is not None:
        _lay_over(image, below, above)
    return image


def _lay_over(image: QImage, below: QWidget, above: QDialog) -> None:
    """Paint a dialog where it lies, with the bar and the edge that the system would draw."""
    spot = QPoint((below.width() - above.width()) // 2, max((below.height() - above.height() + _TITLE) // 2, _TITLE))
    frame = QRect(spot.x(), spot.y() - _TITLE, above.width(), above.height() + _TITLE)
    painter = QPainter(image)
    shade = QColorConstants.Black.toRgb()
    for step in range(_SHADOW):
        shade.setAlpha(5)
        painter.fillRect(frame.adjusted(-step, -step + 4, step, step + 4), shade)
    palette = above.palette()
    painter.fillRect(frame, palette.color(QPalette.ColorRole.Window))
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    painter.setFont(above.font())
    painter.drawText(frame.adjusted(12, 0, -12, 0).topLeft() + QPoint(0, 20), above.windowTitle())
    painter.drawPixmap(spot, above.grab())
    painter.setPen(palette.color(QPalette.ColorRole.Mid))
    painter.drawRect(frame.adjusted(0, 0, -1, -1))
    painter.end()

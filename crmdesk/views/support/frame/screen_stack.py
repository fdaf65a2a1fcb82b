"""Holds the screens; where the window is too small for one, it scrolls instead of being cut."""

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override


class _Pages(QStackedWidget):
    """Asks for the room of the screen that is shown, not of the largest one."""

    @override
    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize()) if shown is not None else QSize(0, 0)

    @override
    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else QSize(0, 0)

    @override
    def hasHeightForWidth(self) -> bool:
        shown = self.currentWidget()
        return shown is not None and shown.hasHeightForWidth()

    @override
    def heightForWidth(self, width: int) -> int:
        shown = self.currentWidget()
        return shown.heightForWidth(width) if shown is not None and shown.hasHeightForWidth() else -1


class ScreenStack(QScrollArea):
    """Shows one screen at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = _Pages()
        self._pages.setProperty("role", "canvas")
        self.setWidget(self._pages)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    @property
    def shown(self) -> QWidget | None:
        """The screen shown now."""
        return self._pages.currentWidget()

    def holds(self, screen: QWidget) -> bool:
        """Whether a screen was shown here before."""
        return self._pages.indexOf(screen) >= 0

    def show_screen(self, screen: QWidget) -> None:
        """Show a screen from its top."""
        if not self.holds(screen):
            self._pages.addWidget(screen)
        self._pages.setCurrentWidget(screen)
        # The scroll area measures its widget again only when told so.
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))
        self.verticalScrollBar().setValue(0)

    def drop(self, screen: QWidget) -> None:
        """Forget a screen; it still has to be deleted."""
        self._pages.removeWidget(screen)

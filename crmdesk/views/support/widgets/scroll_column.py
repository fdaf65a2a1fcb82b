"""A column of parts that scrolls when it is longer than its room."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.views.support.tokens import SPACE

_LEAST_HEIGHT = 120
_AROUND_FOCUS = 7 * SPACE  # a field's label, and the sentence below it


class ScrollColumn(QScrollArea):
    """Vertical scroll area without a frame; gap and margin in steps of 4 px."""

    def __init__(self, gap: int = 2, margin: int = 0) -> None:
        super().__init__()
        self._watches = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inner = inner = QWidget()
        inner.setProperty("role", "plain")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(margin * SPACE, margin * SPACE, margin * SPACE, margin * SPACE)
        self.body.setSpacing(gap * SPACE)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

    @override
    def minimumSizeHint(self) -> QSize:
        needed = self.inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(needed, _LEAST_HEIGHT)

    @override
    def sizeHint(self) -> QSize:
        # Takes what is left; a page must not become longer than the window for something that scrolls by itself.
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for room again when the content needs another size; Qt's area keeps that to itself."""
        if watched is self.inner and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        application = QApplication.instance()
        if isinstance(application, QApplication) and not self._watches:
            self._watches = True
            application.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Bring into sight what got the focus by a mnemonic, Tab or a refusal."""
        if now is not None and self.isVisible() and self.inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, _AROUND_FOCUS)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Append a part."""
        if isinstance(part, QWidget):
            self.body.addWidget(part, stretch)
        else:
            self.body.addLayout(part, stretch)

    def add_stretch(self) -> None:
        """Push what was added to the top."""
        self.body.addStretch(1)

    def clear(self) -> None:
        """Remove all widgets."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

"""A column of parts that scrolls when it is longer than its room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.views.support.tokens import SPACE

_LEAST_HEIGHT = 120


class ScrollColumn(QScrollArea):
    """Vertical scroll area without a frame; gap and margin in steps of 4 px."""

    def __init__(self, gap: int = 2, margin: int = 0) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner = QWidget()
        inner.setProperty("role", "plain")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(margin * SPACE, margin * SPACE, margin * SPACE, margin * SPACE)
        self.body.setSpacing(gap * SPACE)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

    @override
    def minimumSizeHint(self) -> QSize:
        needed = self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(needed, _LEAST_HEIGHT)

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

"""Labels of the house: by role, with an optional tone, cut with an ellipsis where room ends."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.tones import Tone

ROLES: Final = (
    "body", "title", "heading", "huge", "large", "spoken",
    "soft", "muted", "small", "field", "link", "brand", "error",
)  # fmt: skip


def set_look(widget: QWidget, **properties: object) -> None:
    """Set style sheet properties (`role`, `tone`, `kind` …) and restyle the widget."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def show_if(widget: QWidget, wanted: bool) -> None:  # noqa: FBT001  (a state, as Qt's setters)
    """Show or hide a part; one that has no parent yet is never opened as a window of its own."""
    if wanted and widget.parent() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
        return
    widget.setVisible(wanted)


class Text(QLabel):
    """A label that takes its look from a role; plain text only.

    Args:
        text: what it says.
        role: one of `ROLES`.
        tone: colours the words; say the meaning in words too.
        wrap: breaks lines instead of cutting.
    """

    def __init__(self, text: str = "", role: str = "body", tone: Tone | None = None, *, wrap: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        if tone is not None:
            self.setProperty("tone", tone.value)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Layouts that do not ask for height by width would cut the last lines otherwise.
        if self.wordWrap():
            self.setMinimumHeight(0)  # the height for a width is never less than the least: it could not shrink
            self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the words by a tone, or not at all."""
        set_look(self, tone=tone.value if tone else "")


class ShortText(Text):
    """One line that ends in an ellipsis where room ends; the whole text is its tool tip."""

    def __init__(self, text: str = "", role: str = "body", tone: Tone | None = None) -> None:
        super().__init__(text, role, tone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 3, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip("" if self._shown() == self.text() else self.text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment() | Qt.TextFlag.TextSingleLine),
            self.palette(),
            self.isEnabled(),
            self._shown(),
            self.foregroundRole(),
        )

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

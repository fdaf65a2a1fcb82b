"""Short messages at the bottom of the window: saved, with what can be done next."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.tokens import MOTION_MS, SPACE
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.text import Text

ToastAction = tuple[str, Callable[[], None]]

_SHOWN_MS: Final = 4_000
_SHOWN_WITH_ACTIONS_MS: Final = 8_000
_FROM_BOTTOM: Final = 44
_MOST_ACTIONS: Final = 3


class _ToastButton(Button):
    """A link on the toast's own ground."""

    def __init__(self, text: str) -> None:
        super().__init__(text, kind="toast")


class ToastHost(QFrame):
    """Shows one message at a time over the bottom of a window; the newest replaces the older.

    Args:
        window: the widget it floats over.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("role", "toast")
        self._text = Text("", "toast")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(SPACE)
        self._close = IconButton("x", gettext("Close message"), "toast")
        self._close.clicked.connect(self.dismiss)
        line = QHBoxLayout(self)
        line.setContentsMargins(4 * SPACE, SPACE, SPACE, SPACE)
        line.setSpacing(2 * SPACE)
        line.addWidget(self._text)
        line.addLayout(self._actions)
        line.addWidget(self._close)
        self._life = QTimer(self)
        self._life.setSingleShot(True)
        self._life.timeout.connect(self.dismiss)
        self._motion = QPropertyAnimation(self, b"pos", self)
        self._motion.setDuration(MOTION_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        window.installEventFilter(self)
        self.hide()

    # The desk's protocol calls it `show`, as people say; Qt's own `show` stays reachable through setVisible.
    @override
    def show(self, text: str = "", actions: Sequence[ToastAction] = ()) -> None:
        """Show a message.

        Args:
            text: what happened, as "Saved R-01-261114-003".
            actions: up to three (label, what it does), as print and undo.
        """
        self._text.setText(text)
        self._close.set_name(gettext("Close message"))
        self._renew_actions(actions[:_MOST_ACTIONS])
        self.setAccessibleName(text)
        self.adjustSize()
        self.setVisible(True)
        self.raise_()
        place = self._place()
        self._motion.stop()
        self._motion.setStartValue(place + QPoint(0, 4 * SPACE))
        self._motion.setEndValue(place)
        self._motion.start()
        self._life.start(_SHOWN_WITH_ACTIONS_MS if actions else _SHOWN_MS)

    @property
    def message(self) -> str:
        """The words shown now; empty when nothing is shown."""
        return "" if self.isHidden() else self._text.text()

    def dismiss(self) -> None:
        """Take the message away."""
        self._life.stop()
        self._motion.stop()
        self.hide()

    def _renew_actions(self, actions: Sequence[ToastAction]) -> None:
        while (item := self._actions.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for label, act in actions:
            button = _ToastButton(label)
            button.clicked.connect(partial(self._act, act))
            self._actions.addWidget(button)

    def _act(self, act: Callable[[], None], _checked: object = None) -> None:
        self.dismiss()
        act()

    def _place(self) -> QPoint:
        left = (self._window.width() - self.width()) // 2
        return QPoint(left, self._window.height() - self.height() - _FROM_BOTTOM)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._motion.stop()
            self.move(self._place())
        return super().eventFilter(watched, event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._life.stop()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._life.start(_SHOWN_MS)
        super().leaveEvent(event)

"""Buttons with an icon and, in a softer voice, the key that does the same."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support import fonts
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import CONTROL, ICON
from crmdesk.views.support.widgets.text import set_look

_SIDES: Final = {"quiet": 8, "link": 1, "toast": 8}
_SIDE: Final = 15
_GAP: Final = 6
_LINK_HEIGHT: Final = 22
_LEAST: Final = 120
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class Button(QPushButton):
    """A push button of the house.

    Args:
        text: verb, with `&` before its mnemonic where there is one.
        icon: icon in front.
        kind: plain, primary (one per page), danger, quiet or link.
        hint: the shortcut to show; the page registers it.
    """

    def __init__(self, text: str = "", icon: str = "", kind: str = "plain", hint: str = "") -> None:
        super().__init__(text)
        self._icon = icon
        self._kind = kind
        self._hint = hint
        self._gives_way = False
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)

    def set_text(self, text: str, hint: str | None = None, icon: str | None = None) -> None:
        """Change words, shown shortcut and icon; `None` keeps what is there."""
        self._hint = self._hint if hint is None else hint
        self._icon = self._icon if icon is None else icon
        self.setText(text)
        self.updateGeometry()

    @property
    def hint(self) -> str:
        """The shortcut that is shown."""
        return self._hint

    def set_kind(self, kind: str) -> None:
        """Change the kind, as when the next step becomes another one."""
        self._kind = kind
        set_look(self, kind=kind)
        self.updateGeometry()

    def give_way(self) -> None:
        """End in an ellipsis where room ends, for links that name a thing; the whole name is the tool tip."""
        self._gives_way = True
        self.setToolTip(self.text())

    def refuse(self, reason: str) -> None:
        """Grey the button and say why when pointed at."""
        self.setEnabled(False)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def allow(self) -> None:
        """Undo `refuse`."""
        self.setEnabled(True)
        self.setToolTip("")
        self.setAccessibleDescription("")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, on pages as in dialogs."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _HELD:
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        hint = self._hint_width()
        return QSize(self._whole_width() + (hint + _GAP + 2 if hint else 0), self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        whole = self._whole_width()
        return QSize(min(whole, _LEAST) if self._gives_way else whole, self._height())

    def _whole_width(self) -> int:
        width = 2 * _SIDES.get(self._kind, _SIDE) + self._text_width()
        if self._icon:
            width += ICON + (_GAP if self.text() else 0)
        return width

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        self._paint_content(painter)

    def _paint_content(self, painter: QPainter) -> None:
        hint = self._hint_width() if self.width() >= self.sizeHint().width() else 0
        room = self.width() - 2 * _SIDES.get(self._kind, _SIDE) - (ICON + _GAP if self._icon else 0)
        whole = self._text_width()
        cut = self._gives_way and whole > room
        parts = (ICON if self._icon else 0, min(whole, room) if cut else whole, hint)
        shown = [part for part in parts if part]
        left = (self.width() - sum(shown) - _GAP * (len(shown) - 1)) / 2
        words, soft = self._colours()
        if self._icon:
            paint_icon(painter, self._icon, left, (self.height() - ICON) / 2, words)
            left += ICON + _GAP
        painter.setFont(self._text_font())
        painter.setPen(words)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextShowMnemonic)
        said = self._cut(room) if cut else self.text()
        painter.drawText(QRectF(left, 0, parts[1] + 2, self.height()), flags, said)
        if hint:
            painter.setFont(fonts.text_font())
            painter.setPen(soft)
            painter.drawText(QRectF(left + parts[1] + _GAP + 2, 0, hint + 2, self.height()), flags, self._hint)

    def _cut(self, room: int) -> str:
        metrics = QFontMetrics(self._text_font())
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room, int(Qt.TextFlag.TextShowMnemonic))

    def _colours(self) -> tuple[QColor, QColor]:
        look = tokens()
        if not self.isEnabled():
            return look.muted, look.muted
        plain = {
            "primary": (look.on_accent, look.on_accent_soft),
            "danger": (look.tone(Tone.LATE).text, look.muted),
            "quiet": (look.soft, look.muted),
            "link": (look.accent_text, look.muted),
            "toast": (look.toast_link, look.toast_link),
        }
        return plain.get(self._kind, (look.text, look.muted))

    def _height(self) -> int:
        return _LINK_HEIGHT if self._kind == "link" else CONTROL

    def _text_font(self) -> QFont:
        return fonts.text_font(bold=self._kind == "primary")

    def _text_width(self) -> int:
        metrics = QFontMetrics(self._text_font())
        return metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width() if self.text() else 0

    def _hint_width(self) -> int:
        return QFontMetrics(fonts.text_font()).horizontalAdvance(self._hint) if self._hint else 0


class IconButton(Button):
    """A square button with an icon only; its name is read out and shown when pointed at."""

    def __init__(self, icon: str, name: str, kind: str = "quiet") -> None:
        super().__init__("", icon, kind)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Change the spoken name and tool tip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(CONTROL, CONTROL)

    @override
    def sizeHint(self) -> QSize:
        return QSize(CONTROL, CONTROL)

"""Light and dark look of the whole program: palette, style sheet, typeface, live changes."""

import os
from enum import Enum
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from crmdesk.core.resources import resource_path
from crmdesk.views.support import fonts
from crmdesk.views.support import tokens as design
from crmdesk.views.support.tokens import Tokens, scheme

_WHOLE: Final = 100


def scale_everything(percent: int) -> None:
    """Make text and all else larger or smaller; call before the application object exists.

    Args:
        percent: of the normal size, as the desk's setting says.
    """
    if percent != _WHOLE:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{percent / _WHOLE:.2f}")


class ThemeChoice(Enum):
    """What the desk asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Present:
    """The tokens in use; one look per process, as Qt has one style sheet per application."""

    tokens: Tokens = scheme(dark=False)


def tokens() -> Tokens:
    """The colours in use now; ask at paint time, never keep them."""
    return _Present.tokens


_ROLES: Final = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.ToolTipBase: "toast",
    QPalette.ColorRole.ToolTipText: "on_toast",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Midlight: "hairline",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Accent: "accent",
}
_DISABLED: Final = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def palette_of(look: Tokens) -> QPalette:
    """Qt's palette for a scheme, so that unstyled parts agree with the sheet."""
    colours = look.colours()
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, colours[name])
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, look.muted)
    return palette


def style_sheet_of(look: Tokens) -> str:
    """The one style sheet, filled with a scheme's colours and the design's sizes."""
    text = resource_path("theme", "crmdesk.qss").read_text(encoding="utf-8")
    values = {name: colour.name() for name, colour in look.colours().items()}
    for tone, colours in look.tones.items():
        values[f"{tone.value}_text"] = colours.text.name()
        values[f"{tone.value}_fill"] = colours.fill.name()
    values |= {
        "corner": f"{design.CORNER}px",
        "pad": f"{2 * design.SPACE}px",
        "text_size": f"{design.TEXT}px",
        "small_size": f"{design.TEXT_SMALL}px",
        "heading_size": f"{design.TEXT_HEADING}px",
        "title_size": f"{design.TEXT_TITLE}px",
        "huge_size": f"{design.TEXT_HUGE}px",
        "inner": f"{design.CONTROL - 2}px",
        "folder": resource_path("theme").as_posix(),
    }
    return Template(text).substitute(values)


class Theme(QObject):
    """Keeps the application's look: follows the system, or what the desk chose."""

    changed = Signal()
    """The tokens are new; widgets that keep pictures make them again."""

    def __init__(self, application: QApplication) -> None:
        """Take over the look of the application; call `apply` once settings are known."""
        super().__init__(application)
        self._application = application
        self._choice = ThemeChoice.SYSTEM
        self._accent: QColor | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def choice(self) -> ThemeChoice:
        """What was asked for."""
        return self._choice

    @property
    def dark(self) -> bool:
        """Whether the dark scheme is showing."""
        return tokens().dark

    def apply(self, choice: ThemeChoice, accent: str = "") -> None:
        """Show a scheme with a store's accent colour (`#rrggbb`; empty for the house's)."""
        self._choice = choice
        asked = QColor(accent) if accent else QColor()
        self._accent = asked if asked.isValid() else None
        self._refresh()

    @Slot()
    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._refresh()

    def _wants_dark(self) -> bool:
        if self._choice is ThemeChoice.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._choice is ThemeChoice.DARK

    def _refresh(self) -> None:
        look = scheme(dark=self._wants_dark(), accent=self._accent)
        _Present.tokens = look
        self._application.setFont(fonts.text_font())
        self._application.setPalette(palette_of(look))
        self._application.setStyleSheet(style_sheet_of(look))
        self.changed.emit()

"""The design's numbers and colours: the only literal colours of the program."""

from dataclasses import dataclass, fields, replace
from typing import Final

from PySide6.QtGui import QColor

from crmdesk.core.tones import Tone
from crmdesk.views.support.contrast import mixed, readable

SPACE: Final = 4
"""Every distance is a multiple of this many logical pixels."""
ROW: Final = 30
CONTROL: Final = 32
CORNER: Final = 6
ICON: Final = 16
ICON_LARGE: Final = 20
TEXT: Final = 13
TEXT_SMALL: Final = 12
TEXT_HEADING: Final = 14
TEXT_TITLE: Final = 18
TEXT_HUGE: Final = 26
MOTION_MS: Final = 120
"""Length of every animation; never above 150 ms."""

DEFAULT_ACCENT: Final = "#0b6aa2"
_BUTTON: Final = 5.5
"""Contrast of white on a button; above the least, so that its softer hint reads too."""


@dataclass(frozen=True, slots=True)
class ToneColours:
    """Colours of one tone: text, its ground in pills, ground and line in banners."""

    text: QColor
    fill: QColor
    pale: QColor
    line: QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one scheme, by what they are for."""

    dark: bool
    canvas: QColor
    surface: QColor
    rail: QColor
    sunken: QColor
    hover: QColor
    text: QColor
    soft: QColor
    muted: QColor
    line: QColor
    hairline: QColor
    edge: QColor
    accent: QColor
    accent_hover: QColor
    accent_down: QColor
    on_accent: QColor
    on_accent_soft: QColor
    accent_text: QColor
    selected: QColor
    accent_pale: QColor
    drawing: QColor
    drawing_faint: QColor
    shadow: QColor
    toast: QColor
    on_toast: QColor
    toast_link: QColor
    tones: dict[Tone, ToneColours]

    def tone(self, tone: Tone) -> ToneColours:
        """Colours of a tone in this scheme."""
        return self.tones[tone]

    def colours(self) -> dict[str, QColor]:
        """Every plain colour by name, for the style sheet."""
        return {field.name: value for field in fields(self) if isinstance(value := getattr(self, field.name), QColor)}


def _tone(text: str, fill: str, pale: str, line: str) -> ToneColours:
    return ToneColours(QColor(text), QColor(fill), QColor(pale), QColor(line))


_LIGHT: Final = Tokens(
    dark=False,
    canvas=QColor("#f6f7f9"),
    surface=QColor("#ffffff"),
    rail=QColor("#fbfbfc"),
    sunken=QColor("#f8fafb"),
    hover=QColor("#f0f3f6"),
    text=QColor("#1f2328"),
    soft=QColor("#424a53"),
    muted=QColor("#59626b"),
    line=QColor("#e3e6ea"),
    hairline=QColor("#f0f2f4"),
    edge=QColor("#cfd6dd"),
    accent=QColor(DEFAULT_ACCENT),
    accent_hover=QColor(DEFAULT_ACCENT),
    accent_down=QColor(DEFAULT_ACCENT),
    on_accent=QColor("#ffffff"),
    on_accent_soft=QColor("#ffffff"),
    accent_text=QColor(DEFAULT_ACCENT),
    selected=QColor("#e4eff7"),
    accent_pale=QColor("#a9cbe2"),
    drawing=QColor("#8b94a0"),
    drawing_faint=QColor("#d5dae0"),
    shadow=QColor(31, 35, 40, 40),
    toast=QColor("#24292f"),
    on_toast=QColor("#ffffff"),
    toast_link=QColor("#8ecaf0"),
    tones={
        Tone.INFO: _tone("#0b5a8a", "#e6f0f8", "#f3f8fc", "#c3dcee"),
        Tone.WAITING: _tone("#825500", "#fdf3dc", "#fdf7ea", "#efdcae"),
        Tone.OK: _tone("#1a6634", "#e3f4e7", "#f2faf4", "#bfe3c8"),
        Tone.WARN: _tone("#8f4700", "#fdeadb", "#fef5ec", "#f3cfaa"),
        Tone.LATE: _tone("#a8261b", "#fde8e6", "#fff5f4", "#f6cfcb"),
        Tone.NEUTRAL: _tone("#525a63", "#eef0f2", "#f7f8f9", "#dde1e5"),
    },
)

_DARK: Final = Tokens(
    dark=True,
    canvas=QColor("#15181c"),
    surface=QColor("#1d2126"),
    rail=QColor("#191c20"),
    sunken=QColor("#171a1e"),
    hover=QColor("#272c33"),
    text=QColor("#e6e9ec"),
    soft=QColor("#c2c8cf"),
    muted=QColor("#a1aab4"),
    line=QColor("#2e343b"),
    hairline=QColor("#282d33"),
    edge=QColor("#434b55"),
    accent=QColor(DEFAULT_ACCENT),
    accent_hover=QColor(DEFAULT_ACCENT),
    accent_down=QColor(DEFAULT_ACCENT),
    on_accent=QColor("#ffffff"),
    on_accent_soft=QColor("#ffffff"),
    accent_text=QColor(DEFAULT_ACCENT),
    selected=QColor("#1b3547"),
    accent_pale=QColor("#2f5f7f"),
    drawing=QColor("#8a939e"),
    drawing_faint=QColor("#3d444d"),
    shadow=QColor(0, 0, 0, 120),
    toast=QColor("#e9ecef"),
    on_toast=QColor("#1f2328"),
    toast_link=QColor("#0b5a8a"),
    tones={
        Tone.INFO: _tone("#85c2ea", "#173246", "#18262f", "#274a61"),
        Tone.WAITING: _tone("#e5bb61", "#3a2f14", "#2a2416", "#57481f"),
        Tone.OK: _tone("#7fcf95", "#173a23", "#18291e", "#285538"),
        Tone.WARN: _tone("#f0a868", "#43290f", "#2e2114", "#653f19"),
        Tone.LATE: _tone("#f59a90", "#4a1d19", "#321b19", "#6b2d28"),
        Tone.NEUTRAL: _tone("#b3bac2", "#2b3138", "#22272c", "#3a414a"),
    },
)


def scheme(*, dark: bool, accent: QColor | None = None) -> Tokens:
    """Tokens of the light or dark scheme around a store's accent colour.

    The accent is moved towards readable where the chosen colour would not reach 4.5 : 1.
    """
    base = _DARK if dark else _LIGHT
    chosen = accent or QColor(DEFAULT_ACCENT)
    button = readable(chosen, QColor("white"), least=_BUTTON)
    selected = mixed(base.surface, button, 0.30 if dark else 0.115)
    grounds = (base.surface, base.canvas, base.rail, base.hover, selected)
    return replace(
        base,
        accent=button,
        accent_hover=mixed(button, QColor("black"), 0.10),
        accent_down=mixed(button, QColor("black"), 0.22),
        on_accent_soft=readable(mixed(button, QColor("white"), 0.8), button),
        accent_text=readable(chosen, *grounds),
        selected=selected,
        accent_pale=mixed(base.surface, button, 0.5 if dark else 0.35),
    )

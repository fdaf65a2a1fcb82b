"""Contrast between two colours, and the nearest colour that reads well."""

from typing import Final

from PySide6.QtGui import QColor

READABLE: Final = 4.5
"""Least contrast of text against its ground (WCAG 2.2, 1.4.3 level AA)."""

_STEPS: Final = 40


def _linear(channel: float) -> float:
    if channel <= 0.04045:  # noqa: PLR2004  (knee of the sRGB curve)
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    return 0.2126 * _linear(colour.redF()) + 0.7152 * _linear(colour.greenF()) + 0.0722 * _linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio, 1 (same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Colour between two; `share` 0 gives the first, 1 the second."""
    keep = 1.0 - share
    return QColor.fromRgbF(
        one.redF() * keep + other.redF() * share,
        one.greenF() * keep + other.greenF() * share,
        one.blueF() * keep + other.blueF() * share,
    )


def readable(colour: QColor, *grounds: QColor, least: float = READABLE) -> QColor:
    """Return the colour, moved towards black or white until it reads on every ground.

    Args:
        colour: what the owner of the store chose.
        grounds: backgrounds it will stand on; all light or all dark.
        least: contrast to reach.
    """
    goal = max(
        (QColor("black"), QColor("white")),
        key=lambda end: min(contrast(end, ground) for ground in grounds),
    )
    for step in range(_STEPS + 1):
        tried = mixed(colour, goal, step / _STEPS)
        if all(contrast(tried, ground) >= least for ground in grounds):
            return tried
    return goal

"""The program's typeface: the platform's own Chinese face, or the bundled one."""

import sys
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from crmdesk.core.resources import resource_path
from crmdesk.views.support.tokens import TEXT

_WINDOWS: Final = ("Microsoft YaHei UI", "Microsoft YaHei", "Segoe UI")
_ELSEWHERE: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Noto Sans SC")


@cache
def families() -> tuple[str, ...]:
    """Families to use, best first; loads the bundled face where none is installed."""
    wanted = _WINDOWS if sys.platform == "win32" else _ELSEWHERE
    installed = set(QFontDatabase.families())
    found = [family for family in wanted if family in installed]
    return tuple(found or _bundled())


def _bundled() -> list[str]:
    found: list[str] = []
    for path in _bundled_files():
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            found += QFontDatabase.applicationFontFamilies(number)
    return found


def _bundled_files() -> list[Path]:
    folder = resource_path("fonts")
    return sorted(folder.glob("*.[to]tf")) if folder.is_dir() else []


@cache
def text_font(size: int = TEXT, *, bold: bool = False) -> QFont:
    """The program's face at a size in logical pixels, digits of equal width; shared, so copy before changing it."""
    font = QFont()
    chosen = families()
    if chosen:
        font.setFamilies(list(chosen))
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font

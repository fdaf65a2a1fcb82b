"""What the composition root says about one section of the rail."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One entry of the rail.

    Args:
        name: screen name for the navigator ("service").
        title: msgid, made with `mark()`.
        icon: icon name.
        factory: builds the screen when it is first shown.
        shortcut: portable text, "Ctrl+3".
        pages: names of further screens that belong to this section (a member's page belongs to the members).
    """

    name: str
    title: str
    icon: str
    factory: Callable[[], QWidget]
    shortcut: str = ""
    pages: tuple[str, ...] = ()

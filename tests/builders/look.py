"""The program's real look for a test; `tests/conftest.py` takes it off again."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from crmdesk.views.support.theme import Theme, ThemeChoice


@contextmanager
def dressed(application: QApplication) -> Iterator[Theme]:
    """Lend the theme with all its rules and its face; sizes are then those a clerk sees."""
    theme = Theme(application)
    try:
        yield theme
    finally:
        theme.apply(ThemeChoice.LIGHT)
        theme.deleteLater()

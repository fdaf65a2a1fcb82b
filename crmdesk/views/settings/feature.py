"""Makes the settings known."""

from functools import partial

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec

LOOKS = "looks"


def install(desk: Desk) -> SectionSpec:
    """Give the rail's entry; the pages are built when they are chosen.

    Commands: ``settings.looks`` (``member``: the number of the one who was looked at).
    """

    def make() -> QWidget:
        from crmdesk.views.settings.screen import SettingsScreen

        return SettingsScreen(desk)

    def make_looks() -> QWidget:
        from crmdesk.views.settings.looks_screen import LooksScreen

        return LooksScreen(desk)

    desk.navigator.register_section(LOOKS, make_looks)
    desk.navigator.register_command("settings.looks", mark("Who looked at whom"), "", partial(_show_looks, desk))
    return SectionSpec("settings", mark("Settings"), "settings", make, "Ctrl+8", pages=(LOOKS,))


def _show_looks(desk: Desk, member: str = "") -> None:
    from crmdesk.views.settings.looks_screen import LooksScreen

    desk.navigator.go(LOOKS)
    shown = desk.navigator.screen(LOOKS)
    if member and isinstance(shown, LooksScreen):
        shown.show_member(member)

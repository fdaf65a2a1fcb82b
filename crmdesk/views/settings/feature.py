"""Makes the settings known."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec


def install(desk: Desk) -> SectionSpec:
    """Give the rail's entry; the pages are built when they are chosen."""

    def make() -> QWidget:
        from crmdesk.views.settings.screen import SettingsScreen

        return SettingsScreen(desk)

    return SectionSpec("settings", mark("Settings"), "settings", make, "Ctrl+8")

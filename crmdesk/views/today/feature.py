"""Makes the today board known."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec


def install(desk: Desk) -> SectionSpec:
    """Give the rail's entry; the board is built when it is first shown."""

    def make() -> QWidget:
        from crmdesk.views.today.screen import TodayScreen

        return TodayScreen(desk)

    return SectionSpec("today", mark("Today"), "sun", make, "Ctrl+1")

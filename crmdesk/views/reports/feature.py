"""Makes the reports known."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec


def install(desk: Desk) -> SectionSpec:
    """Give the rail's entry, and the command that makes the owner's workbook."""

    def make() -> QWidget:
        from crmdesk.views.reports.screen import ReportsScreen

        return ReportsScreen(desk)

    def workbook() -> None:
        from crmdesk.views.reports.screen import ReportsScreen

        desk.navigator.go("reports")
        screen = desk.navigator.screen("reports")
        if isinstance(screen, ReportsScreen):
            screen.make_workbook()

    desk.navigator.register_command("reports.workbook", mark("Owner's workbook"), "", workbook)
    return SectionSpec("reports", mark("Reports"), "chart-column", make, "Ctrl+7")

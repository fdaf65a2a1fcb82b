"""Makes the service screen known: its section, the opener of tickets, which view serves which kind."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec

SECTION = "service"


def install(desk: Desk) -> SectionSpec:
    """Register what the service desk shows; the screens themselves are imported when first shown."""

    def screen() -> QWidget:
        from crmdesk.views.service.screen import ServiceScreen

        _register_kinds()
        return ServiceScreen(desk)

    def opened(ref: EntityRef) -> None:
        desk.navigator.go(SECTION, ref)

    desk.navigator.register_opener(EntityKind.TICKET, opened)
    return SectionSpec(SECTION, mark("Service"), "wrench", screen, "Ctrl+3")


def _register_kinds() -> None:
    from crmdesk.core.tickets import TicketKind
    from crmdesk.views.service import kinds
    from crmdesk.views.service.repair_view import RepairView

    kinds.register(TicketKind.REPAIR, RepairView)

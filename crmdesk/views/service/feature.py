"""Makes the service screen known: its section, the opener of tickets, which view serves which kind."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.views.service.batch_feature import PAGE as BATCHES
from crmdesk.views.service.batch_feature import install_batches
from crmdesk.views.service.case_feature import COMPLAINTS, install_complaints, install_letters, register_kinds
from crmdesk.views.service.condition_feature import install_condition
from crmdesk.views.service.goods_feature import install_goods
from crmdesk.views.service.goods_pages import PAGES as GOODS
from crmdesk.views.service.intake_feature import PAGE as INTAKE
from crmdesk.views.service.intake_feature import install_intake
from crmdesk.views.service.item_feature import PAGES as ITEMS
from crmdesk.views.service.item_feature import install_items
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec

SECTION = "service"


def install(desk: Desk) -> SectionSpec:
    """Register what the service desk shows; its list is imported when first shown.

    Commands: ``service.show`` (``view``: a name of `crmdesk.queries.ticket_filter.TicketView`), those of the intake.
    """

    def screen() -> QWidget:
        from crmdesk.views.service.screen import ServiceScreen

        _register_kinds()
        return ServiceScreen(desk)

    def opened(ref: EntityRef) -> None:
        desk.navigator.go(SECTION, ref)

    def show(view: str = "open") -> None:
        from crmdesk.queries.ticket_filter import TicketView
        from crmdesk.views.service.screen import ServiceScreen

        desk.navigator.go(SECTION)
        shown = desk.navigator.screen(SECTION)
        if isinstance(shown, ServiceScreen):
            shown.show_view(TicketView(view))

    desk.navigator.register_opener(EntityKind.TICKET, opened)
    desk.navigator.register_command("service.show", mark("Service orders"), "", show)
    install_intake(desk)
    install_condition(desk)
    install_letters(desk)
    install_complaints(desk)
    install_batches(desk)
    install_items(desk)
    install_goods(desk)
    pages = (INTAKE, BATCHES, COMPLAINTS, *GOODS, *ITEMS)
    return SectionSpec(SECTION, mark("Service"), "wrench", screen, "Ctrl+3", pages=pages)


def _register_kinds() -> None:
    from crmdesk.core.tickets import TicketKind
    from crmdesk.views.service import kinds
    from crmdesk.views.service.repair_view import RepairView

    kinds.register(TicketKind.REPAIR, RepairView)
    register_kinds()

"""Makes the pages about goods known: one thing's history, and the alerts about goods."""

from typing import TYPE_CHECKING

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PAGE, ALERTS = "item", "items.alerts"
PAGES = (PAGE, ALERTS)


def install_items(desk: Desk) -> None:
    """Register both pages, the opener of goods and the command ``items.alerts``."""
    navigator = desk.navigator

    def item() -> "QWidget":
        from crmdesk.views.service.item_page import ItemPage

        return ItemPage(desk)

    def alerts() -> "QWidget":
        from crmdesk.views.service.item_alerts import ItemAlertsPage

        return ItemAlertsPage(desk)

    navigator.register_section(PAGE, item)
    navigator.register_section(ALERTS, alerts)
    navigator.register_opener(EntityKind.ITEM, lambda ref: navigator.go(PAGE, ref))
    navigator.register_command(ALERTS, mark("Alerts about goods"), "", lambda: navigator.go(ALERTS))

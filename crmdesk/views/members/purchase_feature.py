"""Makes the page of purchases, its opener and its commands known."""

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind
from crmdesk.views.support.desk import Desk

PURCHASES, ENTER = "members.purchases", "members.purchase"


def install_purchases(desk: Desk) -> None:
    """Enter page, opener and commands: ``members.purchases``, ``members.purchase`` (``member_id``, ``person``)."""
    from crmdesk.views.members.purchases_screen import PurchasesScreen

    navigator = desk.navigator
    navigator.register_section(PURCHASES, lambda: PurchasesScreen(desk))
    navigator.register_opener(EntityKind.PURCHASE, lambda ref: navigator.go(PURCHASES, ref))

    def enter(member_id: int | None = None, person: str = "") -> None:
        from crmdesk.views.members.purchase_steps import PurchaseSteps

        here = navigator.here
        if here is None:
            navigator.go(PURCHASES)
        page = navigator.screen(here.screen if here is not None else PURCHASES)
        PurchaseSteps(page, desk).enter((member_id, person) if member_id is not None else None)

    navigator.register_command(PURCHASES, mark("Purchases"), "", lambda: navigator.go(PURCHASES))
    navigator.register_command(ENTER, mark("Enter a purchase"), "", enter)

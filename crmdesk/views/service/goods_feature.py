"""Makes the pages around goods in the shop known: pick-up, shelves, goods that wait to be collected."""

from typing import TYPE_CHECKING

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.views.service.goods_pages import PICK_UP, SHELVES, UNCOLLECTED
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def install_goods(desk: Desk) -> None:
    """Register the pages and the commands of the same names.

    ``service.pick_up`` takes ``ticket_id`` or nothing, ``service.shelves`` the ``code`` of goods to be put or nothing.
    """
    navigator, pages = desk.navigator, _Pages(desk)
    navigator.register_section(PICK_UP, pages.pick_up)
    navigator.register_section(SHELVES, pages.shelves)
    navigator.register_section(UNCOLLECTED, pages.uncollected)
    navigator.register_command(PICK_UP, mark("Pick up"), "Ctrl+Shift+A", pages.open_pick_up)
    navigator.register_command(SHELVES, mark("Shelves"), "Ctrl+Shift+S", pages.open_shelves)
    waiting = mark("Waiting to be collected")
    navigator.register_command(UNCOLLECTED, waiting, "Ctrl+Shift+W", lambda: navigator.go(UNCOLLECTED))


class _Pages:
    """The pages, imported when they are first shown, and how they are opened."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def pick_up(self) -> "QWidget":
        from crmdesk.views.service.pick_up_page import PickUpPage

        return PickUpPage(self._desk)

    def shelves(self) -> "QWidget":
        from crmdesk.views.service.shelf_page import ShelfPage

        return ShelfPage(self._desk)

    def uncollected(self) -> "QWidget":
        from crmdesk.views.service.reminder_page import ReminderPage

        return ReminderPage(self._desk)

    def open_pick_up(self, ticket_id: int | None = None) -> None:
        """Hand out the goods of a ticket, or of the next slip that is scanned."""
        from crmdesk.views.service.pick_up_page import PickUpPage

        navigator = self._desk.navigator
        if ticket_id is not None:
            navigator.go(PICK_UP, EntityRef(EntityKind.TICKET, ticket_id))
            return
        navigator.go(PICK_UP)
        shown = navigator.screen(PICK_UP)
        if isinstance(shown, PickUpPage):
            shown.wait_for_slip()

    def open_shelves(self, code: str = "") -> None:
        """Put the goods with this number on a shelf, or wait for a scan."""
        from crmdesk.views.service.shelf_page import ShelfPage

        navigator = self._desk.navigator
        navigator.go(SHELVES)
        shown = navigator.screen(SHELVES)
        if isinstance(shown, ShelfPage):
            shown.begin(code)

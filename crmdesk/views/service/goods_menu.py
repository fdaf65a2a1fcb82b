"""The button that leads to the pages about goods: picking up, shelves, what waits, batches, alerts, complaints."""

from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from crmdesk.core.i18n import gettext
from crmdesk.views.support.navigator import Navigator
from crmdesk.views.support.widgets.button import Button

# In the order of a day at the desk.
PAGES: Final = (
    "service.pick_up",
    "service.shelves",
    "service.uncollected",
    "service.batches",
    "service.complaints",
    "items.alerts",
)


class GoodsMenu(Button):
    """Opens a menu of the pages that this program has, each with its keys."""

    def __init__(self, navigator: Navigator) -> None:
        """Take whose commands to offer."""
        super().__init__(gettext("&Goods"), "package")
        self._navigator = navigator
        self.setAccessibleDescription(gettext("Pick up, shelves, batches and other pages about goods"))
        self.clicked.connect(self.open_menu)

    def menu_now(self) -> QMenu:
        """Build the menu."""
        menu = QMenu(self)
        known = {command.name: command for command in self._navigator.commands()}
        for command in (known[name] for name in PAGES if name in known):
            action = QAction(command.title(), menu)
            # Shown as text: the window has the shortcut itself.
            action.setText(f"{command.title()}\t{command.shortcut}")
            action.triggered.connect(lambda _checked=False, name=command.name: self._navigator.run(name))
            menu.addAction(action)
        return menu

    def open_menu(self) -> None:
        """Open the menu below the button."""
        menu = self.menu_now()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

"""The bar at the top: search, the one thing done most often, who is signed in."""

from PySide6.QtWidgets import QFrame

from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.search_field import SearchField
from crmdesk.views.support.widgets.user_badge import UserBadge

_HEIGHT = 48


class TopBar(QFrame):
    """Holds three parts; the window connects them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "top")
        self.setFixedHeight(_HEIGHT)
        self.search = SearchField()
        self.primary = Button("", "plus", "primary")
        self.badge = UserBadge()
        layout = row(self.search, self.primary, None, self.badge, gap=4)
        layout.setContentsMargins(4 * SPACE, 0, 2 * SPACE, 0)
        layout.setStretch(0, 8)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.search.retranslate()

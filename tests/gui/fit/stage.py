"""A store in which everything has happened, and the page over which its dialogs open."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QWidget

from crmdesk.core.context import Context
from crmdesk.core.roles import Role
from crmdesk.views.service.case import Case
from crmdesk.views.service.room import Room
from crmdesk.views.support.desk import Desk
from tests.builders.loaner_shop import busy_shop
from tests.builders.loaners import add_member
from tests.builders.repairs import seen
from tests.builders.shop import Shop

LONG = "顾客说明：托运后左前轮断裂，无法拖行，希望在出差前修好。" * 12
Make = Callable[[], QDialog]


@dataclass
class Stage:
    """What a dialog is built from."""

    shop: Shop
    desk: Desk
    page: QWidget

    def __post_init__(self) -> None:
        """Let everything happen in the store."""
        busy_shop(self.shop)
        self.member = add_member(self.shop, "欧阳娜娜丽莎贝塔", "13900003333")
        self.room = Room(self.desk, self.page, lambda: None)

    @property
    def context(self) -> Context:
        """Give the manager's surroundings."""
        return self.shop.context(Role.MANAGER)

    def case(self, ticket_id: int, extra: object = None) -> Case:
        """Give a ticket as the manager sees it."""
        return Case(seen(self.shop, ticket_id, Role.MANAGER), self.context, extra)


def nothing(_made: object) -> None:
    """Do nothing with what a dialog made."""

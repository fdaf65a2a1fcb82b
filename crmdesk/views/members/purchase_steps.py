"""What can be done with receipts, over whatever page is shown: enter one, take goods back, put one right."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.queries.purchase_case import PurchaseCase
from crmdesk.services.purchase_desk import Effect
from crmdesk.views.members.purchase_dialogs import Buyer, PurchaseDialog, TakeBackDialog
from crmdesk.views.members.purchase_words import effect_words, fixed_words
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable


class PurchaseSteps:
    """Opens the forms over one page; what is not possible is said in a toast."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        """Work over `page`."""
        self._page = page
        self._desk = desk

    def enter(self, buyer: Buyer | None = None) -> None:
        """Begin a purchase typed in, of a member or of nobody."""
        if self._serves():
            PurchaseDialog(self._page, self._desk, self.tell, buyer=buyer).open()

    def take_back(self, case: PurchaseCase) -> None:
        """Take goods of a receipt back."""
        if not self._serves():
            return
        if case.left:
            TakeBackDialog(self._page, self._desk, self.tell, case).open()
        else:
            self._desk.toasts.show(gettext("Nothing of it is left to come back."))

    def put_right(self, case: PurchaseCase) -> None:
        """Put a receipt right."""
        if not self._serves():
            return
        if case.fixed is not None:
            self._desk.toasts.show(fixed_words(case.fixed))
        elif not self._desk.signin.context().may(Right.JUDGE):
            self._desk.toasts.show(gettext("A manager puts receipts right."))
        else:
            PurchaseDialog(self._page, self._desk, self.tell, wrong=case).open()

    def open(self, ref: object) -> None:
        """Open what belongs to a receipt."""
        if isinstance(ref, EntityRef) and self._desk.navigator.can_open(ref.kind):
            self._desk.navigator.open(ref)

    def tell(self, done: Effect) -> None:
        """Say what a saved receipt did, with the ways to it and to its member."""
        receipt = EntityRef(EntityKind.PURCHASE, done.id)
        actions: list[tuple[str, Callable[[], None]]] = [(gettext("Open the receipt"), lambda: self.open(receipt))]
        if done.member_id is not None:
            member = EntityRef(EntityKind.MEMBER, done.member_id)
            actions.append((gettext("Open the member"), lambda: self.open(member)))
        self._desk.toasts.show(effect_words(done), actions)

    def _serves(self) -> bool:
        if self._desk.signin.context().may(Right.SERVE):
            return True
        self._desk.toasts.show(gettext("Your role does not work at the desk."))
        return False

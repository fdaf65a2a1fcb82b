"""Putting the goods of one ticket on a shelf: the freest is offered, a full one asks first."""

from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.goods_errors import ShelfFullError, UnknownShelfError
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.services import shelves
from crmdesk.services.shelves import Put, PutGoods
from crmdesk.views.service.case import Case
from crmdesk.views.service.room import Room
from crmdesk.views.service.shelf_offer import offer_freest
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import LineField, TickField

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_SHELF_LENGTH = 40


class PutDialog(StepDialog):
    """Where the goods lie; a scanner may type it."""

    problem_fields: ClassVar = {UnknownShelfError: "shelf", ShelfFullError: "shelf"}

    def __init__(self, room: Room, case: Case) -> None:
        """Ask for the shelf."""
        super().__init__(room, case, gettext("Put on the shelf"), gettext("Save shelf"))
        self._shelf = self.add("shelf", LineField(gettext("&Shelf"), required=True, max_length=_SHELF_LENGTH))
        self._shelf.set_value(case.ticket.shelf)
        self._anyway = self.add("anyway", TickField(gettext("Put it there &anyway")))
        self._anyway.hide()
        self.fields.mark_clean()
        offer_freest(room.desk, self, self._shelf)

    @override
    def send(self) -> None:
        """Write the shelf."""
        request = PutGoods(self.ticket.number, self._shelf.typed(), self._anyway.value())

        def work(session: "Session", context: Context) -> Outcome[Put]:
            return shelves.put(session, request, context)

        self.submit(work, self._said)

    def _said(self, put: Put) -> str:
        return gettext("{number} lies on shelf {shelf}").format(number=put.number, shelf=put.shelf)

    @override
    def refused(self, error: Exception) -> None:
        """Offer to put it on a full shelf anyway."""
        self._anyway.setVisible(isinstance(error, ShelfFullError))
        super().refused(error)

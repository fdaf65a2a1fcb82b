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
from crmdesk.views.support.desk import ToastAction
from crmdesk.views.support.fields import LineField, TickField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_SHELF_LENGTH = 40


class PutGoodsDialog(FormDialog):
    """Where the goods lie; a scanner may type it."""

    problem_fields: ClassVar = {UnknownShelfError: "shelf", ShelfFullError: "shelf"}

    def __init__(self, room: Room, number: str, about: str = "", shelf: str = "") -> None:
        """Ask for the shelf of the goods of ticket ``number``; they lie on ``shelf`` so far."""
        super().__init__(room.page, gettext("Put on the shelf"), gettext("Save shelf"))
        self._room, self._number = room, number
        self.add_part(Text(about or number, "muted", wrap=True))
        hint = gettext("type or scan")
        self._shelf = self.add(
            "shelf", LineField(gettext("&Shelf"), required=True, max_length=_SHELF_LENGTH, hint=hint)
        )
        self._shelf.set_value(shelf)
        self._anyway = self.add("anyway", TickField(gettext("Put it there &anyway")))
        self._anyway.hide()
        self.fields.mark_clean()
        offer_freest(room.desk, self, self._shelf)

    @override
    def send(self) -> None:
        """Write the shelf."""
        request = PutGoods(self._number, self._shelf.typed(), self._anyway.value())

        def work(session: "Session", context: Context) -> Outcome[Put]:
            return shelves.put(session, request, context)

        self._room.desk.jobs.write(self, work, self._written, self.refused)

    def _written(self, put: Put) -> None:
        self.accept()
        self._room.say(gettext("{number} lies on shelf {shelf}").format(number=put.number, shelf=put.shelf))

    @override
    def refused(self, error: Exception) -> None:
        """Offer to put it on a full shelf anyway."""
        self._anyway.setVisible(isinstance(error, ShelfFullError))
        super().refused(error)


class PutDialog(PutGoodsDialog):
    """The same for a ticket that is shown."""

    def __init__(self, room: Room, case: Case) -> None:
        """Ask for the shelf."""
        ticket = case.ticket
        about = " · ".join(part for part in (ticket.number, ticket.member_name, ticket.item or ticket.subject) if part)
        super().__init__(room, ticket.number, about, ticket.shelf)


def put_action(room: Room, number: str, about: str = "") -> ToastAction:
    """Give the button of a toast that puts goods away which were just taken in."""

    def run() -> None:
        PutGoodsDialog(room, number, about).open()

    return gettext("Put on the shelf"), run

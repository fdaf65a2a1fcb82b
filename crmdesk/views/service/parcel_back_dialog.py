"""A parcel that could not be delivered is taken in again."""

from typing import Any, ClassVar

from typing_extensions import override

from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.tickets import TicketState
from crmdesk.services.undelivered import ParcelBack, take_parcel_back
from crmdesk.views.service.case import Case
from crmdesk.views.service.room import Room
from crmdesk.views.service.shelf_offer import offer_freest
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import LineField

_NOTE_LENGTH, _SHELF_LENGTH = 120, 40


class ParcelBackDialog(StepDialog):
    """What the courier says, and where the goods lie now."""

    problem_fields: ClassVar = {ReasonMissingError: "note"}

    def __init__(self, room: Room, case: Case) -> None:
        """Offer the freest shelf and the usual words of couriers."""
        text = gettext("The goods wait in the shop again. Tell the customer, then post or hand them over.")
        super().__init__(room, case, gettext("Parcel came back"), gettext("Take it in"), text)
        self._note = self.add(
            "note", LineField(gettext("What the &courier says"), required=True, max_length=_NOTE_LENGTH)
        )
        self._note.suggest([gettext("nobody there"), gettext("wrong address"), gettext("not accepted")])
        self._shelf = self.add(
            "shelf", LineField(gettext("&Shelf"), max_length=_SHELF_LENGTH, hint=gettext("type or scan"), example="A3")
        )
        offer_freest(room.desk, self, self._shelf)

    @override
    def send(self) -> None:
        """Take it in."""
        values: dict[str, Any] = self.fields.values()
        request = ParcelBack(self.ticket.id, self.ticket.version, values["note"] or "", values["shelf"] or "")
        self.submit(lambda session, context: take_parcel_back(session, request, context), self._said)

    def _said(self, state: TicketState) -> str:
        return gettext("{number}: {state}").format(number=self.ticket.number, state=label(state))

"""Which view serves which kind of ticket; the feature registers them, the panel asks."""

from collections.abc import Callable

from crmdesk.core.tickets import TicketKind
from crmdesk.views.service.case import CaseView
from crmdesk.views.service.room import Room

MakeView = Callable[[Room], CaseView]

_MAKERS: dict[TicketKind, MakeView] = {}


def register(kind: TicketKind, make: MakeView) -> None:
    """Let ``make`` serve tickets of ``kind``."""
    _MAKERS[kind] = make


def views_for(room: Room) -> dict[TicketKind, CaseView]:
    """Build the views of all kinds for one page; a kind that nobody serves shows its common facts only."""
    return {kind: _MAKERS.get(kind, CaseView)(room) for kind in TicketKind}

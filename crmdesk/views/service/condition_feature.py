"""Makes looking at the goods known to other pages: the pick-up, the batch's return."""

from functools import partial
from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.i18n import mark
from crmdesk.queries import conditions, ticket_detail
from crmdesk.queries.conditions import Sheets
from crmdesk.views.service.case import Case
from crmdesk.views.service.condition_dialog import ConditionDialog
from crmdesk.views.service.room import Room
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from crmdesk.db.session import Session

COMMAND = "service.condition"


def install_condition(desk: Desk) -> None:
    """Register ``service.condition``: it takes ``ticket_id`` and opens the dialog over the page that is shown."""

    def look(ticket_id: int | None = None) -> None:
        here = desk.navigator.here
        if ticket_id is None or here is None:
            return
        page = desk.navigator.screen(here.screen)
        room = Room(desk, page, lambda: None)

        def show(found: tuple[Case, Sheets]) -> None:
            ConditionDialog(room, *found).open()

        desk.jobs.read(page, partial(_read, ticket_id), show, key="condition")

    desk.navigator.register_command(COMMAND, mark("Look at the goods again"), "", look)


def _read(ticket_id: int, session: "Session", context: Context) -> tuple[Case, Sheets]:
    ticket = ticket_detail.detail(session, ticket_id, context)
    return Case(ticket, context), conditions.of_ticket(session, ticket_id)

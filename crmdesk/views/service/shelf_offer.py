"""The freest shelf is offered wherever goods are put somewhere."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.queries import shelves
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_SHOWN = 3


def offer_freest(desk: Desk, owner: QObject, field: LineField, *, complete: bool = True) -> None:
    """Name the shelves with room at ``field``, and put the freest in when nobody has typed one.

    Args:
        desk: jobs.
        owner: the dialog or page that asks.
        field: takes the shelf.
        complete: offers the codes while typing; a page that is scanned into does not want that.
    """

    def work(session: "Session", context: Context) -> tuple[str, ...]:
        return shelves.suggested(session, context)

    def done(codes: tuple[str, ...]) -> None:
        if not codes:
            return
        if complete:
            field.suggest(codes)
        field.set_hint(gettext("room: {codes}").format(codes=gettext(", ").join(codes[:_SHOWN])))
        if not field.typed():
            field.set_value(codes[0])

    desk.jobs.read(owner, work, done, key="freest")

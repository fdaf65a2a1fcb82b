"""Every time the chosen paper left: who, when, to which printer."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.papers import PaperWay
from crmdesk.queries import paper_register as register
from crmdesk.queries.paper_register import PrintRow
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.text import show_if
from crmdesk.views.support.widgets.timeline import Event, TimeLine

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_SHOWN = 6


class PrintsCard(Card):
    """The last prints of one paper; hidden while none is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin without a paper."""
        super().__init__(gettext("Prints of this paper"), "history")
        self.setParent(parent)
        self._desk = desk
        self.rows: list[PrintRow] = []
        self.line = TimeLine()
        self.add(self.line)
        self.hide()

    def show_paper(self, paper_id: int | None) -> None:
        """Show the prints of a paper; None for no paper."""
        if paper_id is None:
            self.hide()
            return

        def work(session: "Session", context: Context) -> list[PrintRow]:
            del context
            return register.prints(session, paper_id)

        self._desk.jobs.read(self, work, self._show, key="prints")

    def _show(self, rows: list[PrintRow]) -> None:
        self.rows = rows
        zone = self._desk.signin.context().store.zone
        self.line.set_events([_event(one, zone) for one in rows[:_SHOWN]])
        show_if(self, bool(rows))


def _event(one: PrintRow, zone: str) -> Event:
    saved = one.way is PaperWay.SAVED
    if one.reprint:
        title = gettext("Reprint {n}").format(n=one.reprint)
    else:
        title = gettext("Saved as PDF") if saved else gettext("Printed")
    copies = gettext("{n} copies").format(n=one.copies) if one.copies > 1 else ""
    where = gettext("Saved as PDF") if saved and one.reprint else one.printer
    detail = "  ".join(part for part in (one.by, where, copies) if part)
    return Event("download" if saved else "printer", title, detail, moment_text(one.at, zone))

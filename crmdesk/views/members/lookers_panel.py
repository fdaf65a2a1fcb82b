"""Who looked at a member lately, on her page; for who answers for it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.queries import looks
from crmdesk.queries.looks import LookFilter, LookRow
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.look_words import place_words
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.text import Text, show_if

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_FEW = 5


class LookersPanel(Card):
    """Reads for itself; ``all_wanted`` asks for the whole log."""

    all_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin empty."""
        super().__init__(gettext("Who looked"), "eye")
        self._desk = desk
        self._facts = FactsTable()
        self._nobody = Text(gettext("Nobody looked yet."), "soft")
        self.all_button = Button(gettext("All"), kind="link")
        self.all_button.setAccessibleName(gettext("Everybody who looked at this member"))
        self.all_button.clicked.connect(self.all_wanted)
        self.add_to_head(self.all_button)
        self.add(self._nobody)
        self.add(self._facts)

    def show_member(self, member_id: int) -> None:
        """Read the newest looks at a member; not shown to who may not see them."""
        may = looks.may_see_looks(self._desk.signin.context())
        show_if(self, may)
        if may:
            self._desk.jobs.read(
                self, partial(_newest, member_id=member_id), self._show, key="lookers", background=True
            )

    def _show(self, found: list[LookRow]) -> None:
        zone = self._desk.signin.context().store.zone
        self._facts.set_facts([Fact(one.staff_name, _words(one, zone)) for one in found])
        show_if(self._nobody, not found)


def _newest(session: "Session", context: Context, member_id: int) -> list[LookRow]:
    return looks.first(session, LookFilter(member_id=member_id), context, None, _FEW)


def _words(one: LookRow, zone: str) -> str:
    parts = (label(one.look), place_words(one.where) if one.where != "member" else "", moment_text(one.at, zone))
    return " · ".join(part for part in parts if part)

"""Visits on the page of an intermediate customer: when next, what was seen last."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.members import MemberKind
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.queries.firm_visits import VisitRow
from crmdesk.queries.member_page import MemberPage
from crmdesk.views.members.firm_visit_dialog import FirmVisitDialog
from crmdesk.views.members.people_presenter import PeoplePresenter
from crmdesk.views.members.wording import amount
from crmdesk.views.support.days import day_text, due_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text, show_if

_FEW = 3


class FirmPanel(Card):
    """The newest visits, and the button for another one."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        """Serve a member's page."""
        super().__init__(gettext("Visits"), "store")
        self._page = page
        self._desk = desk
        self._presenter = PeoplePresenter(desk, page)
        self._member: MemberPage | None = None
        self._visits: tuple[VisitRow, ...] = ()
        self._facts = FactsTable()
        self._facts.link_chosen.connect(self._edit)
        self._nothing = Text(gettext("Nobody has been there yet."), "soft")
        self.note_button = Button(gettext("Note a &visit"), "plus")
        self.note_button.clicked.connect(lambda _checked=False: self.note_visit())
        self.add(self._nothing)
        self.add(self._facts)
        self.add(row(self.note_button, None))
        show_if(self, wanted=False)

    def show_member(self, member: MemberPage) -> None:
        """Show the visits of a firm; nothing for an end customer."""
        self._member = member
        firm = member.kind is MemberKind.INTERMEDIATE
        show_if(self, firm)
        if firm:
            self._presenter.read_visits(member.id, lambda found: self._show(found, self._presenter.context()))

    def _show(self, found: tuple[VisitRow, ...], context: Context) -> None:
        self._visits = found
        today = context.today()
        facts = []
        planned = found[0].next_on if found else None
        if planned is not None:
            late = planned <= today
            words = f"{day_text(planned, today)} · {due_text(planned, today)}"
            facts.append(Fact(gettext("Next visit"), words, Tone.WARN if late else None, "calendar-clock"))
        facts += [Fact(day_text(one.day, today), visit_words(one), link=str(one.id)) for one in found[:_FEW]]
        self._facts.set_facts(facts)
        show_if(self._nothing, not found)
        if not context.may(Right.EDIT_MEMBERS):
            self.note_button.refuse(gettext("Your role does not change members."))

    def note_visit(self, known: VisitRow | None = None) -> None:
        """Ask about a visit."""
        if self._member is not None:
            firm = (self._member.id, self._member.name)
            FirmVisitDialog(self._page, self._desk, firm, self._saved, known).open()

    def _edit(self, link: str) -> None:
        known = next((one for one in self._visits if str(one.id) == link), None)
        if known is not None and self._presenter.context().may(Right.EDIT_MEMBERS):
            self.note_visit(known)

    def _saved(self) -> None:
        self._desk.toasts.show(gettext("Visit saved"))


def visit_words(one: VisitRow) -> str:
    """Say in one line what was seen on a visit."""
    stock = " ".join(part for part in (_line(one.stock), amount(one.stock_value) if one.stock_value else "") if part)
    sales = " ".join(part for part in (_line(one.sales), amount(one.sales_value) if one.sales_value else "") if part)
    parts = (
        gettext("stock {what}").format(what=stock) if stock else "",
        gettext("sales {what}").format(what=sales) if sales else "",
        _line(one.note),
        one.by,
    )
    return " · ".join(part for part in parts if part)


def _line(text: str) -> str:
    return " ".join(text.split())

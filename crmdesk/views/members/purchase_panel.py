"""One receipt beside the list: who, when, lines, what came back, what can be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.queries.purchase_case import PurchaseCase
from crmdesk.views.members.purchase_words import around_words, fixed_words, line_event
from crmdesk.views.members.wording import amount
from crmdesk.views.support.days import day_text
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text, show_if
from crmdesk.views.support.widgets.timeline import TimeLine

_MEMBER = "member"


class PurchasePanel(Card):
    """Shows a `PurchaseCase`; `chosen` carries the ref of what is opened."""

    chosen = Signal(object)
    back_wanted = Signal()
    right_wanted = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(gettext("Receipt number"), "receipt")
        self._case: PurchaseCase | None = None
        self._nothing = Text(gettext("Choose a receipt in the list."), "muted", wrap=True)
        self.back = Button(gettext("Take goods back…"), "undo-2", "primary")
        self.back.clicked.connect(lambda _checked=False: self.back_wanted.emit())
        self.right = Button(gettext("Put right…"), "pencil")
        self.right.clicked.connect(lambda _checked=False: self.right_wanted.emit())
        self._buttons = QWidget()
        self._buttons.setLayout(row(self.back, self.right, None))
        self.lines = TimeLine()
        self.facts = FactsTable()
        self.facts.link_chosen.connect(self._open)
        scroll = ScrollColumn(gap=2)
        for part in (self.lines, self.facts):
            scroll.add(part)
        scroll.add_stretch()
        self._scroll = scroll
        self.add(self._nothing)
        self.add(self._buttons)
        self.add(scroll, 1)
        self.show_case(None, None)

    def show_case(self, case: PurchaseCase | None, context: Context | None) -> None:
        """Show one receipt, or that none is chosen."""
        self._case = case
        show_if(self._nothing, case is None)
        show_if(self._buttons, case is not None)
        show_if(self._scroll, case is not None)
        if case is None or context is None:
            self.set_title(gettext("Receipt number"))
            self.set_figure("")
            return
        self.set_title(case.number)
        self.set_figure(amount(case.net))
        self.lines.set_events([line_event(line) for line in case.lines])
        self.facts.set_facts(_facts(case, context))
        self._offer(case, context)

    def _offer(self, case: PurchaseCase, context: Context) -> None:
        serves = context.may(Right.SERVE)
        for button, reason in (
            (self.back, "" if case.left else gettext("Nothing of it is left to come back.")),
            (self.right, fixed_words(case.fixed) if case.fixed is not None else _no_right(context)),
        ):
            refusal = reason if serves else gettext("Your role does not work at the desk.")
            if refusal:
                button.refuse(refusal)
            else:
                button.allow()

    def _open(self, link: str) -> None:
        case = self._case
        if case is None:
            return
        if link == _MEMBER and case.member_id is not None:
            self.chosen.emit(EntityRef(EntityKind.MEMBER, case.member_id))
        elif link.isdigit():
            self.chosen.emit(EntityRef(EntityKind.PURCHASE, int(link)))


def _no_right(context: Context) -> str:
    return "" if context.may(Right.JUDGE) else gettext("A manager puts receipts right.")


def _facts(case: PurchaseCase, context: Context) -> list[Fact]:
    who = f"{case.member_name} · {case.member_number}" if case.member_id is not None else gettext("nobody")
    facts = [
        Fact(gettext("Member"), who, link=_MEMBER if case.member_id is not None else ""),
        Fact(gettext("Day"), day_text(case.day, context.today())),
        Fact(gettext("Guide"), case.guide or "–"),
        Fact(gettext("Pieces"), str(case.pieces)),
        Fact(gettext("Came from"), label(case.origin)),
    ]
    if case.note:
        facts.append(Fact(gettext("Note"), case.note))
    if case.belongs_to is not None:
        facts.append(Fact(gettext("Belongs to"), case.belongs_to.number, link=str(case.belongs_to.id)))
    facts += [Fact(around_words(one), one.number, link=str(one.id)) for one in case.later]
    return facts

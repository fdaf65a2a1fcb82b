"""Wishes on a member's page: what she wanted and did not buy, with the verbs that end them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.member_words import IntentState
from crmdesk.core.roles import Right
from crmdesk.queries.intents import IntentRow
from crmdesk.views.members.intent_dialog import IntentDialog
from crmdesk.views.members.intent_presenter import IntentPresenter
from crmdesk.views.members.wording import amount
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.icons import icon
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text

_ICONS = {IntentState.BOUGHT: "circle-check", IntentState.DROPPED: "circle-slash", IntentState.OPEN: "rotate-ccw"}


class IntentPanel(Card):
    """Reads for itself."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        """Open forms over `page`."""
        super().__init__(gettext("Wanted, not bought"), "shopping-bag")
        self._page, self._desk = page, desk
        self._presenter = IntentPresenter(desk, page)
        self._member: tuple[int, str] | None = None
        self.found: tuple[IntentRow, ...] = ()
        self.add_button = Button(gettext("Note a &wish"), "plus", "link")
        self.add_button.clicked.connect(lambda _checked=False: self.note())
        self.add_to_head(self.add_button)
        self._lines = column(gap=2)
        self._room = QWidget()
        self._room.setLayout(self._lines)
        self.add(self._room)

    def show_member(self, member_id: int, name: str) -> None:
        """Read the wishes of a member."""
        self._member = (member_id, name)
        if not self._presenter.context().may(Right.EDIT_MEMBERS):
            self.add_button.refuse(gettext("Your role does not change members."))
        self._presenter.read_member(member_id, self._show)

    def note(self) -> None:
        """Ask what was wanted."""
        if self._member is not None and self._presenter.context().may(Right.EDIT_MEMBERS):
            IntentDialog(self._page, self._desk, self._member, self._noted).open()

    def ask_about_bought(self) -> None:
        """Ask whether what was bought is what was wanted."""
        one = next((one for one in self.found if one.asked), None)
        if one is not None:
            ask_bought(self._page, self._presenter, one, self._said)

    def _show(self, found: tuple[IntentRow, ...]) -> None:
        self.found = found
        context = self._presenter.context()
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in found:
            self._lines.addWidget(self._line(one, context))
        if not found:
            words = gettext("Nothing noted. What somebody looked at and left is worth a line.")
            self._lines.addWidget(Text(words, "soft", wrap=True))

    def _line(self, one: IntentRow, context: Context) -> QWidget:
        line = QWidget()
        opened = one.state is IntentState.OPEN
        words = column(
            Text(one.what, "body" if opened else "soft", wrap=True),
            Text(wish_words(one, context), "small", wrap=True),
            gap=0,
        )
        more = IconButton("ellipsis", gettext("More about {name}").format(name=one.what))
        more.setMenu(self._menu(one, more, may=context.may(Right.EDIT_MEMBERS)))
        layout = row(words, more, gap=2)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line

    def _menu(self, one: IntentRow, parent: QWidget, *, may: bool) -> QMenu:
        menu = QMenu(parent)
        for state in steps_of(one):
            action = QAction(icon(_ICONS[state]), step_words(state), menu)
            action.triggered.connect(partial(self._end, one, state))
            action.setEnabled(may)
            menu.addAction(action)
        return menu

    def _end(self, one: IntentRow, state: IntentState, _checked: object = None) -> None:
        self._presenter.end(one, state, self._said)

    def _noted(self) -> None:
        self._desk.toasts.show(gettext("Wish noted"))

    def _said(self, state: IntentState) -> None:
        self._desk.toasts.show(label(state))


def steps_of(one: IntentRow) -> tuple[IntentState, ...]:
    """Give what can be said about a wish now."""
    if one.state is IntentState.OPEN:
        return IntentState.BOUGHT, IntentState.DROPPED
    return (IntentState.OPEN,)


def step_words(state: IntentState) -> str:
    """Give the verb that brings a wish to a state."""
    return {
        IntentState.BOUGHT: gettext("Bought it"),
        IntentState.DROPPED: gettext("No longer wants it"),
        IntentState.OPEN: gettext("Still wants it"),
    }[state]


def wish_words(one: IntentRow, context: Context) -> str:
    """Say about a wish: which article, the price, since when, by whom, how it ended."""
    today = context.today()
    parts = [
        one.style,
        label(one.category) if one.category else "",
        amount(one.price) if one.price is not None else "",
        age_words(one, context) if one.state is IntentState.OPEN else day_text(one.day, today),
        one.by,
    ]
    if one.state is not IntentState.OPEN:
        parts.append(label(one.state))
    elif one.asked:
        parts.append(gettext("bought something like it, receipt {number}").format(number=one.receipt))
    return " · ".join(part for part in parts if part)


def age_words(one: IntentRow, context: Context) -> str:
    """Say how long a wish is open."""
    days = (context.today() - one.day).days
    return ngettext("{count} day", "{count} days", days).format(count=days) if days else gettext("today")


def ask_bought(page: QWidget, presenter: IntentPresenter, one: IntentRow, said: Callable[[IntentState], None]) -> None:
    """Ask whether the purchase beside a wish is what was wanted."""
    title = gettext("Was “{what}” bought with receipt {number}?").format(what=one.what, number=one.receipt)

    def answer(state: IntentState) -> None:
        presenter.end(one, state, said)

    verbs = [
        Verb(gettext("Yes, that was it"), lambda: answer(IntentState.BOUGHT), Kind.PRIMARY),
        Verb(gettext("No, still wanted"), lambda: answer(IntentState.OPEN)),
        Verb(gettext("Cancel")),
    ]
    ask(page, title, gettext("A wish that was bought leaves the list, and the call about it goes."), verbs)

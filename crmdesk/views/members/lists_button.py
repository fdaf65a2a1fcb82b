"""The button above the member list that leads to the other lists of the section."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QMenu

from crmdesk.core.i18n import gettext
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.icons import icon
from crmdesk.views.support.widgets.button import Button

_LISTS: Final = {
    "members.purchases": "receipt",
    "members.value": "chart-column",
    "members.intents": "shopping-bag",
    "members.cards": "credit-card",
    "members.duplicates": "users-round",
    "members.firms": "store",
}


def lists_button(desk: Desk) -> Button:
    """Give the button; its menu holds the lists that this program has."""
    button = Button(gettext("Lists"), "list")
    menu = QMenu(button)
    known = {one.name: one for one in desk.navigator.commands()}
    for name, picture in _LISTS.items():
        if name in known:
            action = menu.addAction(icon(picture), known[name].title())
            action.triggered.connect(partial(_run, desk, name))
    button.setMenu(menu)
    return button


def _run(desk: Desk, name: str, _checked: object = None) -> None:
    desk.navigator.run(name)

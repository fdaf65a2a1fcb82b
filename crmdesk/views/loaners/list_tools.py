"""What stands above the list of loaners: register, calendar, export, and a menu of what is wanted less often."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.roles import Right
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.icons import icon
from crmdesk.views.support.widgets.button import Button, IconButton


@dataclass(frozen=True, slots=True)
class ListTools:
    """What the tools do."""

    register: Callable[[], None]
    export: Callable[[], None]
    count: Callable[[], None]
    print_labels: Callable[[], None]


def list_tools(screen: QWidget, desk: Desk, tools: ListTools) -> tuple[QWidget, ...]:
    """Give the buttons, in their order."""
    new = Button(gettext("Register a loaner"), "plus", hint="Ctrl+N")
    new.clicked.connect(tools.register)
    calendar = Button(gettext("Calenda&r"), "calendar")
    calendar.clicked.connect(lambda: desk.navigator.run("loaners.calendar"))
    export = Button(gettext("Export Excel"), "table")
    export.clicked.connect(tools.export)
    if not desk.signin.context().may(Right.EXPORT):
        export.refuse(gettext("Your role does not export lists."))
    more = IconButton("ellipsis", gettext("More"))
    more.setMenu(_menu(screen, desk, tools))
    return new, calendar, export, more


def _menu(screen: QWidget, desk: Desk, tools: ListTools) -> QMenu:
    menu = QMenu(screen)
    for words, name, act in (
        (gettext("&Count the loaners…"), "scan-line", tools.count),
        (gettext("&Use of the loaners"), "chart-column", lambda: desk.navigator.run("loaners.use")),
        (gettext("Print &labels of this list"), "barcode", tools.print_labels),
    ):
        menu.addAction(icon(name), words).triggered.connect(act)
    return menu

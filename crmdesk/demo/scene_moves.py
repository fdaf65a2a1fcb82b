"""How scenes move through the program: to tickets, their steps and dialogs, pages, settings."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.demo.walk import Ready, dialog, window
from crmdesk.views.main_window import MainWindow
from crmdesk.views.service.screen import ServiceScreen
from crmdesk.views.settings.screen import SettingsScreen
from crmdesk.views.support.desk import Desk

Steps = Iterator[Ready | None]


def main() -> MainWindow:
    """Give the main window.

    Raises:
        TypeError: another window is shown.
    """
    found = window()
    if not isinstance(found, MainWindow):
        raise TypeError(type(found).__name__)
    return found


def desk() -> Desk:
    """Give the desk that the visible screen works at.

    Raises:
        LookupError: no screen is shown.
    """
    shown = main().shown()
    if shown is None:
        raise LookupError
    return shown.desk


def need(key: int) -> int:
    """Give the key back.

    Raises:
        LookupError: it is 0: the store has no such thing.
    """
    if not key:
        raise LookupError("the store has no such thing")
    return key


def shows(key: int) -> bool:
    """Tell whether the service screen shows this ticket."""
    screen = desk().navigator.screen("service")
    return isinstance(screen, ServiceScreen) and screen.panel.case is not None and screen.panel.case.ticket.id == key


def press_step(words: str) -> None:
    """Do the step of the shown ticket that is called so, from button or menu."""
    screen = desk().navigator.screen("service")
    if not isinstance(screen, ServiceScreen):
        raise TypeError(screen)
    menu = screen.panel.menu()
    press([*screen.panel.row_actions(), *(menu.actions() if menu is not None else [])], words)


def press(actions: list[QAction], words: str) -> None:
    """Trigger the action that is called so.

    Raises:
        LookupError: there is none, or it is refused.
    """
    for action in actions:
        if action.text().partition("\t")[0] == words and action.isEnabled():
            action.trigger()
            return
    raise LookupError([action.text() for action in actions])


def press_within(page: QWidget, words: str) -> None:
    """Press the button of a page that is called so, or the entry of one of its menus.

    Raises:
        LookupError: there is none, or it is refused.
    """
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and button.text().split("(&")[0] == words:
            button.click()
            return
    press([action for menu in page.findChildren(QMenu) for action in menu.actions()], words)


def show_ticket(key: int) -> Steps:
    """Open a ticket in the list of all."""
    need(key)
    desk().navigator.run("service.show", view="all")
    yield None
    desk().navigator.open(EntityRef(EntityKind.TICKET, key))
    yield partial(shows, key)


def dialog_of(key: int, verb: str) -> Steps:
    """Open a ticket and the dialog of one of its steps, named by its message."""
    yield from show_ticket(key)
    press_step(gettext(verb))
    yield lambda: dialog() is not None


def command(name: str, **facts: object) -> Steps:
    """Run a command."""
    desk().navigator.run(name, **facts)
    yield None


def open_thing(kind: EntityKind, key: int) -> Steps:
    """Open something by its key."""
    need(key)
    desk().navigator.open(EntityRef(kind, key))
    yield None


def settings_page(words: str) -> Steps:
    """Show a page of the settings, named by its message."""
    main().go("settings")
    shown = desk().navigator.screen("settings")
    if isinstance(shown, SettingsScreen):
        shown.show_page(gettext(words))
    yield None

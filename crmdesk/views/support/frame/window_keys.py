"""Which keys work where: what the key sheet lists."""

from typing import Final

from crmdesk.core.i18n import gettext, mark
from crmdesk.views.support.navigator import Navigator
from crmdesk.views.support.screen import Screen
from crmdesk.views.support.widgets.key_sheet import KeyGroup

_EVERYWHERE: Final = (
    ("Ctrl+K", mark("Search everything")),
    ("Ctrl+1…8", mark("Sections")),
    ("Alt+Left", mark("Page before")),
    ("Alt+Right", mark("Page after")),
    ("Ctrl+Shift+L", mark("Lock")),
    ("F1", mark("Help for this page")),
    ("?", mark("These keys")),
)
_PAGE: Final = (
    ("Ctrl+N", mark("New here")),
    ("F2", mark("Edit")),
    ("F5", mark("Refresh")),
    ("Ctrl+P", mark("Print")),
    ("Ctrl+E", mark("Export this list")),
    ("Ctrl+Enter", mark("Save")),
    ("Esc", mark("Cancel")),
)


def key_groups(navigator: Navigator, screen: Screen | None) -> list[KeyGroup]:
    """Keys of the present page, of every page, of commands, of the window."""
    groups: list[KeyGroup] = []
    if screen is not None:
        own = [(line.keys, line.text) for line in screen.key_help()]
        groups.append(KeyGroup(screen.title(), own))
    commands = [(command.shortcut, command.title()) for command in navigator.commands() if command.shortcut]
    groups += [
        KeyGroup(gettext("Everywhere"), [(keys, gettext(words)) for keys, words in _EVERYWHERE]),
        KeyGroup(gettext("On a page"), [(keys, gettext(words)) for keys, words in _PAGE]),
        KeyGroup(gettext("Start at once"), commands),
    ]
    return [group for group in groups if group.keys]

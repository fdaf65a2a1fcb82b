"""The menu below the person's name: PIN, lock, sign out, language, look, about."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol

from crmdesk.core.i18n import LANGUAGES, current_language, gettext, mark
from crmdesk.views.signin.start_page import NAMES
from crmdesk.views.support.theme import ThemeChoice

Entry = tuple[str, Callable[[], None]]

THEMES: Final = {
    ThemeChoice.LIGHT: mark("Light look"),
    ThemeChoice.DARK: mark("Dark look"),
    ThemeChoice.SYSTEM: mark("Look as the system"),
}


class MenuActs(Protocol):
    """What the menu does."""

    def change_pin(self) -> None:
        """Ask for a new PIN."""

    def lock(self) -> None:
        """Cover the work."""

    def sign_out(self) -> None:
        """Leave the desk to somebody else."""

    def speak(self, language: str) -> None:
        """Switch the language."""

    def paint(self, choice: ThemeChoice) -> None:
        """Switch light and dark."""

    def about(self) -> None:
        """Show version and licences."""


def person_menu(acts: MenuActs, look: ThemeChoice) -> Sequence[Entry]:
    """Give the entries in the present language; what is chosen already is left out."""
    languages = [(NAMES[one], partial(acts.speak, one)) for one in LANGUAGES if one != current_language()]
    looks = [(gettext(words), partial(acts.paint, choice)) for choice, words in THEMES.items() if choice is not look]
    return [
        (gettext("Change PIN …"), acts.change_pin),
        (gettext("Lock"), acts.lock),
        (gettext("Sign out"), acts.sign_out),
        *languages,
        *looks,
        (gettext("About crmdesk"), acts.about),
    ]

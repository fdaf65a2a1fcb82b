"""The program's words in the language of the person: English is the key, other languages are catalogues.

Import the three names and call them; ``_`` is left to Python's throw-away variable::

    from crmdesk.core.i18n import gettext, mark, ngettext

    gettext("Saved {number}").format(number=number)
    ngettext("{count} member", "{count} members", count).format(count=count)
    TITLE = mark("Members")  # at import time nobody is signed in yet; gettext(TITLE) when shown
"""

import gettext as _catalogues  # noqa: TID251 - the one wrapper of the standard module
import threading
from typing import Final

from crmdesk.core.resources import resource_path

DOMAIN: Final = "crmdesk"
SOURCE_LANGUAGE: Final = "en"
LANGUAGES: Final = ("zh_CN", SOURCE_LANGUAGE)


class _State:
    """The language in use. Replaced as a whole, so that a reader in another thread sees the old or the new one."""

    def __init__(self, language: str, catalogue: _catalogues.NullTranslations) -> None:
        self.language = language
        self.catalogue = catalogue


_loading = threading.Lock()
_loaded: dict[str, _catalogues.NullTranslations] = {SOURCE_LANGUAGE: _catalogues.NullTranslations()}
_state = _State(SOURCE_LANGUAGE, _loaded[SOURCE_LANGUAGE])


def gettext(message: str) -> str:
    """Return `message` in the current language, or as it is where the catalogue has no such entry."""
    return _state.catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form for `count` things in the current language; the caller fills in the placeholders."""
    return _state.catalogue.ngettext(singular, plural, count)


def gettext_in(language: str, message: str) -> str:
    """Return `message` in `language`, whatever the screens use: a paper speaks the customer's language.

    Raises:
        ValueError: `language` is none of `LANGUAGES`.
    """
    return _load(language).gettext(message) if message else ""


def mark(message: str) -> str:
    """Return `message` unchanged; it tells the catalogue that somebody will pass it to `gettext` later."""
    return message


def current_language() -> str:
    """Return the language in use, one of `LANGUAGES`."""
    return _state.language


def set_language(language: str) -> None:
    """Switch all texts asked for from now on, in every thread, to `language`.

    Raises:
        ValueError: `language` is none of `LANGUAGES`.
        FileNotFoundError: the compiled catalogue is missing (``python3 dev.py catalogue`` builds it).
    """
    global _state  # noqa: PLW0603 - one language for the whole program
    _state = _State(language, _load(language))


def _load(language: str) -> _catalogues.NullTranslations:
    if language not in LANGUAGES:
        raise ValueError(language)
    with _loading:
        if language not in _loaded:
            with resource_path("i18n", language, "LC_MESSAGES", f"{DOMAIN}.mo").open("rb") as file:
                _loaded[language] = _catalogues.GNUTranslations(file)
        return _loaded[language]

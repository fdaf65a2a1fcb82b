"""From a failure to what the person reads: the one place where exceptions become sentences.

Each feature has its own ``sentences_<feature>.py`` beside this module with a ``SENTENCES`` map; they are found
and merged here.
"""

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.core.errors import EnvironmentTroubleError, RefusedError, StaleError
from crmdesk.core.i18n import gettext
from crmdesk.views.support import crash
from crmdesk.views.support.dialogs import Kind, Question, Verb, ask
from crmdesk.views.support.sentence import Sentence, SentenceMap

PREFIX = "sentences_"
HOME = "crmdesk.views.support"


class SentenceTwiceError(TypeError):
    """Two features explain the same failure: a defect of the program."""


@cache
def sentences() -> SentenceMap:
    """Give the merged map of all features.

    Raises:
        SentenceTwiceError: two modules explain one type.
    """
    merged: dict[type[Exception], Callable[..., Sentence]] = {}
    home = importlib.import_module(HOME)
    for found in pkgutil.iter_modules(home.__path__):
        if not found.name.startswith(PREFIX):
            continue
        module = importlib.import_module(f"{HOME}.{found.name}")
        for kind, explain in module.SENTENCES.items():
            if kind in merged:
                raise SentenceTwiceError(kind.__name__)
            merged[kind] = explain
    return merged


def explain(error: Exception) -> Sentence | None:
    """Give the sentence for `error` in the current language; None for a defect, which gets a crash report."""
    known = sentences()
    for kind in type(error).__mro__:
        if kind in known:
            return known[kind](error)
    return None


def is_expected(error: Exception) -> bool:
    """Tell whether `error` is something a person can act on, not a defect."""
    return isinstance(error, (RefusedError, StaleError, EnvironmentTroubleError)) or explain(error) is not None


def show(owner: QObject | None, error: Exception, retry: Callable[[], None] | None = None) -> Question:
    """Show a failure over the window of `owner`.

    Args:
        owner: the screen or model whose work failed.
        error: what was raised; a defect opens the crash report.
        retry: starts the work again; offered for troubles of the computer where trying again can help.
    """
    window = _window_of(owner)
    sentence = explain(error)
    if sentence is None:
        return crash.show(window, error)
    verbs = [Verb(gettext("Close"))]
    if retry is not None and isinstance(error, EnvironmentTroubleError) and error.retry_helps:
        verbs.append(Verb(gettext("Try again"), retry, Kind.PRIMARY))
    return ask(window, sentence.title, sentence.body(), verbs)


def _window_of(owner: QObject | None) -> QWidget | None:
    part = owner
    while part is not None and not isinstance(part, QWidget):
        part = part.parent()
    return part.window() if part is not None else QApplication.activeWindow()

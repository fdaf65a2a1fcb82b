"""About the program: version, licence, and the licences of what it is built with."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.resources import resource_path
from crmdesk.core.version import VERSION
from crmdesk.views.support.dialogs import Kind, Question, Verb

_WIDTH = 640
_HEIGHT = 280


def show_about(parent: QWidget | None) -> Question:
    """Show it over `parent`."""
    question = Question(
        parent,
        gettext("crmdesk {version}").format(version=VERSION),
        gettext("The back office of a store: members, service, loaners, callbacks, papers. Apache License 2.0."),
    )
    question.setMinimumWidth(_WIDTH)
    view = QPlainTextEdit(_licences())
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setMinimumHeight(_HEIGHT)
    view.setAccessibleName(gettext("Licences"))
    question.add(view)
    question.add_verb(Verb(gettext("Close"), kind=Kind.PRIMARY))
    question.open()
    return question


def _licences() -> str:
    try:
        return (resource_path().parent / "THIRD_PARTY_LICENSES.md").read_text(encoding="utf-8")
    except OSError:
        return gettext("The list of licences lies beside the program.")

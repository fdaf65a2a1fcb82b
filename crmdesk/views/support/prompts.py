"""Questions with something to fill in: a reason, an amount, a manager's PIN."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.money import Money
from crmdesk.core.roles import Right
from crmdesk.views.support.dialogs import Kind, Question, Verb
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import LineField, MoneyField, TextField

REASON_LENGTH = 500
PIN_LENGTH = 32


def ask_reason(
    parent: QWidget | None,
    title: str,
    verb: str,
    done: Callable[[str], None],
    *,
    text: str = "",
    usual: Sequence[str] = (),
) -> Question:
    """Ask for a written reason; the verb does nothing before there is one.

    Args:
        parent: the page.
        title: what the reason is for.
        verb: what the button says: "Cancel the order".
        done: gets the reason.
        text: what it means.
        usual: common reasons, one click each.
    """
    field = TextField(gettext("Reason"), required=True, max_length=REASON_LENGTH)
    return _prompt(Question(parent, title, text), field, verb, lambda: done(field.typed()), usual)


def ask_amount(
    parent: QWidget | None,
    title: str,
    verb: str,
    done: Callable[[Money], None],
    *,
    suggested: Money | None = None,
    most: Money | None = None,
) -> Question:
    """Ask for an amount of money from zero to `most`; `done` gets it."""
    field = MoneyField(gettext("Amount"), required=True, most=most)
    field.set_value(suggested)
    return _prompt(Question(parent, title, ""), field, verb, lambda: done(field.value() or Money(0)))


def ask_line(
    parent: QWidget | None, title: str, label: str, verb: str, done: Callable[[str], None], *, text: str = ""
) -> Question:
    """Ask for one line of text; `done` gets it stripped."""
    field = LineField(label, required=True)
    return _prompt(Question(parent, title, text), field, verb, lambda: done(field.typed()))


def _prompt(
    question: Question, field: Field[str] | Field[Money], verb: str, done: Callable[[], None], usual: Sequence[str] = ()
) -> Question:
    def press() -> None:
        if field.check():
            question.accept()
            done()
        else:
            field.setFocus()

    question.add(field)
    if usual and isinstance(field, TextField):
        question.add(_usual_reasons(field, usual))
    question.add_verb(Verb(gettext("Cancel")))
    button = question.add_verb(Verb(verb, press, Kind.PRIMARY), closes=False)
    button.setShortcut("Ctrl+Return")
    question.open()
    field.setFocus()
    return question


def _usual_reasons(field: TextField, usual: Sequence[str]) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for words in usual:
        button = QPushButton(words)
        button.setProperty("kind", "quiet")
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False, words=words: field.set_value(words))
        layout.addWidget(button)
    layout.addStretch(1)
    return row


class Approvals(Protocol):
    """Checks that somebody with a right approves; built by the sign-in feature."""

    def approve(self, pin: str, right: Right, approved: Callable[[int], None], refused: Callable[[str], None]) -> None:
        """Check `pin` off the GUI thread.

        Args:
            pin: what was typed.
            right: what is to be approved.
            approved: gets the staff id of the person whose PIN it is.
            refused: gets a sentence: wrong PIN, no right, locked out.
        """
        ...


def ask_approval(
    parent: QWidget | None, title: str, right: Right, approvals: Approvals, done: Callable[[int], None]
) -> Question:
    """Ask somebody with `right` for the PIN; `done` gets the approver's staff id. The PIN is kept nowhere."""
    question = Question(parent, title, gettext("Somebody who may do this types the PIN here."))
    field = LineField(gettext("PIN"), required=True, max_length=PIN_LENGTH)
    field.line.setEchoMode(QLineEdit.EchoMode.Password)
    field.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)

    def approved(staff_id: int) -> None:
        question.accept()
        done(staff_id)

    def refused(sentence: str) -> None:
        button.setEnabled(True)
        field.line.clear()
        field.show_problem(sentence)
        field.setFocus()

    def press() -> None:
        if field.check():
            button.setEnabled(False)
            approvals.approve(field.line.text(), right, approved, refused)

    question.add(field)
    question.add_verb(Verb(gettext("Cancel")))
    button = question.add_verb(Verb(gettext("Approve"), press, Kind.PRIMARY), closes=False)
    question.open()
    field.setFocus()
    return question

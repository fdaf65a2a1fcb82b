"""The form dialog: heading, fields, one verb with Ctrl+Enter, Esc asks when something was typed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.views.support import errors
from crmdesk.views.support.field import Field
from crmdesk.views.support.forms import F, FieldSet
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text

NARROW, WIDE = 480, 760
_MARGIN, _GAP = 20, 12


class FormDialog(QDialog):
    """Subclasses `add` fields and override `send`; it stays open, with what was typed, until the save is on disk.

    ``problem_fields`` says at which field a refusal is shown, by its type; others appear in a banner above the verb.
    """

    problem_fields: ClassVar[Mapping[type[Exception], str]] = {}

    def __init__(self, parent: QWidget | None, title: str, verb: str, text: str = "", width: int = NARROW) -> None:
        """Show `title`, what it means, and the button `verb`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self._seen = False
        self.fields = FieldSet(self)
        self.fields.submitted.connect(self._submit)
        self.fields.cancelled.connect(self.reject)
        self.save = Button(verb, kind="primary", hint="Ctrl+Enter")
        self.save.clicked.connect(self.fields.submit)
        leave = Button(gettext("Cancel"), hint="Esc")
        leave.clicked.connect(self.fields.cancel)
        self.notice = Banner()
        self._text = Text(text, "soft", wrap=True)
        self._text.setVisible(bool(text))
        self.body = QVBoxLayout()
        self.body.setSpacing(_GAP)
        self._buttons = row(None, leave, self.save)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        outer.setSpacing(_GAP)
        outer.addWidget(Text(title, "title"))
        outer.addWidget(self._text)
        outer.addLayout(self.body, 1)
        outer.addWidget(self.notice)
        self._outer = outer

    def add(self, name: str, field: F) -> F:
        """Append a field on a row of its own."""
        self.body.addWidget(self.fields.add(name, field))
        return field

    def add_row(self, **fields: Field[Any]) -> None:
        """Append fields side by side."""
        line = row(gap=3)
        for name, field in fields.items():
            line.addWidget(self.fields.add(name, field), 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)

    def add_part(self, part: QWidget | QLayout) -> None:
        """Append something that is no field."""
        if isinstance(part, QWidget):
            self.body.addWidget(part)
        else:
            self.body.addLayout(part)

    def say(self, text: str) -> None:
        """Change the words under the heading."""
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def send(self) -> None:
        """Submit the request; call `accept` when it is on disk and `refused` when it is not."""
        raise NotImplementedError

    def refused(self, error: Exception) -> None:
        """Show why it was not saved, at the field where there is one; what was typed stays."""
        self.save.setEnabled(True)
        sentence = errors.explain(error)
        name = self._field_of(error)
        if sentence is not None and name:
            self.fields.show_problems({name: sentence.line()})
        elif sentence is not None and errors.is_expected(error):
            self.notice.set(sentence.title, sentence.body(), Tone.LATE, "circle-alert")
            self.save.setFocus()
        else:
            errors.show(self, error)

    def _field_of(self, error: Exception) -> str:
        known = self.fields.fields()
        named = str(getattr(error, "field", ""))
        if named in known:
            return named
        wanted = next((name for kind, name in self.problem_fields.items() if isinstance(error, kind)), "")
        return wanted if wanted in known else ""

    def _submit(self) -> None:
        if self.save.isEnabled():
            self.save.setEnabled(False)
            self.notice.set("")
            self.send()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Let Enter in a field do nothing: only the verb's own keys save."""
        super().showEvent(event)
        if self._seen:
            return
        self._seen = True
        self._outer.addLayout(self._buttons)  # last, so that Tab reaches the buttons after the fields
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.fields.mark_clean()
        first = next(iter(self.fields.fields().values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

"""The form dialog of this feature: heading, fields, one verb with Ctrl+Enter, Esc asks when something was typed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text

NARROW, WIDE = 480, 860
_MARGIN, _GAP = 20, 12


class FormDialog(QDialog):
    """Subclasses fill `body`, add their fields to `fields`, and override `send`."""

    def __init__(self, parent: QWidget | None, title: str, verb: str, text: str = "", width: int = NARROW) -> None:
        """Show `title`, what it means, and the button `verb`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self.fields = FieldSet(self)
        self.fields.submitted.connect(self._submit)
        self.fields.cancelled.connect(self.reject)
        self.save = Button(verb, kind="primary", hint="Ctrl+Enter")
        self.save.clicked.connect(self.fields.submit)
        leave = Button(gettext("Cancel"), hint="Esc")
        leave.clicked.connect(self.fields.cancel)
        self._text = Text(text, "soft", wrap=True)
        self._text.setVisible(bool(text))
        self.body = QVBoxLayout()
        self.body.setSpacing(_GAP)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        outer.setSpacing(_GAP)
        outer.addWidget(Text(title, "title"))
        outer.addWidget(self._text)
        outer.addLayout(self.body, 1)
        outer.addLayout(row(None, leave, self.save))

    def say(self, text: str) -> None:
        """Change the words under the heading."""
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def add(self, part: QWidget | QLayout) -> None:
        """Append a part."""
        if isinstance(part, QWidget):
            self.body.addWidget(part)
        else:
            self.body.addLayout(part)

    def send(self) -> None:
        """Submit the request; call `accept` when it is on disk and `refused` when it is not."""
        raise NotImplementedError

    def refused(self, error: Exception) -> None:
        """Show why it was not saved; what was typed stays."""
        self.save.setEnabled(True)
        self.fields.failed(error)

    def _submit(self) -> None:
        if self.save.isEnabled():
            self.save.setEnabled(False)
            self.send()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Let Enter in a field do nothing: only the verb's own keys save."""
        super().showEvent(event)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.fields.mark_clean()

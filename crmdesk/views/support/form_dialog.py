"""The form dialog: heading, fields, one verb with Ctrl+Enter, Esc asks when something was typed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.views.support import dialog_room, errors
from crmdesk.views.support.field import Field
from crmdesk.views.support.forms import F, FieldSet
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.dialog_body import DialogBody
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text

NARROW, WIDE = 480, 760
_MARGIN, _GAP = 20, 12


class FormDialog(QDialog):
    """Subclasses `add` fields and override `send`; it stays open, with what was typed, until the save is on disk.

    It is never larger than its screen: heading and buttons stay, what is between them scrolls.
    ``problem_fields`` says at which field a refusal is shown, by its type; others appear in a banner above the verb.
    """

    problem_fields: ClassVar[Mapping[type[Exception], str]] = {}

    def __init__(self, parent: QWidget | None, title: str, verb: str, text: str = "", width: int = NARROW) -> None:
        """Show `title`, what it means, and the button `verb`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(min(width, dialog_room.room_for(self).width()))
        self._seen = self._shown = False
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
        self._scroll = DialogBody(self._room_of_body)
        self.body = self._scroll.body
        self._buttons = row(None, leave, self.save)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        outer.setSpacing(_GAP)
        self._title = Text(title, "title", wrap=True)
        self._heads: list[QWidget] = []
        outer.addWidget(self._title)
        outer.addWidget(self._text)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self.notice)
        self._outer = outer

    def add(self, name: str, field: F) -> F:
        """Append a field on a row of its own."""
        self.body.addWidget(self.fields.add(name, field))
        return field

    def add_row(self, **fields: Field[Any]) -> None:
        """Append fields side by side; where the dialog is narrow, below each other."""
        self.body.addLayout(FieldsLayout(*((self.fields.add(name, field), 1) for name, field in fields.items()), gap=3))

    def add_head(self, part: QWidget) -> None:
        """Put something below the heading that stays in sight."""
        self._heads.append(part)
        self._outer.insertWidget(self._outer.indexOf(self._scroll), part)

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

    def _room_of_body(self) -> QSize:
        """Give what the screen leaves for the fields: all but heading, notice and buttons."""
        room = dialog_room.room_for(self) - QSize(2 * _MARGIN, 2 * _MARGIN)
        inside = max(self.width(), self.minimumWidth()) - 2 * _MARGIN
        parts = [self._title, self._text, *self._heads, self.notice]
        heights = [_height(part, inside) for part in parts if not part.isHidden()]
        heights.append(self._buttons.sizeHint().height())
        return QSize(room.width(), room.height() - sum(heights) - _GAP * len(heights))

    def _submit(self) -> None:
        if self.save.isEnabled():
            self.save.setEnabled(False)
            self.notice.set("")
            self.send()

    @override
    def event(self, event: QEvent) -> bool:
        """Let the fields have less room when a notice takes some, and more when it is gone."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._scroll.look_again()
        return super().event(event)

    @override
    def setVisible(self, visible: bool) -> None:
        """Take the size that fields and screen ask for before the dialog is placed."""
        if visible and not self._seen:
            self._seen = True
            self._outer.addLayout(self._buttons)  # last, so that Tab reaches the buttons after the fields
            for button in self.findChildren(QPushButton):
                button.setAutoDefault(False)  # only the verb's own keys save
            self._begin_size()
            self.fields.mark_clean()
        super().setVisible(visible)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field."""
        super().showEvent(event)
        first = next(iter(self.fields.fields().values()), None)
        if first is not None and not self._shown:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._shown = True

    def _begin_size(self) -> None:
        """Begin as wide as asked and as tall as needed, or as the subclass said; never larger than the screen."""
        self.ensurePolished()
        room = dialog_room.room_for(self)
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.size().boundedTo(room))
            return
        width = min(max(self.minimumWidth(), self._outer.totalMinimumSize().width()), room.width())
        for _again in range(2):  # how tall depends on how wide it really became
            self.resize(width, min(self._outer.totalHeightForWidth(width), room.height()))
            self._outer.activate()


def _height(part: QWidget, width: int) -> int:
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()

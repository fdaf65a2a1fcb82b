"""A folder: typed, or chosen in the system's dialog."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.dialogs import choose_folder
from crmdesk.views.support.field import Field
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row


class FolderField(Field[Path]):
    """One absolute folder; it need not exist yet."""

    def __init__(self, label: str, title: str, *, hint: str = "") -> None:
        """Build; `title` heads the dialog."""
        self.line = QLineEdit()
        self._title = title
        self._choose = Button(gettext("Choose …"))
        box = QWidget()
        box.setProperty("role", "plain")
        box.setLayout(row(self.line, self._choose))
        super().__init__(label, box, hint=hint)
        self._label.setBuddy(self.line)
        self.line.setAccessibleName(box.accessibleName())
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._typed)
        self._choose.clicked.connect(lambda: choose_folder(self.window(), self._title, self.set_value))

    @override
    def value(self) -> Path | None:
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    @override
    def set_value(self, value: Path | None) -> None:
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    @override
    def problem(self) -> str:
        folder = self.value()
        if folder is not None and not folder.is_absolute():
            return gettext("Please choose a folder with its whole path.")
        return ""

    @override
    def draft(self) -> object:
        return self.line.text()

    @override
    def restore(self, state: object) -> None:
        self.line.setText(str(state))

"""What the program is, its version, and whose work it stands on."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.resources import resource_path
from crmdesk.core.version import VERSION
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import Text


class AboutPage(QWidget):
    """Version and licences."""

    def __init__(self) -> None:
        """Read the licences that ship with the program."""
        super().__init__()
        licences = QPlainTextEdit()
        licences.setReadOnly(True)
        licences.setAccessibleName(gettext("Licences of what crmdesk stands on"))
        third_party = resource_path().parent / "THIRD_PARTY_LICENSES.md"
        licences.setPlainText(third_party.read_text(encoding="utf-8") if third_party.is_file() else "")
        layout = column(
            Text("crmdesk", "title"),
            Text(gettext("Version {version}. Licence: Apache-2.0.").format(version=VERSION), "soft"),
            Text(gettext("Licences of what crmdesk stands on"), "heading"),
            licences,
            gap=3,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

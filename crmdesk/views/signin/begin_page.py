"""The store is there: bring members in from Excel, look around with sample data, or simply begin."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text

_WIDTH: Final = 640


class BeginPage(StartPage):
    """Three ways to begin."""

    import_asked = Signal()
    sample_asked = Signal()
    empty_asked = Signal()

    def __init__(self, store: str, *, offers_sample: bool = True) -> None:
        """Greet the store by its name."""
        super().__init__(_WIDTH)
        self._import = Button(gettext("Import my Excel"), "file-spreadsheet", "primary")
        self._import.clicked.connect(self.import_asked)
        self.panel.add(
            column(
                row(IconLabel("circle-check", Tone.OK, size=20), Text(store, "title"), None),
                Text(gettext("The store is ready. How would you like to begin?"), "soft", wrap=True),
                gap=1,
            )
        )
        sample = Button(gettext("Try with sample data"), "sparkles")
        sample.clicked.connect(self.sample_asked)
        empty = Button(gettext("Begin empty"), "arrow-right")
        empty.clicked.connect(self.empty_asked)
        self.panel.add(
            _way(
                self._import,
                gettext("Members from .xlsx, .xls or .csv, in any order of columns. You see a preview first."),
            )
        )
        if offers_sample:
            self.panel.add(
                _way(sample, gettext("A made-up store in a folder of its own; your store stays empty and untouched."))
            )
        self.panel.add(
            _way(empty, gettext("Members come as they walk in: the intake form makes them by phone number."))
        )

    @override
    def take_focus(self) -> None:
        self._import.setFocus(Qt.FocusReason.OtherFocusReason)


def _way(button: Button, words: str) -> QLayout:
    button.setMinimumWidth(200)
    line = row(button, Text(words, "muted", wrap=True), gap=4)
    line.setStretch(1, 1)
    return line

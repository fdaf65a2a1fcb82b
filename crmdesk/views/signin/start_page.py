"""What the pages before the work have in common: brand and languages at the top, one panel in the middle."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from crmdesk.core.i18n import LANGUAGES, current_language
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text

# Each in its own words: whoever cannot read the page can still find hers.
NAMES: Final = {"zh_CN": "中文", "en": "English"}


class StartPage(QWidget):
    """A page of the start window; `panel` takes what it is about."""

    language_chosen = Signal(str)

    def __init__(self, width: int, *, languages: bool = True) -> None:
        """Lay out; `width` of the panel in px; `languages` to choose at the top."""
        super().__init__()
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panel = Card()
        self.panel.setMaximumWidth(width)
        self.panel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.panel.body.setContentsMargins(8 * SPACE, 7 * SPACE, 8 * SPACE, 7 * SPACE)
        self.panel.body.setSpacing(4 * SPACE)
        scroll = ScrollColumn(gap=0, margin=4)
        middle = row(self.panel, gap=0)
        scroll.body.addStretch(1)
        scroll.add(middle)
        scroll.body.addStretch(2)
        layout = column(self._head(LANGUAGES if languages else ()), scroll, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _head(self, languages: Sequence[str]) -> QLayout:
        buttons = []
        for language in languages:
            button = Button(NAMES[language], kind="link" if language != current_language() else "quiet")
            button.setEnabled(language != current_language())
            button.clicked.connect(lambda _checked=False, language=language: self.language_chosen.emit(language))
            buttons.append(button)
        head = row(Text("crmdesk", "brand"), None, *buttons, gap=3)
        head.setContentsMargins(6 * SPACE, 4 * SPACE, 6 * SPACE, 0)
        return head

    def take_focus(self) -> None:
        """Put the keyboard where the person begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

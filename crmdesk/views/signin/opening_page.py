"""What is seen while the store is opened: usually only for a moment."""

from PySide6.QtCore import QTimer

from crmdesk.core.i18n import gettext
from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.support.widgets.progress_strip import ProgressStrip
from crmdesk.views.support.widgets.text import Text, show_if

_WIDTH = 420
_SHOW_AFTER_MS = 400


class OpeningPage(StartPage):
    """A sentence and a moving strip; both appear only when it takes long enough to be read."""

    def __init__(self, words: str = "") -> None:
        """Say `words`, or that the store is opened."""
        super().__init__(_WIDTH)
        self._words = Text(words or gettext("Opening the store …"), "soft", wrap=True)
        self._strip = ProgressStrip()
        self._strip.set_busy(busy=True)
        self.panel.add(self._words)
        self.panel.add(self._strip)
        show_if(self.panel, wanted=False)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(lambda: show_if(self.panel, wanted=True))
        self._later.start(_SHOW_AFTER_MS)

    def say(self, words: str) -> None:
        """Say what is done now."""
        self._words.setText(words)

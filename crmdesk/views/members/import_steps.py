"""Where the person is in the import: four words in a line, the present one stands out."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.core.i18n import gettext, mark
from crmdesk.views.support.widgets.icon_label import IconLabel
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text, set_look

STEPS = (mark("File"), mark("Columns"), mark("Check"), mark("Finished"))


class StepLine(QWidget):
    """1 File › 2 Columns › 3 Check › 4 Done."""

    def __init__(self) -> None:
        """Begin at the first step."""
        super().__init__()
        self._words = [Text(f"{number} {gettext(step)}", "muted") for number, step in enumerate(STEPS, 1)]
        parts: list[QWidget] = []
        for word in self._words:
            parts += [IconLabel("chevron-right", size=14), word] if parts else [word]
        self.setLayout(row(*parts, gap=2))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, present: int) -> None:
        """Show another step as the present one."""
        for number, word in enumerate(self._words):
            set_look(word, role="heading" if number == present else "muted")
        self.setAccessibleName(self._words[present].text())

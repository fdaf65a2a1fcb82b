"""What the search index holds, and the button that makes it anew."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.services.search_state import IndexHealth, IndexState, index_state
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.text import ShortText

_LOOKS = {
    IndexHealth.WHOLE: (mark("finds everybody"), Tone.OK, "check"),
    IndexHealth.REBUILDING: (mark("is being renewed"), Tone.WAITING, "refresh-cw"),
    IndexHealth.OLD: (mark("is from an older version"), Tone.WARN, "triangle-alert"),
    IndexHealth.WRONG: (mark("misses members"), Tone.LATE, "triangle-alert"),
    IndexHealth.BROKEN: (mark("cannot be read"), Tone.LATE, "triangle-alert"),
}


def _state(session: Session, _context: Context) -> IndexState:
    return index_state(session)


class SearchPart(QWidget):
    """One line: how the search stands, and a verb."""

    def __init__(self, desk: Desk) -> None:
        """Build the line; the state comes from the database."""
        super().__init__()
        self._desk = desk
        self.pill = Pill("")
        self.words = ShortText("", "soft")
        self.button = Button(gettext("Renew the search"), "refresh-cw")
        self.button.setToolTip(gettext("Makes the search index anew while everybody goes on working."))
        self.button.clicked.connect(lambda: desk.navigator.run("program.search_index"))
        layout = row(self.button, self.pill, self.words, None)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.pill.hide()

    def reload(self) -> None:
        """Look at the index again."""
        self._desk.jobs.read(self, _state, self._show, lambda _error: None, key="index", background=True)

    def _show(self, state: IndexState) -> None:
        words, tone, icon = _LOOKS[state.health]
        self.pill.set_status(gettext("Search: {state}").format(state=gettext(words)), tone, icon)
        self.pill.show()
        self.words.setText(gettext("{found} of {members} members").format(found=state.entries, members=state.members))

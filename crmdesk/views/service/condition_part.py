"""The condition of the goods on the ticket: the last look at them, the gates in a line, and the way to all of them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries import conditions
from crmdesk.queries.conditions import Sheets
from crmdesk.views.service.case import Case
from crmdesk.views.service.condition_compare import CompareDialog, as_mark, new_words
from crmdesk.views.service.condition_dialog import ConditionDialog
from crmdesk.views.service.room import Room
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text, show_if

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_HEIGHT = 45 * SPACE


class ConditionPart(QWidget):
    """Drawing with numbered marks, what each mark says below it, and the gates."""

    def __init__(self, room: Room) -> None:
        """Begin hidden."""
        super().__init__()
        self._room = room
        self._case: Case | None = None
        self._sheets = Sheets("")
        self._title = SubHeading("")
        self._gates = QWidget()
        self._pills = FlowLayout(self._gates, gap=SPACE)
        self._drawing = ConditionDrawing(read_only=True)
        self._drawing.setMinimumHeight(_HEIGHT)
        self._words = Text("", "small", wrap=True)
        self.note_button = Button(gettext("Look again …"), "pencil")
        self.note_button.clicked.connect(self.note)
        self.compare_button = Button(gettext("Compare gates"), "layout-grid")
        self.compare_button.clicked.connect(self.compare)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for part in (self._title, self._gates, self._drawing, self._words):
            layout.addWidget(part)
        layout.addLayout(row(self.note_button, self.compare_button, None))

    def show_case(self, case: Case) -> None:
        """Show a ticket's goods; nothing where none were handed in."""
        other = self._case is None or self._case.ticket.id != case.ticket.id
        self._case = case
        show_if(self, case.ticket.category is not None and not other and bool(self._sheets.made))
        if case.ticket.category is not None:
            read = partial(_read, case.ticket.id)
            self._room.desk.jobs.read(self, read, partial(self._show, case.ticket.id), key="condition")

    def _show(self, ticket_id: int, sheets: Sheets) -> None:
        if self._case is None or self._case.ticket.id != ticket_id:
            return
        self._sheets = sheets
        latest = sheets.latest
        show_if(self, latest is not None)
        if latest is None:
            return
        self._title.setText(gettext("Condition: {gate}").format(gate=label(latest.gate)))
        self._drawing.set_shape(sheets.shape)
        self._drawing.set_marks([as_mark(one) for one in latest.marks])
        self._words.setText("   ".join(f"{one.number} {one.words()}".strip() for one in latest.marks))
        show_if(self._words, bool(latest.marks))
        self._show_gates()
        show_if(self.compare_button, len(sheets.made) > 1)
        if self._case.ticket.is_open:
            self.note_button.allow()
        else:
            self.note_button.refuse(gettext("the order is closed"))

    def _show_gates(self) -> None:
        while self._pills.count():
            taken = self._pills.takeAt(0)
            old = taken.widget() if taken is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for sheet in self._sheets.gates:
            new = sum(one.new for one in sheet.marks)
            if sheet.skipped:
                self._pills.addWidget(Pill(gettext("{gate}: skipped").format(gate=label(sheet.gate)), Tone.WAITING))
            elif new:
                words = f"{label(sheet.gate)}: {new_words(new)}"
                self._pills.addWidget(Pill(words, Tone.LATE, "triangle-alert"))
            elif sheet.at is not None:
                self._pills.addWidget(Pill(label(sheet.gate), Tone.OK, "check"))
        self.updateGeometry()

    # -- what can be done ------------------------------------------------------------------------------

    def note(self) -> None:
        """Look at the goods again."""
        if self._case is not None:
            ConditionDialog(self._room, self._case, self._sheets).open()

    def compare(self) -> None:
        """Show all gates side by side."""
        if self._case is not None:
            title = gettext("Condition of {number} at each gate").format(number=self._case.ticket.number)
            CompareDialog(self._room.page, title, self._sheets, self._room.desk).open()


def _read(ticket_id: int, session: "Session", _context: Context) -> Sheets:
    return conditions.of_ticket(session, ticket_id)

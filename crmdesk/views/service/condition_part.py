"""The condition of the goods at intake, as it was drawn; read only."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext
from crmdesk.core.tickets import SHAPE_OF, Gate
from crmdesk.queries.ticket_facts import MarkRow
from crmdesk.views.service.case import Case
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing, Mark
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text, show_if

_HEIGHT = 180


class ConditionPart(QWidget):
    """Drawing with numbered marks, and what each mark says below it."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self._drawing = ConditionDrawing(read_only=True)
        self._drawing.setFixedHeight(_HEIGHT)
        self._words = Text("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for part in (SubHeading(gettext("Condition at intake")), self._drawing, self._words):
            layout.addWidget(part)

    def show_case(self, case: Case) -> None:
        """Show the marks of the intake; nothing when there are none."""
        ticket = case.ticket
        marks = [one for one in ticket.marks if one.gate is Gate.INTAKE]
        show_if(self, bool(marks) and ticket.category is not None)
        if ticket.category is None or not marks:
            return
        self._drawing.set_shape(SHAPE_OF[ticket.category])
        self._drawing.set_marks([Mark(one.x, one.y, _words(one)) for one in marks])
        self._words.setText("   ".join(f"{one.ordinal} {_words(one)}".strip() for one in marks))


def _words(mark: MarkRow) -> str:
    return mark.note or (fault_name(mark.code) if mark.code else "")

"""Looking at the goods again at a later gate: what was marked before is there to be confirmed, moved or added to."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.outcome import Outcome
from crmdesk.core.tickets import Gate, GoodsPlace, TicketState
from crmdesk.core.tones import Tone
from crmdesk.db.photo_store import PhotoStore
from crmdesk.queries.conditions import Sheets
from crmdesk.services import conditions
from crmdesk.services.conditions import LATER_GATES, NewPhoto, NoteCondition
from crmdesk.views.service.case import Case
from crmdesk.views.service.condition_marks import MarksEditor
from crmdesk.views.service.intake_fields import Kept, PickField
from crmdesk.views.service.photo_taking import PictureTaker
from crmdesk.views.service.photo_tray import PhotoTray
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.widgets.condition_drawing import Mark

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_COMING_BACK = (TicketState.SENT, TicketState.AT_HEAD_OFFICE, TicketState.RECEIVED_BACK)
_GOING = (TicketState.READY, TicketState.NOTIFIED, TicketState.COLLECTED, TicketState.POSTED_BACK)


def likely_gate(case: Case) -> Gate:
    """Give the gate that the goods stand at now."""
    if case.ticket.state in _GOING:
        return Gate.HAND_BACK
    away = case.ticket.goods_place in (GoodsPlace.HEAD_OFFICE, GoodsPlace.TRANSIT, GoodsPlace.VENDOR)
    return Gate.FROM_HEAD_OFFICE if away or case.ticket.state in _COMING_BACK else Gate.TO_HEAD_OFFICE


class ConditionDialog(StepDialog):
    """Gate, drawing, note, photos."""

    def __init__(self, room: Room, case: Case, sheets: Sheets) -> None:
        """Begin with the marks of the look before."""
        title, text = gettext("Condition now"), gettext("Marks of the look before are there already; mark what is new.")
        super().__init__(room, case, title, gettext("Save"), text, WIDE)
        gates = [(label(one), one) for one in LATER_GATES]
        self.gate = self.add("gate", PickField[Gate](gettext("Where"), gates))
        self.gate.set_value(likely_gate(case))
        self.editor = MarksEditor()
        self.editor.show_category(case.ticket.category)
        latest = sheets.latest
        if latest is not None:
            self.editor.show_marks([Mark(one.x, one.y, one.words(), Tone.WARN) for one in latest.marks])
        self.add_part(self.editor)
        self.note = self.add("note", LineField(gettext("Note"), max_length=200))
        self.tray = PhotoTray(PictureTaker(room.desk.jobs, room.desk.photos, self))
        self.add_part(self.tray)
        self._keep("marks", self.editor, self.editor.give)
        self._keep("photos", self.tray, self.tray.give)
        self.fields.mark_clean()
        self.editor.drawing.setFocus()

    def _keep(self, name: str, part: "MarksEditor | PhotoTray", give: object) -> None:
        """Let leaving ask when marks or photos would be lost."""
        if callable(give):
            kept = self.fields.add(name, Kept(QWidget(self), give, lambda _state: None))
            part.changed.connect(kept.touch)

    @override
    def send(self) -> None:
        pictures = tuple(NewPhoto(one.picture, one.caption) for one in self.tray.taken)
        request = NoteCondition(
            self.ticket.id,
            self.ticket.version,
            self.gate.value() or Gate.HAND_BACK,
            self.editor.marks(),
            self.note.value() or "",
            pictures,
        )
        self.submit(partial(_note, request, self.room.desk.photos), lambda _none: gettext("Condition noted"))


def _note(request: NoteCondition, store: PhotoStore | None, session: "Session", context: Context) -> Outcome[None]:
    return conditions.note_condition(session, request, context, photo_store=store)

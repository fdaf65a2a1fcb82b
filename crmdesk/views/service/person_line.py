"""Whose order it is: name, level, masked phone; the full number on asking, and the asking is noted."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.phone import mask
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.services import ticket_notes
from crmdesk.views.service.case import Case
from crmdesk.views.service.room import Room
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.text import Text, show_if


class PersonLine(QWidget):
    """Name (opens the member), level and phone."""

    def __init__(self, room: Room) -> None:
        """Build empty."""
        super().__init__()
        self._room = room
        self._case: Case | None = None
        self._name = Button(kind="link")
        self._about = Text("", "muted")
        self._look = Button(gettext("Show number"), kind="link")
        self._about.setMinimumHeight(self._look.sizeHint().height())
        line = FlowLayout(self, gap=4)
        for part in (self._name, self._about, self._look):
            line.addWidget(part)
        self._name.clicked.connect(self._open_member)
        self._look.clicked.connect(self._ask_number)

    def show_case(self, case: Case) -> None:
        """Show whose it is; a number that was asked for is masked again when another order is shown."""
        same = self._case is not None and self._case.ticket.id == case.ticket.id
        self._case = case
        if same and not self._look.isVisibleTo(self) and case.ticket.phone:
            return
        self._name.set_text(case.ticket.member_name)
        self._show_number(_masked(case))
        show_if(self._look, bool(case.ticket.phone))
        if case.ticket.phone_masked:
            self._look.refuse(gettext("Your role does not see this number."))
        else:
            self._look.allow()

    def _show_number(self, number: str) -> None:
        tier = label(self._case.ticket.member_tier) if self._case is not None else ""
        self._about.setText("".join(f"· {part} " for part in (tier, number) if part).strip())

    def _open_member(self) -> None:
        if self._case is not None and self._room.desk.navigator.can_open(EntityKind.MEMBER):
            self._room.desk.navigator.open(EntityRef(EntityKind.MEMBER, self._case.ticket.member_id))

    def _ask_number(self) -> None:
        if self._case is None:
            return
        ticket_id = self._case.ticket.id

        def came(number: str) -> None:
            if self._case is not None and self._case.ticket.id == ticket_id:
                self._show_number(number)
                show_if(self._look, False)

        self._room.desk.jobs.write(
            self, lambda session, context: ticket_notes.show_phone(session, ticket_id, context), came
        )


def _masked(case: Case) -> str:
    phone = case.ticket.phone
    return phone if case.ticket.phone_masked or not phone else mask(phone.replace(" ", ""))

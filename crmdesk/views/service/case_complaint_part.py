"""The head of a complaint on the panel: severity, key member, the steps."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.complaint_rules import needs_carrying_out
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.roles import Right
from crmdesk.core.tickets import TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.views.service.case import Case, CasePart
from crmdesk.views.service.case_complaint_words import SEVERITY_LOOKS, approver_words, stepper
from crmdesk.views.service.case_stepper import Stepper
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.text import Text, show_if


class ComplaintPart(CasePart):
    """Marks and steps."""

    def __init__(self) -> None:
        """Build; `show_case` fills it."""
        super().__init__()
        self.severity, self._key, self._again, self._round = Pill(), Pill(), Pill(), Pill()
        self.stepper = Stepper()
        self.waits = Text("", "small", Tone.WAITING, wrap=True)
        self._marks = QWidget()
        flow = FlowLayout(self._marks, gap=8)
        for pill in (self.severity, self._key, self._round, self._again):
            flow.addWidget(pill)
        self.setLayout(column(self._marks, self.stepper, self.waits, gap=2))

    @override
    def show_case(self, case: Case) -> None:
        """Show this complaint."""
        known = case.extra
        if not isinstance(known, ComplaintCase):
            return
        if known.severity is not None:
            tone, icon = SEVERITY_LOOKS[known.severity]
            words = gettext("Severity: {severity}").format(severity=label(known.severity))
            self.severity.set_status(words, tone, icon)
        self._key.set_status(gettext("Key member: tell first"), Tone.WARN, "crown")
        newest = known.letters[0] if known.letters else None
        unsent = newest is not None and newest.sent_at is None
        self._again.set_status(gettext("Letter not sent"), Tone.WAITING, "mail")
        self._round.set_status(gettext("Round {number}").format(number=known.round), Tone.WARN, "rotate-ccw")
        show_if(self._round, known.round > 1)
        show_if(self.severity, known.severity is not None)
        show_if(self._key, known.is_key)
        show_if(self._again, unsent)
        show_if(self._marks, known.severity is not None or known.is_key or unsent or known.round > 1)
        waits = self._waits_for(case, known)
        self.waits.setText(waits)
        show_if(self.waits, bool(waits))
        self.stepper.set_steps(stepper(case, known, carry_out=needs_carrying_out(known)))

    @staticmethod
    def _waits_for(case: Case, known: ComplaintCase) -> str:
        """Say whom a proposal waits for when it is not the person who looks at it."""
        if case.ticket.state is not TicketState.PROPOSED:
            return ""
        may = case.context.may(Right.JUDGE) and case.context.may_approve(known.amount)
        return "" if may else approver_words(known, known.amount)

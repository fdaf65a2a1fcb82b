"""Dialogs of a complaint's first steps: assess, investigate, propose."""

from typing import Any

from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import Compensation, Level3, RootCause, Severity, TicketState, severity_of
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.services import complaint_proposals, complaints
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaints import Assess, Investigate
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_complaint_cause import CauseField
from crmdesk.views.service.case_complaint_words import SEVERITY_LOOKS, approver_words, proposal_words
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, NumberField, TextField
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.text import Text, show_if

_LINE_LENGTH = 120
_TEXT_LENGTH = 4000


def moved(dialog: StepDialog, state: TicketState) -> str:
    """Say where the complaint stands now."""
    return gettext("{number}: {state}").format(number=dialog.ticket.number, state=label(state))


class AssessDialog(StepDialog):
    """How bad it is and how tangled; what follows is shown at once."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Begin with what was assessed before."""
        super().__init__(room, case, gettext("Assess the complaint"), gettext("Save assessment"))
        levels = [(label(one), one) for one in Level3]
        self.impact = ChoiceField(gettext("&Impact on the customer"), levels, required=True, empty=gettext("choose"))
        self.complexity = ChoiceField(gettext("How &tangled it is"), levels, required=True, empty=gettext("choose"))
        self.add_row(impact=self.impact, complexity=self.complexity)
        self._severity = Pill()
        self.add_part(row(Text(gettext("Severity"), "field"), self._severity, None))
        self.wanted = self.add("wanted", LineField(gettext("The customer &wants"), max_length=_LINE_LENGTH))
        self.wanted.set_value(known.wanted)
        self.fields.changed.connect(self._rate)
        self.impact.set_value(known.impact)
        self.complexity.set_value(known.complexity)
        self._rate()

    def _rate(self) -> None:
        impact, complexity = self.impact.value(), self.complexity.value()
        if impact is None or complexity is None:
            self._severity.set_status("–", SEVERITY_LOOKS[Severity.LOW][0])
            return
        severity = severity_of(impact, complexity)
        tone, icon = SEVERITY_LOOKS[severity]
        self._severity.set_status(label(severity), tone, icon)

    @override
    def send(self) -> None:
        """Write the assessment."""
        values: dict[str, Any] = self.fields.values()
        wanted = values["wanted"] or ""
        request = Assess(self.ticket.id, self.ticket.version, values["impact"], values["complexity"], wanted)
        self.submit(lambda session, context: complaints.assess(session, request, context), self._said)

    def _said(self, severity: Severity) -> str:
        return gettext("{number}: severity {severity}").format(number=self.ticket.number, severity=label(severity))


class InvestigateDialog(StepDialog):
    """What was found, and where the root lies."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Begin with what was found so far."""
        super().__init__(room, case, gettext("Investigate"), gettext("Save findings"))
        self.cause = CauseField(known)
        self.detail = LineField(gettext("More &exactly"), max_length=_LINE_LENGTH)
        self.add("cause_code", self.cause)
        self.add("detail", self.detail)
        self.findings = self.add(
            "findings", TextField(gettext("&Findings"), required=True, lines=4, max_length=_TEXT_LENGTH)
        )
        self.cause.set_value(known.causes.path(known.root_cause, known.cause_code))
        self.detail.set_value(known.root_cause_detail)
        self.findings.set_value(known.findings)

    @override
    def send(self) -> None:
        """Write the findings."""
        values: dict[str, Any] = self.fields.values()
        category, code = self.cause.chosen() or (RootCause.OTHER, "")
        request = Investigate(
            self.ticket.id, self.ticket.version, category, values["findings"], values["detail"] or "", code
        )
        self.submit(
            lambda session, context: complaints.investigate(session, request, context), lambda state: moved(self, state)
        )


class ProposeDialog(StepDialog):
    """The remedy and what it costs the house; says who has to approve the amount."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Begin with the last proposal."""
        super().__init__(room, case, gettext("Propose a remedy"), gettext("Save proposal"))
        self._known = known
        remedies = [(label(one), one) for one in Compensation]
        self.compensation = ChoiceField(gettext("&Remedy"), remedies, required=True, empty=gettext("choose"))
        self.amount = MoneyField(gettext("Costs the &house"))
        self.add_row(compensation=self.compensation, amount=self.amount)
        self.points = self.add("points", NumberField(gettext("P&oints"), required=True, least=1))
        beside = [proposal_words(case, one) for one in known.work.open_proposals()]
        if beside:
            self.say(gettext("Stands beside: {proposals}").format(proposals=gettext(", ").join(beside)))
        self._approver = Text("", "soft", wrap=True)
        self.add_part(self._approver)
        self.proposal = self.add(
            "proposal", TextField(gettext("&Proposal in words"), required=True, lines=3, max_length=_TEXT_LENGTH)
        )
        self.fields.changed.connect(self._say_approver)
        if not beside:
            self.compensation.set_value(known.compensation)
            self.amount.set_value(known.amount or None)
            self.proposal.set_value(known.proposal)
        self._say_approver()

    def _say_approver(self) -> None:
        show_if(self.points, self.compensation.value() is Compensation.POINTS)
        self._approver.setText(approver_words(self._known, self.amount.value() or Money(0)))

    @override
    def send(self) -> None:
        """Write the proposal."""
        values: dict[str, Any] = self.fields.values()
        request = Propose(
            self.ticket.id,
            self.ticket.version,
            values["compensation"],
            values["proposal"],
            values["amount"] or Money(0),
            (values["points"] or 0) if values["compensation"] is Compensation.POINTS else 0,
        )
        self.submit(
            lambda session, context: complaint_proposals.propose(session, request, context),
            lambda state: moved(self, state),
        )

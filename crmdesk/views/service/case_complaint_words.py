"""A complaint in words: where it stands, how severe it is, what was found, decided, told."""

from datetime import datetime
from typing import Final

from crmdesk.core.clock import local_time
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.roles import Right
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Compensation, Severity, TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.queries.complaint_work import Approver, ProposalRow
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_stepper import Standing, StepDot
from crmdesk.views.support.days import day_text, moment_text
from crmdesk.views.support.widgets.facts_table import Fact

_S, _A = TicketState, TicketAct
LETTERS_LINK: Final = "letters"
SEVERITY_LOOKS: Final[dict[Severity, tuple[Tone, str]]] = {
    Severity.LOW: (Tone.NEUTRAL, "circle-dot"),
    Severity.MEDIUM: (Tone.WAITING, "circle-alert"),
    Severity.HIGH: (Tone.WARN, "triangle-alert"),
    Severity.CRITICAL: (Tone.LATE, "flag"),
}
# The steps of ISO 10002 with the act that ends each.
_STEPS: Final = (
    (mark("take in"), _A.TAKEN_IN),
    (mark("acknowledge"), _A.ACKNOWLEDGED),
    (mark("assess"), _A.ASSESSED),
    (mark("investigate"), _A.INVESTIGATED),
    (mark("propose"), _A.PROPOSED),
    (mark("approve"), _A.PROPOSAL_APPROVED),
    (mark("decide"), _A.DECIDED),
    (mark("tell"), _A.CUSTOMER_TOLD),
    (mark("carry out"), _A.REMEDY_DONE),
    (mark("ask"), _A.SATISFACTION_ASKED),
    (mark("close"), _A.CLOSED),
)
_ACTS: Final = tuple(act for _words, act in _STEPS)
_STANDS: Final[dict[TicketState, int]] = {
    _S.RECEIVED: 1,
    _S.ACKNOWLEDGED: 2,
    _S.ASSESSED: 3,
    _S.REOPENED: 3,
    _S.INVESTIGATING: 4,
    _S.PROPOSED: 5,
    _S.PROPOSAL_APPROVED: 6,
    _S.ESCALATED: 6,
    _S.DECIDED: 7,
    _S.COMMUNICATED: 8,
    _S.SATISFACTION_CALL: 10,
    _S.CLOSED: 11,
}
_CARRY_OUT, _ASK = 8, 9


def stepper(case: Case, known: ComplaintCase, *, carry_out: bool) -> list[StepDot]:
    """Give the dots; ``carry_out`` tells whether a remedy is still to be carried out."""
    place = _STANDS.get(case.ticket.state)
    if place is None:  # cancelled: as far as it came
        place = max((_ACTS.index(event.act) + 1 for event in case.ticket.events if event.act in _ACTS), default=0)
    elif place == _CARRY_OUT and not carry_out:
        place = _ASK if known.satisfaction is None else _ASK + 1
    elif place > _CARRY_OUT and carry_out:
        place = _CARRY_OUT
    return [
        StepDot(
            gettext(words),
            Standing.DONE if number < place else Standing.NOW if number == place else Standing.AHEAD,
            _when(case, act),
        )
        for number, (words, act) in enumerate(_STEPS)
    ]


def _when(case: Case, act: TicketAct) -> str:
    done = next((event for event in case.ticket.events if event.act is act), None)
    if done is None:
        return ""
    return f"{local_time(done.at, case.context.store.zone):%m-%d %H:%M} {done.person}"


def missing_words(missing: tuple[str, ...]) -> str:
    """Say what closing still waits for."""
    words = {
        "root_cause": gettext("the root cause"),
        "decision": gettext("the decision"),
        "telling": gettext("telling the customer"),
        "remedy": gettext("carrying out the remedy"),
    }
    return gettext("missing: {names}").format(names=gettext(", ").join(words[name] for name in missing))


def amount_words(case: Case, known: ComplaintCase) -> str:
    """Say what is offered: 退款 ¥300."""
    if known.compensation is None:
        return ""
    words = label(known.compensation)
    if known.amount and case.context.may(Right.SEE_MONEY):
        words += f" ¥{known.amount.short_text()}"
    return words


def approver_words(known: ComplaintCase, amount: Money) -> str:
    """Name who is next in the chain for an amount."""
    people = known.work.next_approvers(amount)
    if not people:
        return gettext("Nobody in this store may approve this amount.")
    names = gettext(", ").join(person_words(one) for one in people)
    return gettext("Next to approve: {people}").format(people=names)


def person_words(person: Approver) -> str:
    """Say name and role."""
    return gettext("{name} ({role})").format(name=person.name, role=label(person.role))


def proposal_words(case: Case, proposal: ProposalRow) -> str:
    """Say what a proposal offers: 退款 ¥300, 积分 +500."""
    return offer_words(case, proposal.compensation, proposal.amount, proposal.points)


def offer_words(case: Case, compensation: Compensation, amount: Money, points: int) -> str:
    """Say remedy, points and amount; the amount only to who may see money."""
    parts = [label(compensation)]
    if points:
        parts.append(f"+{points}")
    if amount and case.context.may(Right.SEE_MONEY):
        parts.append(f"¥{amount.short_text()}")
    return " ".join(parts)


def facts(case: Case, known: ComplaintCase) -> list[Fact]:
    """Give the rows of the case."""
    return [
        Fact(gettext("Wants"), known.wanted),
        Fact(gettext("Root cause"), _cause(known)),
        Fact(gettext("Findings"), known.findings),
        Fact(gettext("Proposal"), _proposal(case, known)),
        Fact(gettext("Approved by"), _approved(case, known)),
        Fact(gettext("The decision"), _decision(case, known)),
        Fact(gettext("Told"), _told(case, known)),
        Fact(gettext("Carried out"), _day(case, known.remedy_done_at)),
        Fact(gettext("Handed up to"), " · ".join(filter(None, (known.escalated_to, known.outside_number)))),
        Fact(gettext("Customer says"), label(known.satisfaction) if known.satisfaction else ""),
        Fact(gettext("Corrective action"), _corrective(case, known), _corrective_tone(case, known)),
        Fact(gettext("Complaint letter"), letters_words(known), link=LETTERS_LINK),
    ]


def _cause(known: ComplaintCase) -> str:
    cause = known.causes.path(known.root_cause, known.cause_code)
    return " · ".join(part for part in (cause, known.root_cause_detail) if part)


def _proposal(case: Case, known: ComplaintCase) -> str:
    return " · ".join(part for part in (amount_words(case, known), known.proposal, known.proposed_by) if part)


def _approved(case: Case, known: ComplaintCase) -> str:
    return " · ".join(part for part in (known.approved_by, _day(case, known.approved_at)) if part)


def _decision(case: Case, known: ComplaintCase) -> str:
    if known.decided_at is None:
        return ""
    return " · ".join((known.decision, known.decided_by, _day(case, known.decided_at)))


def _told(case: Case, known: ComplaintCase) -> str:
    if known.told_at is None or known.told_channel is None:
        return ""
    return " · ".join((label(known.told_channel), _day(case, known.told_at), known.told_words))


def _day(case: Case, moment: datetime | None) -> str:
    return moment_text(moment, case.context.store.zone) if moment is not None else ""


def _corrective(case: Case, known: ComplaintCase) -> str:
    if not known.corrective_action:
        return ""
    due = ""
    if known.corrective_done_at is not None:
        due = gettext("done {day}").format(day=_day(case, known.corrective_done_at))
    elif known.corrective_due is not None:
        due = gettext("until {day}").format(day=day_text(known.corrective_due, case.context.today()))
    return " · ".join(part for part in (known.corrective_action, known.corrective_owner, due) if part)


def _corrective_tone(case: Case, known: ComplaintCase) -> Tone | None:
    waits = known.corrective_due is not None and known.corrective_done_at is None
    late = waits and known.corrective_due is not None and known.corrective_due < case.context.today()
    return Tone.LATE if late else None


def letters_words(known: ComplaintCase) -> str:
    """Say which letter is out, and whether it was sent."""
    if not known.letters:
        return ""
    newest = known.letters[0]
    sent = label(newest.sent_channel) if newest.sent_channel is not None else gettext("not sent yet")
    reprints = max(newest.prints - 1, 0)
    parts = [
        newest.number,
        gettext("version {number}").format(number=newest.version),
        sent,
        ngettext("{count} reprint", "{count} reprints", reprints).format(count=reprints) if reprints else "",
    ]
    return " · ".join(part for part in parts if part)

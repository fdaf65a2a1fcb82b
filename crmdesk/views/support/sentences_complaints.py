"""Sentences for refusals of the work on complaints: proposals, remedies, tasks, causes."""

from crmdesk.core.complaint_errors import (
    CauseNameTakenError,
    NoProposalError,
    ProposalClosedError,
    RemediesTooHighError,
    TaskDoneError,
)
from crmdesk.core.i18n import gettext
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _unchanged() -> str:
    return gettext("Nothing was changed.")


def _no_proposal(error: NoProposalError) -> Sentence:
    return Sentence(
        gettext("Complaint {number} has no open proposal.").format(number=error.number),
        gettext("Propose a remedy first."),
        _unchanged(),
    )


def _closed(error: ProposalClosedError) -> Sentence:
    return Sentence(
        gettext("Proposal {ordinal} of {number} is off the table already.").format(
            ordinal=error.ordinal, number=error.number
        ),
        gettext("Choose another proposal, or make a new one."),
        _unchanged(),
    )


def _too_high(error: RemediesTooHighError) -> Sentence:
    return Sentence(
        gettext("The remedies cost ¥{total} together, ¥{approved} were proposed.").format(
            total=error.total.yuan_text(), approved=error.approved.yuan_text()
        ),
        gettext("Make them smaller, or propose the higher amount and have it approved."),
        _unchanged(),
    )


def _task_done(error: TaskDoneError) -> Sentence:
    return Sentence(
        gettext("Somebody has ticked this off on {number} already.").format(number=error.number),
        gettext("Look at the time line for the result."),
        _unchanged(),
    )


def _name_taken(error: CauseNameTakenError) -> Sentence:
    return Sentence(
        gettext("The category has a cause “{name}” already.").format(name=error.name),
        gettext("Choose another name; a retired cause can be brought back."),
        _unchanged(),
    )


SENTENCES: SentenceMap = {
    NoProposalError: _no_proposal,
    ProposalClosedError: _closed,
    RemediesTooHighError: _too_high,
    TaskDoneError: _task_done,
    CauseNameTakenError: _name_taken,
}

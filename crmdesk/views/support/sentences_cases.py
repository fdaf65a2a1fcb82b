"""Sentences for refusals of complaints, returns and letters."""

from crmdesk.core.case_errors import (
    LetterReplacedError,
    LetterUnchangedError,
    LinesFixedError,
    NotAComplaintError,
    NotDecidedError,
    NotToldError,
    RemedyDoneError,
)
from crmdesk.core.i18n import gettext
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _unchanged() -> str:
    return gettext("Nothing was changed.")


def _not_decided(error: NotDecidedError) -> Sentence:
    return Sentence(
        gettext("Complaint {number} is not decided yet.").format(number=error.number),
        gettext("Propose a remedy, have it approved and decide first."),
        _unchanged(),
    )


def _not_told(error: NotToldError) -> Sentence:
    return Sentence(
        gettext("The customer has not been told the decision on {number} yet.").format(number=error.number),
        gettext("Tell the customer first; the satisfaction call comes after."),
        _unchanged(),
    )


def _remedy_done(error: RemedyDoneError) -> Sentence:
    return Sentence(
        gettext("The remedy of {number} was carried out already.").format(number=error.number),
        gettext("Look at the time line; for something further open the complaint again."),
        _unchanged(),
    )


def _lines_fixed(error: LinesFixedError) -> Sentence:
    return Sentence(
        gettext("The lines of {number} cannot be changed any more.").format(number=error.number),
        gettext("It is decided or finished; check the goods again to decide once more, or take in another return."),
        _unchanged(),
    )


def _no_complaint(error: NotAComplaintError) -> Sentence:
    return Sentence(
        gettext("{number} is no complaint.").format(number=error.number),
        gettext("Letters of this kind answer complaints; choose a complaint."),
        _unchanged(),
    )


def _letter_unchanged(error: LetterUnchangedError) -> Sentence:
    return Sentence(
        gettext("Letter {number} says exactly this already, in version {version}.").format(
            number=error.number, version=error.version
        ),
        gettext("Print that version again, or change the words for a new version."),
        _unchanged(),
    )


def _letter_replaced(error: LetterReplacedError) -> Sentence:
    return Sentence(
        gettext("Version {version} of letter {number} is replaced by version {newest}.").format(
            version=error.version, number=error.number, newest=error.newest
        ),
        gettext("Send the newest version."),
        _unchanged(),
    )


SENTENCES: SentenceMap = {
    NotDecidedError: _not_decided,
    NotToldError: _not_told,
    RemedyDoneError: _remedy_done,
    LinesFixedError: _lines_fixed,
    NotAComplaintError: _no_complaint,
    LetterUnchangedError: _letter_unchanged,
    LetterReplacedError: _letter_replaced,
}

"""Sentences for refusals about own fields, the people around a member, and visits to firms."""

from crmdesk.core.household_errors import (
    AlreadyThereError,
    NotIntermediateError,
    SamePersonError,
    VisitOrderError,
)
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.own_fields import (
    LONGEST_WORDS,
    OwnFieldNameTakenError,
    OwnTrouble,
    OwnValueError,
    TooManyOwnFieldsError,
)
from crmdesk.views.support.sentence import Sentence, SentenceMap

_TROUBLES = {
    OwnTrouble.NUMBER: mark("Please type a number such as 165 or 0.5."),
    OwnTrouble.TOO_LARGE: mark("The number is too large."),
    OwnTrouble.DATE: mark("Please type a day such as 2026-11-21."),
    OwnTrouble.CHOICE: mark("Please choose one from the list."),
    OwnTrouble.TOO_LONG: mark("At most {most} characters."),
    OwnTrouble.MISSING: mark("Please fill this in."),
    OwnTrouble.PICTURE: mark("Please choose a picture."),
}


def own_trouble_words(reason: OwnTrouble) -> str:
    """Say what is wrong with words in an own field."""
    return gettext(_TROUBLES[reason]).format(most=LONGEST_WORDS)


def _safe() -> str:
    return gettext("Nothing was changed.")


def _own_value(error: OwnValueError) -> Sentence:
    return Sentence(
        gettext("“{name}” cannot be saved.").format(name=error.name), own_trouble_words(error.reason), _safe()
    )


def _name_taken(error: OwnFieldNameTakenError) -> Sentence:
    return Sentence(
        gettext("There is a field “{name}” already.").format(name=error.name),
        gettext("Choose another name, or switch the old field on again."),
        _safe(),
    )


def _too_many(error: TooManyOwnFieldsError) -> Sentence:
    return Sentence(
        gettext("There are {count} own fields already.").format(count=error.most),
        gettext("Change a field that nobody uses instead of adding another one."),
        _safe(),
    )


def _already(error: AlreadyThereError) -> Sentence:
    return Sentence(
        gettext("The member belongs to {name} already.").format(name=error.name),
        gettext("Change the role there if it is wrong."),
        _safe(),
    )


def _same(_error: SamePersonError) -> Sentence:
    return Sentence(
        gettext("This is the same member."), gettext("Choose somebody else, or leave the member number empty."), _safe()
    )


def _end_customer(error: NotIntermediateError) -> Sentence:
    return Sentence(
        gettext("{number} is an end customer.").format(number=error.number),
        gettext("Visits are noted for distributors and franchisees. Change the kind of the member first."),
        _safe(),
    )


def _order(_error: VisitOrderError) -> Sentence:
    return Sentence(
        gettext("The next visit lies before this one."), gettext("Choose a day after the day of the visit."), _safe()
    )


SENTENCES: SentenceMap = {
    OwnValueError: _own_value,
    OwnFieldNameTakenError: _name_taken,
    TooManyOwnFieldsError: _too_many,
    AlreadyThereError: _already,
    SamePersonError: _same,
    NotIntermediateError: _end_customer,
    VisitOrderError: _order,
}

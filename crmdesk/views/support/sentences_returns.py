"""Sentences for refusals of returns, exchanges and goods on file."""

from crmdesk.core.i18n import gettext
from crmdesk.core.return_errors import (
    AlreadyReturnedError,
    GiveBackTooHighError,
    ItemsDifferError,
    LineSettledError,
    LinesOpenError,
    PartlyDoneError,
)
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _unchanged() -> str:
    return gettext("Nothing was changed.")


def _already_returned(error: AlreadyReturnedError) -> Sentence:
    return Sentence(
        gettext("“{name}”: {bought} bought, {returned} on returns already.").format(
            name=error.name, bought=error.bought, returned=error.returned
        ),
        gettext("Look at the earlier return before taking in another one."),
        gettext("Nothing was changed."),
    )


def _lines_open(error: LinesOpenError) -> Sentence:
    return Sentence(
        gettext("Not decided yet: {names}.").format(names=gettext(", ").join(error.names)),
        gettext("Check and decide every line first."),
        gettext("Nothing was changed."),
    )


def _line_settled(error: LineSettledError) -> Sentence:
    return Sentence(
        gettext("“{name}” was carried out already.").format(name=error.name),
        gettext("Look at the time line; money that was paid back is not paid twice."),
        _unchanged(),
    )


def _give_back_too_high(error: GiveBackTooHighError) -> Sentence:
    return Sentence(
        gettext("Of points {points} and of stored value ¥{stored} may go back at most.").format(
            points=f"{error.points:,}", stored=error.stored.short_text()
        ),
        gettext("Only what paid for these goods goes back, and stored value only as a part of the refund."),
        _unchanged(),
    )


def _partly_done(error: PartlyDoneError) -> Sentence:
    return Sentence(
        gettext("Lines of {number} were carried out already.").format(number=error.number),
        gettext("Reject the other lines with a reason and carry that out; the return is closed then."),
        _unchanged(),
    )


def _items_differ(error: ItemsDifferError) -> Sentence:
    return Sentence(
        gettext("“{first}” and “{second}” are not the same thing.").format(first=error.first, second=error.second),
        gettext("Only goods of one member with the same serial number and kind are merged."),
        _unchanged(),
    )


SENTENCES: SentenceMap = {
    AlreadyReturnedError: _already_returned,
    LinesOpenError: _lines_open,
    LineSettledError: _line_settled,
    GiveBackTooHighError: _give_back_too_high,
    PartlyDoneError: _partly_done,
    ItemsDifferError: _items_differ,
}

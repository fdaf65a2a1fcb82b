"""Sentences for refusals at the service desk: money, quotes, hand-over, complaints, returns."""

from datetime import date

from crmdesk.core.desk_errors import (
    AboveLimitError,
    AmountChangedError,
    ClosingIncompleteError,
    GoodsMissingError,
    MoneyOpenError,
    NoQuoteError,
    NotSignedError,
    QuoteExpiredError,
    RefundTooHighError,
    SplitError,
)
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.money import Money
from crmdesk.views.support.days import day_text
from crmdesk.views.support.sentence import Sentence, SentenceMap

_MISSING_FOR_CLOSING: dict[str, str] = {
    "root_cause": mark("the root cause"),
    "decision": mark("the decision"),
    "telling": mark("telling the customer"),
    "remedy": mark("carrying out the remedy"),
}


def yuan(amount: Money) -> str:
    """Give an amount as it stands in a sentence."""
    return f"¥{amount.short_text()}"


def day_or_text(day: str) -> str:
    """Give an ISO day in words; something else as it is."""
    try:
        return day_text(date.fromisoformat(day))
    except ValueError:
        return day


def _list(names: tuple[str, ...]) -> str:
    return gettext(", ").join(names)


def _above_limit(error: AboveLimitError) -> Sentence:
    return Sentence(
        gettext("{amount} is more than you may approve ({limit}).").format(
            amount=yuan(error.amount), limit=yuan(error.limit)
        ),
        gettext("Ask somebody with a higher limit to approve it."),
        gettext("Nothing was changed."),
    )


def _split(error: SplitError) -> Sentence:
    return Sentence(
        gettext("The shares make {split}, but the cost is {total}.").format(
            split=yuan(error.split), total=yuan(error.total)
        ),
        gettext("Change the shares until they make the whole cost."),
    )


def _no_quote(error: NoQuoteError) -> Sentence:
    return Sentence(
        gettext("{number} has no open quote to agree to.").format(number=error.number),
        gettext("Make a quote first, or judge the repair free of charge."),
    )


def _quote_expired(error: QuoteExpiredError) -> Sentence:
    return Sentence(
        gettext("The quote of {number} was good until {day}.").format(number=error.number, day=day_or_text(error.day)),
        gettext("Make a new quote and ask the customer again."),
        gettext("Nothing was changed."),
    )


def _amount_changed(error: AmountChangedError) -> Sentence:
    return Sentence(
        gettext("The quote says {quoted}, the customer agreed to {agreed}.").format(
            quoted=yuan(error.quoted), agreed=yuan(error.agreed)
        ),
        gettext("Make a new quote with the amount the customer agrees to."),
        gettext("Nothing was changed."),
    )


def _money_open(error: MoneyOpenError) -> Sentence:
    return Sentence(
        gettext("The customer still has {amount} to pay.").format(amount=yuan(error.amount)),
        gettext("Take the payment before the goods are handed over."),
        gettext("Nothing was changed."),
    )


def _goods_missing(error: GoodsMissingError) -> Sentence:
    return Sentence(
        gettext("Not handed back yet: {names}.").format(names=_list(error.names)),
        gettext("Tick each thing as it is handed over, or write down why it is missing."),
        gettext("Nothing was changed."),
    )


def _not_signed(_error: NotSignedError) -> Sentence:
    return Sentence(
        gettext("The customer has not signed yet."),
        gettext("Let the customer sign on paper or on the screen, and enter the name."),
        gettext("Nothing was changed."),
    )


def _closing_incomplete(error: ClosingIncompleteError) -> Sentence:
    words = tuple(gettext(_MISSING_FOR_CLOSING.get(part, part)) for part in error.missing)
    return Sentence(
        gettext("The complaint cannot be closed yet."),
        gettext("Still missing: {names}.").format(names=_list(words)),
        gettext("Nothing was changed."),
    )


def _refund_too_high(error: RefundTooHighError) -> Sentence:
    return Sentence(
        gettext("The refund {refund} is above the price paid, {paid}.").format(
            refund=yuan(error.refund), paid=yuan(error.paid)
        ),
        gettext("Refund what was paid at most; more is compensation in a complaint."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {
    AboveLimitError: _above_limit,
    SplitError: _split,
    NoQuoteError: _no_quote,
    QuoteExpiredError: _quote_expired,
    AmountChangedError: _amount_changed,
    MoneyOpenError: _money_open,
    GoodsMissingError: _goods_missing,
    NotSignedError: _not_signed,
    ClosingIncompleteError: _closing_incomplete,
    RefundTooHighError: _refund_too_high,
}

"""Sentences for refusals at the ends of a repair: money to give back, remedies owed, items in already."""

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.repair_errors import (
    AlreadyInError,
    AlreadyWaivedError,
    MoneyToReturnError,
    NotHereError,
    PaymentFixedError,
    RemedyOwedError,
)
from crmdesk.core.tickets import Remedy
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _money_to_return(error: MoneyToReturnError) -> Sentence:
    return Sentence(
        gettext("The customer has paid ¥{amount} too much.").format(amount=error.amount.short_text()),
        gettext("Pay it back first."),
        gettext("Nothing was changed."),
    )


def _remedy_owed(error: RemedyOwedError) -> Sentence:
    words = label(Remedy(error.remedy)) if error.remedy in set(Remedy) else error.remedy
    return Sentence(
        gettext("{number} was judged “{remedy}”; the goods do not just go back.").format(
            number=error.number, remedy=words
        ),
        gettext("Turn the repair into a return or complaint, or judge it again."),
        gettext("Nothing was changed."),
    )


def _already_in(error: AlreadyInError) -> Sentence:
    return Sentence(
        gettext("This item is in the store already, on order {number}.").format(number=error.number),
        gettext("Go on with that order."),
        gettext("Nothing was changed."),
    )


def _already_waived(error: AlreadyWaivedError) -> Sentence:
    return Sentence(
        gettext("This charge of {number} was waived before.").format(number=error.number),
        gettext("Look at the order again."),
        gettext("Nothing was changed."),
    )


def _payment_fixed(error: PaymentFixedError) -> Sentence:
    return Sentence(
        gettext("This payment of {number} cannot be taken back.").format(number=error.number),
        gettext("It is taken back already, belongs to a deposit, or settled a complaint that has ended."),
        gettext("Nothing was changed."),
    )


def _not_here(error: NotHereError) -> Sentence:
    return Sentence(
        gettext("No goods of {number} are in the store.").format(number=error.number),
        gettext("Look at the time line to see where they are."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {
    MoneyToReturnError: _money_to_return,
    RemedyOwedError: _remedy_owed,
    AlreadyInError: _already_in,
    AlreadyWaivedError: _already_waived,
    PaymentFixedError: _payment_fixed,
    NotHereError: _not_here,
}

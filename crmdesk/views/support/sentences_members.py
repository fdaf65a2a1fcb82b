"""Sentences for refusals about members and their balances."""

from crmdesk.core.i18n import gettext
from crmdesk.core.members import LedgerKind
from crmdesk.core.money import Money
from crmdesk.core.phone import mask
from crmdesk.services.cards import CardExistsError
from crmdesk.services.ledger import BalanceTooLowError
from crmdesk.services.members import SharedPhoneError
from crmdesk.services.purchases import PurchaseExistsError
from crmdesk.views.support.sentence import Sentence, SentenceMap


def _shared_phone(error: SharedPhoneError) -> Sentence:
    return Sentence(
        gettext("Member {number} has the phone {phone} already.").format(number=error.number, phone=mask(error.digits)),
        gettext("Open that member, or say that the family shares the phone."),
        gettext("Nothing was changed."),
    )


def _balance_too_low(error: BalanceTooLowError) -> Sentence:
    if error.kind is LedgerKind.POINTS:
        title = gettext("There are {balance} points, but {wanted} are needed.")
        balance, wanted = f"{error.balance:,}", f"{error.wanted:,}"
    else:
        title = gettext("The stored value is ¥{balance}, but ¥{wanted} are needed.")
        balance, wanted = Money(error.balance).short_text(), Money(error.wanted).short_text()
    return Sentence(
        title.format(balance=balance, wanted=wanted),
        gettext("Take less, or settle the rest another way."),
        gettext("Nothing was changed."),
    )


def _card_exists(error: CardExistsError) -> Sentence:
    return Sentence(
        gettext("This member has the card {number} in use.").format(number=error.number),
        gettext("Report it lost or replace it before issuing another one."),
        gettext("Nothing was changed."),
    )


def _purchase_exists(error: PurchaseExistsError) -> Sentence:
    return Sentence(
        gettext("The purchase {number} is there already.").format(number=error.number),
        gettext("Check the number on the receipt, or open the purchase that is there."),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {
    SharedPhoneError: _shared_phone,
    BalanceTooLowError: _balance_too_low,
    CardExistsError: _card_exists,
    PurchaseExistsError: _purchase_exists,
}

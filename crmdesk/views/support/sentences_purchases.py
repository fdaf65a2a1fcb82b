"""Sentences for refusals of receipts at the counter."""

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.purchase_errors import ReceiptFixedError, WhyFixed
from crmdesk.views.support.sentence import Sentence, SentenceMap

_TITLES = {
    WhyFixed.RETURN: mark("{number} is a return itself."),
    WhyFixed.GOODS_CAME_BACK: mark("Goods of {number} came back already, or a return ticket holds them."),
    WhyFixed.PUT_RIGHT: mark("{number} was put right before."),
}
_STEPS = {
    WhyFixed.RETURN: mark("Enter the goods again as a purchase if they stayed with the customer."),
    WhyFixed.GOODS_CAME_BACK: mark("Take the other goods back too, and enter what is right as a new purchase."),
    WhyFixed.PUT_RIGHT: mark("Open the receipt that stands for it and put that right."),
}


def _fixed(error: ReceiptFixedError) -> Sentence:
    return Sentence(
        gettext(_TITLES[error.why]).format(number=error.number),
        gettext(_STEPS[error.why]),
        gettext("Nothing was changed."),
    )


SENTENCES: SentenceMap = {ReceiptFixedError: _fixed}

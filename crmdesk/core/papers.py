"""Paper words: the kinds that the program makes, as the register, the printers and the audit call them."""

from enum import StrEnum


class PaperKind(StrEnum):
    """Kinds of papers the program makes."""

    SERVICE_SLIP = "service_slip"
    BAG_TAG = "bag_tag"
    QUOTE = "quote"
    PICKUP_NOTE = "pickup_note"
    LOAN_AGREEMENT = "loan_agreement"
    LOAN_RETURN = "loan_return"
    DEPOSIT_RECEIPT = "deposit_receipt"
    LETTER = "letter"
    RETURN_NOTE = "return_note"
    VIP_CARD = "vip_card"

"""Paper words: the kinds that the program makes, as the register, the printers and the audit call them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


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
    PACKING_LIST = "packing_list"
    JUDGEMENT_FORM = "judgement_form"
    CONDITION_REPORT = "condition_report"
    REMINDER_LETTER = "reminder_letter"
    POSTING_NOTE = "posting_note"
    LOANER_LABEL = "loaner_label"
    SHELF_LABEL = "shelf_label"
    FEE_RECEIPT = "fee_receipt"
    STATEMENT = "statement"
    PERSON_FILE = "person_file"
    ERASURE_PROOF = "erasure_proof"
    ADDRESS_LABEL = "address_label"
    MEMBER_LETTER = "member_letter"
    VALUE_RECEIPT = "value_receipt"


class PaperWay(StrEnum):
    """How a paper leaves the program."""

    PRINTED = "printed"
    SAVED = "saved"


# Nobody proves anything with them, and a mark would spoil them: a card is carried, a tag tied to the goods.
UNMARKED: Final = frozenset({PaperKind.VIP_CARD, PaperKind.BAG_TAG, PaperKind.LOANER_LABEL, PaperKind.SHELF_LABEL})


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A paper that has left: its exact bytes, and the printer's name where it was printed."""

    content: bytes
    way: PaperWay = PaperWay.PRINTED
    printer: str = ""
    copies: int = 1

"""What the papers of the program are called."""

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.papers import PaperKind

_WORDS: dict[PaperKind, str] = {
    PaperKind.SERVICE_SLIP: mark("Service slip"),
    PaperKind.BAG_TAG: mark("Bag tag"),
    PaperKind.QUOTE: mark("Quote"),
    PaperKind.PICKUP_NOTE: mark("Pick-up note"),
    PaperKind.LOAN_AGREEMENT: mark("Loan agreement"),
    PaperKind.LOAN_RETURN: mark("Loan return note"),
    PaperKind.DEPOSIT_RECEIPT: mark("Deposit receipt"),
    PaperKind.LETTER: mark("Complaint letter"),
    PaperKind.RETURN_NOTE: mark("Return and exchange note"),
    PaperKind.VIP_CARD: mark("VIP card"),
    PaperKind.PACKING_LIST: mark("Packing list"),
    PaperKind.JUDGEMENT_FORM: mark("Judgement form"),
    PaperKind.CONDITION_REPORT: mark("Condition report"),
    PaperKind.REMINDER_LETTER: mark("Pick-up reminder letter"),
    PaperKind.POSTING_NOTE: mark("Posting note"),
    PaperKind.LOANER_LABEL: mark("Loaner label"),
    PaperKind.SHELF_LABEL: mark("Shelf label"),
    PaperKind.FEE_RECEIPT: mark("Fee receipt"),
    PaperKind.STATEMENT: mark("Account statement"),
    PaperKind.PERSON_FILE: mark("Copy of personal data"),
    PaperKind.ERASURE_PROOF: mark("Proof of erasure"),
    PaperKind.ADDRESS_LABEL: mark("Address label"),
    PaperKind.MEMBER_LETTER: mark("Letter to a member"),
    PaperKind.VALUE_RECEIPT: mark("Stored value receipt"),
}


def paper_word(kind: PaperKind) -> str:
    """Give the word for a kind of paper in the present language."""
    return gettext(_WORDS[kind])

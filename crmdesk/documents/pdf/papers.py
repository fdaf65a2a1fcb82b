"""Every paper by its facts: one call renders any of them, and tells which sizes it may be printed on."""

from collections.abc import Callable
from typing import Any, Final

from crmdesk.core.paper_facts.batch import JudgementFormFacts, PackingListFacts
from crmdesk.core.paper_facts.card import CardsFacts
from crmdesk.core.paper_facts.condition import ConditionReportFacts
from crmdesk.core.paper_facts.erasure import ErasureFacts
from crmdesk.core.paper_facts.formats import PAGE_FORMATS, SLIP_FORMATS, TAG_FORMATS, PaperFormat
from crmdesk.core.paper_facts.goods import ReminderLetterFacts, ShelfLabelsFacts
from crmdesk.core.paper_facts.ledger import StatementFacts, ValueReceiptFacts
from crmdesk.core.paper_facts.letter import LetterFacts
from crmdesk.core.paper_facts.listing import ListFacts
from crmdesk.core.paper_facts.loan import (
    DepositReceiptFacts,
    FeeReceiptFacts,
    LoanAgreementFacts,
    LoanerLabelFacts,
    LoanReturnFacts,
)
from crmdesk.core.paper_facts.mailing import AddressLabelsFacts, MemberLettersFacts
from crmdesk.core.paper_facts.person import PersonFileFacts
from crmdesk.core.paper_facts.posting import PostingNoteFacts
from crmdesk.core.paper_facts.service_slip import ServiceSlipFacts
from crmdesk.core.paper_facts.tag import TagFacts
from crmdesk.core.paper_facts.ticket_papers import PickupNoteFacts, QuoteFacts, ReturnNoteFacts
from crmdesk.documents.pdf import (
    address_labels,
    bag_tag,
    card,
    condition_report,
    deposit_receipt,
    erasure_proof,
    fee_receipt,
    judgement_form,
    letter,
    listing,
    loan_agreement,
    loan_return,
    loaner_label,
    member_letter,
    packing_list,
    person_file,
    pickup_note,
    posting_note,
    quote,
    reminder_letter,
    return_note,
    service_slip,
    shelf_label,
    statement,
    value_receipt,
)

PaperFacts = (
    ServiceSlipFacts
    | TagFacts
    | LoanAgreementFacts
    | LoanReturnFacts
    | DepositReceiptFacts
    | FeeReceiptFacts
    | LoanerLabelFacts
    | QuoteFacts
    | PickupNoteFacts
    | PostingNoteFacts
    | ReturnNoteFacts
    | LetterFacts
    | CardsFacts
    | ListFacts
    | PackingListFacts
    | JudgementFormFacts
    | ConditionReportFacts
    | ReminderLetterFacts
    | ShelfLabelsFacts
    | StatementFacts
    | ValueReceiptFacts
    | ErasureFacts
    | PersonFileFacts
    | AddressLabelsFacts
    | MemberLettersFacts
)
# Each render takes its own kind of facts; the table's key says which.
_Render = Callable[[Any, str, PaperFormat], bytes]

_PAPERS: Final[dict[type, tuple[_Render, tuple[PaperFormat, ...]]]] = {
    ServiceSlipFacts: (service_slip.render, SLIP_FORMATS),
    TagFacts: (bag_tag.render, TAG_FORMATS),
    LoanAgreementFacts: (loan_agreement.render, SLIP_FORMATS),
    LoanReturnFacts: (loan_return.render, SLIP_FORMATS),
    DepositReceiptFacts: (deposit_receipt.render, SLIP_FORMATS),
    FeeReceiptFacts: (fee_receipt.render, SLIP_FORMATS),
    LoanerLabelFacts: (loaner_label.render, loaner_label.FORMATS),
    QuoteFacts: (quote.render, SLIP_FORMATS),
    PickupNoteFacts: (pickup_note.render, SLIP_FORMATS),
    PostingNoteFacts: (posting_note.render, SLIP_FORMATS),
    ReturnNoteFacts: (return_note.render, SLIP_FORMATS),
    LetterFacts: (letter.render, (PaperFormat.A4,)),
    CardsFacts: (card.render, (PaperFormat.CR80, PaperFormat.A4)),
    ListFacts: (listing.render, PAGE_FORMATS),
    PackingListFacts: (packing_list.render, (PaperFormat.A4,)),
    JudgementFormFacts: (judgement_form.render, (PaperFormat.A4,)),
    ConditionReportFacts: (condition_report.render, (PaperFormat.A4,)),
    ReminderLetterFacts: (reminder_letter.render, (PaperFormat.A4,)),
    ShelfLabelsFacts: (shelf_label.render, TAG_FORMATS),
    StatementFacts: (statement.render, PAGE_FORMATS),
    ValueReceiptFacts: (value_receipt.render, SLIP_FORMATS),
    ErasureFacts: (erasure_proof.render, SLIP_FORMATS),
    PersonFileFacts: (person_file.render, PAGE_FORMATS),
    AddressLabelsFacts: (address_labels.render, (PaperFormat.A4,)),
    MemberLettersFacts: (member_letter.render, (PaperFormat.A4,)),
}


def formats_of(kind: type[PaperFacts]) -> tuple[PaperFormat, ...]:
    """Give the sizes that the paper of these facts may be printed on, the usual one first."""
    return _PAPERS[kind][1]


def render(facts: PaperFacts, language: str, paper: PaperFormat | None = None) -> bytes:
    """Give the PDF of ``facts`` in ``language``, on ``paper`` or the usual size where it does not print on that."""
    draw, formats = _PAPERS[type(facts)]
    return draw(facts, language, paper if paper in formats else formats[0])

"""Facts of the papers around a loan: agreement, return note, deposit receipt."""

from dataclasses import dataclass
from datetime import date, datetime

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import AmountLine, ConditionFacts, CustomerFacts, PrintFacts, StoreFacts
from crmdesk.core.paper_facts.signature import SignatureFacts


@dataclass(frozen=True, slots=True)
class LoanerFacts:
    """The spare item: code on its tag, words, value that the store put down for it."""

    code: str
    words: str
    value: Money | None = None
    serial: str = ""
    accessories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoanAgreementFacts:
    """A loan at hand-over, with the terms as they are that day."""

    number: str
    store: StoreFacts
    customer: CustomerFacts
    loaner: LoanerFacts
    lent_at: datetime
    lent_by: str
    due_on: date
    deposit: Money
    printed: PrintFacts
    ticket_number: str = ""
    ticket_item_words: str = ""
    late_fee_per_day: Money | None = None
    condition: ConditionFacts | None = None
    terms: tuple[str, ...] = ()
    signature: SignatureFacts | None = None


@dataclass(frozen=True, slots=True)
class LoanReturnFacts:
    """A loan that came back, settled to the fen.

    ``charges`` are fees for lateness, damage, cleaning; ``deposit`` is what was held; ``settled_words`` says how the
    rest was paid, as in "cash". What is given back is ``deposit`` minus all charges; below zero the customer pays.
    """

    number: str
    store: StoreFacts
    customer: CustomerFacts
    loaner: LoanerFacts
    lent_at: datetime
    due_on: date
    returned_at: datetime
    taken_by: str
    deposit: Money
    printed: PrintFacts
    charges: tuple[AmountLine, ...] = ()
    settled_words: str = ""
    condition_words: str = ""
    before: ConditionFacts | None = None
    after: ConditionFacts | None = None
    ticket_number: str = ""
    signature: SignatureFacts | None = None


@dataclass(frozen=True, slots=True)
class DepositReceiptFacts:
    """Money taken as a deposit; not an invoice."""

    number: str
    store: StoreFacts
    customer: CustomerFacts
    amount: Money
    purpose: str
    taken_at: datetime
    taken_by: str
    paid_by: str
    printed: PrintFacts
    loan_number: str = ""
    ticket_number: str = ""


@dataclass(frozen=True, slots=True)
class FeeReceiptFacts:
    """Money taken for the fees of a loan; not an invoice. ``fees`` are what was asked, ``open_after`` what is left."""

    number: str
    store: StoreFacts
    customer: CustomerFacts
    amount: Money
    purpose: str
    paid_at: datetime
    taken_by: str
    paid_by: str
    printed: PrintFacts
    fees: tuple[AmountLine, ...] = ()
    open_after: Money = Money(0)
    loan_number: str = ""
    ticket_number: str = ""


@dataclass(frozen=True, slots=True)
class LoanerLabel:
    """One label: the code that is scanned, and what a person reads beside it."""

    code: str
    name: str
    words: str = ""
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class LoanerLabelFacts:
    """Labels of loaners, one for each on a label printer, many on a sheet."""

    number: str
    store_name: str
    labels: tuple[LoanerLabel, ...]

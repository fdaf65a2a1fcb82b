"""Facts of the papers that travel with a batch: packing list and judgement form, the form as a workbook too."""

from dataclasses import dataclass, field
from datetime import datetime

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """Where a batch goes: ``party`` in the paper's words, for a repairer the name and how to reach them."""

    party: str
    name: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class BatchLineFacts:
    """One ticket's goods; ``number`` goes into the code, ``said`` is what the customer states."""

    number: str
    item: str
    accessories: str = ""
    faults: str = ""
    said: str = ""
    asked: str = ""
    value: Money | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class PackingListFacts:
    """What is in the parcel; courier and tracking number are known once it is sent."""

    number: str
    store: StoreFacts
    recipient: RecipientFacts
    lines: tuple[BatchLineFacts, ...]
    printed: PrintFacts
    made_at: datetime
    sent_at: datetime | None = None
    courier: str = ""
    tracking: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """The words to tick or to choose from, in the form's language."""

    repairable: tuple[str, ...] = ()
    liability: tuple[str, ...] = ()
    remedy: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementFormFacts:
    """What head office or a repairer is asked about each ticket of a batch."""

    number: str
    store: StoreFacts
    recipient: RecipientFacts
    lines: tuple[BatchLineFacts, ...]
    printed: PrintFacts
    choices: ChoiceWords = field(default_factory=ChoiceWords)

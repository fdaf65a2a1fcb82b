"""What is known about one ticket, as frozen rows; ``ticket_detail`` fills them."""

from dataclasses import dataclass
from datetime import date, datetime

from crmdesk.core.clocks import ClockReading
from crmdesk.core.failed_repairs import ExchangeDue
from crmdesk.core.loaners import LoanState
from crmdesk.core.members import CardTier, Gender
from crmdesk.core.money import Money
from crmdesk.core.quotes import QuoteState
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import (
    FINISHED,
    ApprovalChannel,
    Gate,
    GoodsPlace,
    ItemCategory,
    Liability,
    Payer,
    Priority,
    Remedy,
    Route,
    TicketKind,
    TicketState,
)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the time line."""

    at: datetime
    act: TicketAct
    state: TicketState
    note: str
    person: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One damage mark; ``x``, ``y`` are 0 to 1."""

    gate: Gate
    ordinal: int
    x: float
    y: float
    code: str
    note: str


@dataclass(frozen=True, slots=True)
class AccessoryRow:
    """A thing handed in with the item."""

    id: int
    name: str
    handed_back: bool


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """The judgement in force."""

    liability: Liability
    cause: str
    evidence: str
    rule: str
    months_since_purchase: int | None
    warranty_months_left: int | None
    remedy: Remedy
    person: str
    at: datetime
    shares: tuple[tuple[Payer, Money], ...]


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with the customer's answer, when there is one."""

    work: str
    parts: Money
    labour: Money
    fee: Money
    total: Money
    days: int | None
    valid_until: date
    state: QuoteState
    made_at: datetime
    answered_by: str
    answered_at: datetime | None
    answer_channel: ApprovalChannel | None
    answer_words: str


@dataclass(frozen=True, slots=True)
class TicketLoanRow:
    """A loan that belongs to the ticket."""

    id: int
    number: str
    loaner_id: int
    loaner_code: str
    loaner_name: str
    state: LoanState
    due_on: date
    deposit: Money
    taken_over: bool


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """One ticket; ``phone`` is masked unless the person may see it."""

    id: int
    number: str
    version: int
    kind: TicketKind
    state: TicketState
    member_id: int
    member_name: str
    member_gender: Gender | None
    member_tier: CardTier
    phone: str
    phone_masked: bool
    item_id: int | None
    item: str
    category: ItemCategory | None
    brand: str
    colour: str
    size: str
    serial: str
    purchased_on: date | None
    price: Money | None
    subject: str
    customer_words: str
    private_notes: str
    priority: Priority
    route: Route
    goods_place: GoodsPlace
    shelf: str
    declared_value: Money | None
    received_at: datetime
    received_by: str
    promised_on: date | None
    estimated_on: date | None
    ready_at: datetime | None
    notified_at: datetime | None
    handed_back_at: datetime | None
    collected_by: str
    linked_ticket_id: int | None
    faults: tuple[str, ...]
    accessories: tuple[AccessoryRow, ...]
    marks: tuple[MarkRow, ...]
    photos: tuple[str, ...]
    judgement: JudgementRow | None
    quote: QuoteRow | None
    loans: tuple[TicketLoanRow, ...]
    paid: Money
    open_amount: Money
    clocks: tuple[ClockReading, ...]
    events: tuple[EventRow, ...]
    exchange_due: tuple[ExchangeDue, ...] = ()
    store: str = ""
    home_store: str = ""
    estimate_only: bool = False
    item_values: tuple[tuple[str, str], ...] = ()
    captions: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to do something."""
        return self.state not in FINISHED

    @property
    def loan_out(self) -> TicketLoanRow | None:
        """Give the loan that is out and stops the hand-back."""
        return next((loan for loan in self.loans if loan.state is LoanState.OUT and not loan.taken_over), None)

"""What goes into a workbook: typed columns and rows of a list, and the lines of the owner's workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from crmdesk.core.money import Money

Cell: TypeAlias = str | int | float | bool | date | datetime | Money | None


class CellKind(StrEnum):
    """What a column holds, and so how it is stored and shown."""

    TEXT = "text"  # anything a person typed; phones, numbers with leading zeros
    INTEGER = "integer"
    DECIMAL = "decimal"  # two places
    MONEY = "money"  # whole fen (int) or Money; a number in yuan in the sheet
    DATE = "date"
    DATETIME = "datetime"  # aware; the store's wall clock in the sheet
    PERCENT = "percent"  # a ratio: 0.29 is 29 %
    DAYS = "days"  # a number of days, one place when it is a mean
    YES_NO = "yes_no"  # bool


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``title`` as shown (translated), ``width`` in characters (0: by kind).

    ``words`` turns stored values into what is shown (a state's name); a value that is not in it stays as it is.
    """

    title: str
    kind: CellKind = CellKind.TEXT
    width: float = 0
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A list as it is seen on screen: the same columns in the same order, rows already filtered and sorted.

    ``rows`` may be a generator and is read once. ``filters`` says in words what was filtered (translated). ``zone`` is
    the IANA name of the store's time zone.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    made_at: datetime
    filters: str = ""
    made_by: str = ""
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not imported: its number as the person sees it in Excel, its cells as they were, and why."""

    number: int
    cells: Sequence[str]
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class ImportErrorsFacts:
    """The bad rows of one file: ``header`` as it stood there."""

    source: str
    header: Sequence[str]
    rows: Iterable[RejectedRow]
    made_at: datetime


# -- the owner's workbook: one line type per sheet, in the order of its columns; amounts in fen, states as stored


class RepairLine(NamedTuple):
    """A repair received in the period. ``sent`` and ``back`` are the head-office leg; amounts are the cost split."""

    number: str
    store: str
    received: date
    member_number: str
    member_name: str
    phone: str
    category: str
    item: str
    fault: str
    liability: str
    state: str
    promised: date | None
    sent: date | None
    back: date | None
    ready: date | None
    collected: date | None
    come_back: bool
    customer_fen: int
    store_fen: int
    head_office_fen: int
    supplier_fen: int
    carrier_fen: int


class ComplaintLine(NamedTuple):
    """A complaint received in the period."""

    number: str
    store: str
    received: date
    member_number: str
    member_name: str
    phone: str
    subject: str
    severity: str
    root_cause: str
    cause: str
    remedy: str
    compensation_fen: int
    state: str
    acknowledged: date | None
    communicated: date | None
    closed: date | None
    satisfaction: str


class ReturnLine(NamedTuple):
    """One line of a return or exchange received in the period."""

    number: str
    store: str
    received: date
    member_number: str
    member_name: str
    phone: str
    item: str
    reason: str
    condition: str
    decision: str
    pieces: int
    paid_fen: int
    refund_fen: int
    state: str


class LoanerLine(NamedTuple):
    """A loaner; ``lent_days`` and ``shelf_days`` are those of the period."""

    code: str
    store: str
    category: str
    size: str
    name: str
    value_fen: int
    state: str
    loans: int
    lent_days: int
    shelf_days: int


class LoanLine(NamedTuple):
    """A lending that touches the period."""

    number: str
    loaner_code: str
    store: str
    member_number: str
    member_name: str
    phone: str
    ticket_number: str
    out: date
    due: date
    back: date | None
    deposit_fen: int
    kept_fen: int
    state: str


class CallbackLine(NamedTuple):
    """A callback whose window begins in the period. ``satisfied`` is None where nobody asked."""

    window_start: date
    window_end: date
    store: str
    guide: str
    member_number: str
    member_name: str
    reason: str
    channel: str
    first_attempt: date | None
    attempts: int
    outcome: str
    talked: bool
    satisfied: bool | None
    credited_fen: int


class MemberLine(NamedTuple):
    """A member; days, tickets, pieces, money are those of the period; scores are quintiles, None without purchase."""

    number: str
    store: str
    guide: str
    name: str
    phone: str
    level: str
    care_class: str
    joined: date
    last_purchase: date | None
    purchase_days: int
    tickets: int
    pieces: int
    net_fen: int
    r_score: int | None
    f_score: int | None
    m_score: int | None
    points: int
    stored_fen: int


class PurchaseLine(NamedTuple):
    """A receipt of the period. A return has negative ``pieces`` and ``net_fen``."""

    day: date
    store: str
    number: str
    member_number: str
    member_name: str
    guide: str
    pieces: int
    net_fen: int


@dataclass(frozen=True, slots=True)
class OutsideCounts:
    """Numbers that no sheet of the workbook holds; None where nobody counted."""

    walk_ins: int | None = None
    new_contacts: int | None = None
    birthday_reached: int | None = None
    birthday_bought: int | None = None
    followers_at_start: int | None = None
    followers_blocked: int | None = None
    followers_deleted: int | None = None
    net_sales_year_before_fen: int | None = None


@dataclass(frozen=True, slots=True)
class OwnerWorkbookFacts:
    """Everything for the owner's workbook; each stream is read once, in the order of the fields.

    ``first`` and ``last`` are both in the period; ``as_of`` is the day that open things are counted to. ``levels``
    gives the order of the levels. ``words`` turns stored values into what is shown, by field name.
    """

    business: str
    first: date
    last: date
    as_of: date
    made_at: datetime
    stores: Sequence[str]
    repairs: Iterable[RepairLine] = ()
    complaints: Iterable[ComplaintLine] = ()
    returns: Iterable[ReturnLine] = ()
    loaners: Iterable[LoanerLine] = ()
    loans: Iterable[LoanLine] = ()
    callbacks: Iterable[CallbackLine] = ()
    members: Iterable[MemberLine] = ()
    purchases: Iterable[PurchaseLine] = ()
    levels: Sequence[str] = ()
    outside: OutsideCounts = OutsideCounts()
    made_by: str = ""
    zone: str = "Asia/Shanghai"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

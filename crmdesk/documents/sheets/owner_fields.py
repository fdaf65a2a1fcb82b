"""The columns of the owner's data sheets: the fields of the lines in their order, then what is derived."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crmdesk.core.care import CallbackReason, CallOutcome, CareClass, Channel
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanerState, LoanState, SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.tickets import (
    Compensation,
    GoodsCondition,
    ItemCategory,
    Liability,
    ReturnDecision,
    ReturnReason,
    RootCause,
    Severity,
    TicketState,
)
from crmdesk.core.workbook_facts import CellKind, Column

_INTEGER, _MONEY, _DATE = CellKind.INTEGER, CellKind.MONEY, CellKind.DATE
_PERCENT, _YES_NO = CellKind.PERCENT, CellKind.YES_NO


@dataclass(frozen=True, slots=True)
class Field:
    """One column: ``name`` is its part of the name in formulas, ``title`` a marked text, ``enum`` its stored values."""

    name: str
    title: str
    kind: CellKind = CellKind.TEXT
    width: float = 0
    enum: type[StrEnum] | None = None

    def words(self, given: Mapping[str, Mapping[str, str]]) -> dict[str, str] | None:
        """Give what stored values are shown as: the words ``given`` for this column before the program's own."""
        own = {} if self.enum is None else {value.value: label(value) for value in self.enum}
        return {**own, **given.get(self.name, {})} or None

    def column(self, given: Mapping[str, Mapping[str, str]]) -> Column:
        """Give the column in the present language."""
        return Column(gettext(self.title), self.kind, self.width, self.words(given))


_STORE: Final = Field("store", mark("Store"), width=12)
_RECEIVED: Final = Field("received", mark("Taken in on"), _DATE)
_PERSON: Final = (
    Field("member_number", mark("Member no."), width=12),
    Field("member_name", mark("Name"), width=10),
)
_PHONE: Final = Field("phone", mark("Phone"), width=14)
_TICKET_STATE: Final = Field("state", mark("State"), width=11, enum=TicketState)
_CATEGORY: Final = Field("category", mark("Category"), width=9, enum=ItemCategory)

REPAIRS: Final = (
    Field("number", mark("Ticket no."), width=19),
    _STORE,
    _RECEIVED,
    *_PERSON,
    _PHONE,
    _CATEGORY,
    Field("item", mark("Item"), width=22),
    Field("fault", mark("Fault"), width=14),
    Field("liability", mark("Liability"), width=11, enum=Liability),
    _TICKET_STATE,
    Field("promised", mark("Promised for"), _DATE),
    Field("sent", mark("Sent to head office"), _DATE),
    Field("back", mark("Back from head office"), _DATE),
    Field("ready", mark("Ready on"), _DATE),
    Field("collected", mark("Collected on"), _DATE),
    Field("come_back", mark("Come-back"), _YES_NO, 8),
    Field("customer", mark("Borne by customer"), _MONEY, 11),
    Field("store_cost", mark("Borne by store"), _MONEY, 11),
    Field("head_office_cost", mark("Borne by head office"), _MONEY, 11),
    Field("supplier_cost", mark("Borne by supplier"), _MONEY, 11),
    Field("carrier_cost", mark("Borne by carrier"), _MONEY, 11),
    Field("cost", mark("Total cost"), _MONEY, 11),
    Field("days", mark("Turnaround, days"), _INTEGER, 11),
    Field("on_time", mark("On time"), _YES_NO, 8),
    Field("head_office_days", mark("At head office, days"), _INTEGER, 11),
    Field("uncollected_days", mark("Waiting for pick-up, days"), _INTEGER, 11),
)

COMPLAINTS: Final = (
    Field("number", mark("Ticket no."), width=19),
    _STORE,
    _RECEIVED,
    *_PERSON,
    _PHONE,
    Field("subject", mark("What it is about"), width=34),
    Field("severity", mark("Severity"), width=9, enum=Severity),
    Field("root_cause", mark("Root cause"), width=12, enum=RootCause),
    Field("cause", mark("Cause"), width=26),
    Field("remedy", mark("Remedy"), width=10, enum=Compensation),
    Field("compensation", mark("Compensation"), _MONEY, 12),
    _TICKET_STATE,
    Field("acknowledged", mark("Acknowledged on"), _DATE),
    Field("communicated", mark("Answered on"), _DATE),
    Field("closed", mark("Closed on"), _DATE),
    Field("satisfaction", mark("Satisfaction"), width=12, enum=CallOutcome),
    Field("same_day", mark("Acknowledged same day"), _YES_NO, 11),
    Field("days", mark("Days to answer"), _INTEGER, 10),
)

RETURNS: Final = (
    Field("number", mark("Ticket no."), width=19),
    _STORE,
    _RECEIVED,
    *_PERSON,
    _PHONE,
    Field("item", mark("Item"), width=24),
    Field("reason", mark("Reason"), width=12, enum=ReturnReason),
    Field("condition", mark("Condition"), width=10, enum=GoodsCondition),
    Field("decision", mark("Decision"), width=10, enum=ReturnDecision),
    Field("pieces", mark("Pieces"), _INTEGER, 8),
    Field("paid", mark("Price paid"), _MONEY),
    Field("refund", mark("Refund"), _MONEY),
    _TICKET_STATE,
)

LOANERS: Final = (
    Field("code", mark("Code"), width=10),
    _STORE,
    _CATEGORY,
    Field("size", mark("Size class"), width=9, enum=SizeClass),
    Field("name", mark("Item"), width=26),
    Field("value", mark("Value"), _MONEY, 12),
    Field("state", mark("State"), width=11, enum=LoanerState),
    Field("loans", mark("Times lent"), _INTEGER, 9),
    Field("lent_days", mark("Days lent"), _INTEGER, 10),
    Field("shelf_days", mark("Days on shelf"), _INTEGER, 10),
    Field("use", mark("Utilisation"), _PERCENT, 10),
)

LOANS: Final = (
    Field("number", mark("Loan no."), width=19),
    Field("code", mark("Loaner"), width=10),
    _STORE,
    *_PERSON,
    _PHONE,
    Field("ticket", mark("For ticket"), width=19),
    Field("out", mark("Lent on"), _DATE),
    Field("due", mark("Due on"), _DATE),
    Field("back", mark("Back on"), _DATE),
    Field("deposit", mark("Deposit"), _MONEY, 11),
    Field("kept", mark("Kept for damage or late return"), _MONEY, 13),
    Field("state", mark("State"), width=9, enum=LoanState),
    Field("days", mark("Days out"), _INTEGER, 9),
    Field("overdue", mark("Overdue now"), _YES_NO, 9),
)

CALLBACKS: Final = (
    Field("from", mark("Call from"), _DATE),
    Field("until", mark("Call until"), _DATE),
    _STORE,
    Field("guide", mark("Guide"), width=10),
    *_PERSON,
    Field("reason", mark("Reason"), width=16, enum=CallbackReason),
    Field("channel", mark("Channel"), width=9, enum=Channel),
    Field("first_attempt", mark("First attempt"), _DATE),
    Field("attempts", mark("Attempts"), _INTEGER, 9),
    Field("outcome", mark("Outcome"), width=16, enum=CallOutcome),
    Field("talked", mark("Talked"), _YES_NO, 8),
    Field("satisfied", mark("Satisfied"), _YES_NO, 9),
    Field("credited", mark("Sales credited"), _MONEY),
    Field("overdue", mark("Overdue"), _YES_NO, 8),
)

MEMBERS: Final = (
    Field("number", mark("Member no."), width=12),
    _STORE,
    Field("guide", mark("Guide"), width=10),
    Field("name", mark("Name"), width=10),
    _PHONE,
    Field("level", mark("Level"), width=9, enum=CardTier),
    Field("care_class", mark("Care class"), width=9, enum=CareClass),
    Field("joined", mark("Joined on"), _DATE),
    Field("last_purchase", mark("Last purchase"), _DATE),
    Field("purchase_days", mark("Purchase days"), _INTEGER),
    Field("tickets", mark("Receipts"), _INTEGER),
    Field("pieces", mark("Pieces"), _INTEGER),
    Field("net", mark("Net amount"), _MONEY),
    Field("r", mark("R"), _INTEGER, 6),
    Field("f", mark("F"), _INTEGER, 6),
    Field("m", mark("M"), _INTEGER, 6),
    Field("points", mark("Points"), _INTEGER),
    Field("stored", mark("Stored value"), _MONEY),
    Field("recency", mark("Days since purchase"), _INTEGER, 11),
    Field("mean", mark("Mean per receipt"), _MONEY),
    Field("lost", mark("Lost member"), _YES_NO, 7),
)

PURCHASES: Final = (
    Field("day", mark("Day"), _DATE),
    _STORE,
    Field("number", mark("Receipt no."), width=19),
    *_PERSON,
    Field("guide", mark("Guide"), width=10),
    Field("pieces", mark("Pieces"), _INTEGER),
    Field("net", mark("Net amount"), _MONEY),
)

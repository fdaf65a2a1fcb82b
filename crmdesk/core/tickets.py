"""Ticket words and state tables: kinds, repair graph, complaint steps, return steps (domain rule 1)."""

from enum import StrEnum

from crmdesk.core.transitions import Table, table


class TicketKind(StrEnum):
    """What the customer came for."""

    REPAIR = "repair"
    COMPLAINT = "complaint"
    RETURN = "return"


# First letter of a ticket's number.
KIND_LETTER = {TicketKind.REPAIR: "R", TicketKind.COMPLAINT: "C", TicketKind.RETURN: "T"}


class TicketState(StrEnum):
    """States of all kinds in one list; each kind has its own table below."""

    DRAFT = "draft"
    RECEIVED = "received"
    # repair
    JUDGING = "judging"
    SENT = "sent"
    AT_HEAD_OFFICE = "at_head_office"
    RECEIVED_BACK = "received_back"
    QUOTED = "quoted"
    DECLINED = "declined"
    EXPIRED = "expired"
    APPROVED = "approved"
    IN_WORK = "in_work"
    QUALITY_CHECK = "quality_check"
    READY = "ready"
    NOTIFIED = "notified"
    COLLECTED = "collected"
    POSTED_BACK = "posted_back"
    SCRAPPED = "scrapped"
    TURNED = "turned"
    # complaint
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    INVESTIGATING = "investigating"
    PROPOSED = "proposed"
    PROPOSAL_APPROVED = "proposal_approved"
    DECIDED = "decided"
    COMMUNICATED = "communicated"
    SATISFACTION_CALL = "satisfaction_call"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    # return / exchange
    CHECKED = "checked"
    EXECUTED = "executed"
    # all
    CLOSED = "closed"
    CANCELLED = "cancelled"


_S = TicketState

REPAIR_TRANSITIONS: Table[TicketState] = table(
    TicketState,
    {
        _S.DRAFT: {_S.RECEIVED},
        _S.RECEIVED: {_S.JUDGING, _S.SENT},
        _S.JUDGING: {_S.QUOTED, _S.APPROVED, _S.READY, _S.SCRAPPED, _S.TURNED, _S.SENT},
        _S.SENT: {_S.AT_HEAD_OFFICE, _S.RECEIVED_BACK},
        _S.AT_HEAD_OFFICE: {_S.RECEIVED_BACK, _S.JUDGING, _S.QUOTED, _S.APPROVED},
        _S.RECEIVED_BACK: {_S.JUDGING, _S.QUOTED, _S.APPROVED, _S.QUALITY_CHECK, _S.READY},
        _S.QUOTED: {_S.APPROVED, _S.DECLINED, _S.EXPIRED, _S.QUOTED},
        _S.DECLINED: {_S.READY, _S.QUOTED, _S.SCRAPPED, _S.TURNED},
        _S.EXPIRED: {_S.QUOTED, _S.READY},
        _S.APPROVED: {_S.IN_WORK, _S.SENT, _S.QUOTED},
        _S.IN_WORK: {_S.QUALITY_CHECK, _S.QUOTED, _S.READY},
        _S.QUALITY_CHECK: {_S.READY, _S.IN_WORK},
        _S.READY: {_S.NOTIFIED, _S.COLLECTED, _S.POSTED_BACK, _S.SCRAPPED, _S.TURNED},
        _S.NOTIFIED: {_S.COLLECTED, _S.POSTED_BACK, _S.NOTIFIED, _S.SCRAPPED, _S.TURNED},
        _S.COLLECTED: {_S.CLOSED},
        # Ready again when the parcel comes back undelivered.
        _S.POSTED_BACK: {_S.CLOSED, _S.READY},
        _S.SCRAPPED: {_S.CLOSED},
        _S.TURNED: {_S.CLOSED},
    },
    from_any_open=_S.CANCELLED,
    ends=frozenset({_S.COLLECTED, _S.POSTED_BACK, _S.SCRAPPED, _S.TURNED, _S.CLOSED, _S.CANCELLED}),
)

COMPLAINT_TRANSITIONS: Table[TicketState] = table(
    TicketState,
    {
        _S.DRAFT: {_S.RECEIVED},
        _S.RECEIVED: {_S.ACKNOWLEDGED},
        _S.ACKNOWLEDGED: {_S.ASSESSED},
        _S.ASSESSED: {_S.INVESTIGATING, _S.ESCALATED},
        _S.INVESTIGATING: {_S.PROPOSED, _S.ESCALATED},
        _S.PROPOSED: {_S.PROPOSAL_APPROVED, _S.DECIDED, _S.INVESTIGATING, _S.ESCALATED},
        _S.PROPOSAL_APPROVED: {_S.DECIDED, _S.INVESTIGATING, _S.ESCALATED},
        _S.DECIDED: {_S.COMMUNICATED, _S.ESCALATED},
        _S.COMMUNICATED: {_S.SATISFACTION_CALL, _S.CLOSED, _S.REOPENED, _S.ESCALATED},
        _S.SATISFACTION_CALL: {_S.CLOSED, _S.REOPENED, _S.ESCALATED},
        _S.REOPENED: {_S.INVESTIGATING, _S.ESCALATED},
        _S.ESCALATED: {_S.INVESTIGATING, _S.PROPOSED, _S.DECIDED},
        _S.CLOSED: {_S.REOPENED},
    },
    from_any_open=_S.CANCELLED,
    ends=frozenset({_S.CLOSED, _S.CANCELLED}),
)

RETURN_TRANSITIONS: Table[TicketState] = table(
    TicketState,
    {
        _S.DRAFT: {_S.RECEIVED},
        _S.RECEIVED: {_S.CHECKED},
        _S.CHECKED: {_S.DECIDED},
        _S.DECIDED: {_S.EXECUTED, _S.CHECKED},
        _S.EXECUTED: {_S.CLOSED},
    },
    from_any_open=_S.CANCELLED,
    ends=frozenset({_S.EXECUTED, _S.CLOSED, _S.CANCELLED}),
)

TRANSITIONS: dict[TicketKind, Table[TicketState]] = {
    TicketKind.REPAIR: REPAIR_TRANSITIONS,
    TicketKind.COMPLAINT: COMPLAINT_TRANSITIONS,
    TicketKind.RETURN: RETURN_TRANSITIONS,
}

FINISHED = frozenset({_S.CLOSED, _S.CANCELLED})
# Goods are still with the shop in every repair state but these.
GOODS_GONE = frozenset({_S.COLLECTED, _S.POSTED_BACK, _S.SCRAPPED, _S.TURNED, _S.CLOSED, _S.CANCELLED})


# The customer has to answer before the shop can go on: clocks that pause for the customer stand still.
CUSTOMERS_TURN = frozenset({_S.QUOTED, _S.EXPIRED})
# The goods are away for repair.
AWAY = frozenset({_S.SENT, _S.AT_HEAD_OFFICE})


class GoodsPlace(StrEnum):
    """Where the customer's goods are; separate from the ticket's state."""

    NONE = "none"  # nothing was handed in
    COUNTER = "counter"
    SHELF = "shelf"
    TRANSIT = "transit"
    HEAD_OFFICE = "head_office"
    VENDOR = "vendor"
    CUSTOMER = "customer"


class Priority(StrEnum):
    """How urgent."""

    NORMAL = "normal"
    EXPRESS = "express"


class Route(StrEnum):
    """Who will judge and work."""

    IN_STORE = "in_store"
    HEAD_OFFICE = "head_office"
    VENDOR = "vendor"


class Liability(StrEnum):
    """Who or what caused it (domain rule 1, Judgement)."""

    PRODUCT_FAULT = "product_fault"
    CUSTOMER_USE = "customer_use"
    WEAR = "wear"
    TRANSPORT = "transport"
    STORE_HANDLING = "store_handling"
    UNDETERMINED = "undetermined"


class Remedy(StrEnum):
    """What is done about it."""

    REPAIR_FREE = "repair_free"
    REPAIR_PAID = "repair_paid"
    REPLACE_SAME = "replace_same"
    REPLACE_COMPARABLE = "replace_comparable"
    REFUND = "refund"
    VOUCHER = "voucher"
    REFUSE = "refuse"


class Payer(StrEnum):
    """Parties a cost can be split between."""

    CUSTOMER = "customer"
    STORE = "store"
    HEAD_OFFICE = "head_office"
    SUPPLIER = "supplier"
    CARRIER = "carrier"


class ApprovalChannel(StrEnum):
    """How the customer agreed to a quote."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    MESSAGE = "message"


class Gate(StrEnum):
    """The moments a condition sheet is made: four of a ticket's goods, two of a loan."""

    INTAKE = "intake"
    TO_HEAD_OFFICE = "to_head_office"
    FROM_HEAD_OFFICE = "from_head_office"
    HAND_BACK = "hand_back"
    LOAN_OUT = "loan_out"
    LOAN_BACK = "loan_back"


class ItemCategory(StrEnum):
    """Goods a store takes in; decides drawing and fault codes."""

    SUITCASE = "suitcase"
    BAG = "bag"
    SHOE = "shoe"
    JACKET = "jacket"
    TROUSERS = "trousers"
    COSMETIC = "cosmetic"
    OTHER = "other"


# Which drawing of resources/paper/shapes stands for a category.
SHAPE_OF = {category: category.value for category in ItemCategory} | {
    ItemCategory.COSMETIC: "generic",
    ItemCategory.OTHER: "generic",
}


class Level3(StrEnum):
    """Low, medium, high: impact and complexity of a complaint."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Severity(StrEnum):
    """Severity of a complaint."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


_WEIGHT = {Level3.LOW: 1, Level3.MEDIUM: 2, Level3.HIGH: 3}
_MEDIUM_FROM, _HIGH_FROM, _CRITICAL_FROM = 3, 6, 9


def severity_of(impact: Level3, complexity: Level3) -> Severity:
    """Give severity from impact × complexity (domain rule 1, Complaint): 1-2 low, 3-4 medium, 6 high, 9 critical."""
    product = _WEIGHT[impact] * _WEIGHT[complexity]
    if product >= _CRITICAL_FROM:
        return Severity.CRITICAL
    if product >= _HIGH_FROM:
        return Severity.HIGH
    return Severity.MEDIUM if product >= _MEDIUM_FROM else Severity.LOW


class RootCause(StrEnum):
    """First level of the root-cause tree."""

    PRODUCT = "product"
    SERVICE_ATTITUDE = "service_attitude"
    PROCESS = "process"
    DELIVERY = "delivery"
    PRICE = "price"
    INFORMATION = "information"
    OTHER = "other"


class Compensation(StrEnum):
    """What a complaint can be settled with."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    VOUCHER = "voucher"
    POINTS = "points"
    GIFT = "gift"
    APOLOGY = "apology"


class TellChannel(StrEnum):
    """How a customer is told a decision."""

    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    MESSAGE = "message"
    IN_PERSON = "in_person"


class ReturnDecision(StrEnum):
    """Decision on one line of a return."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    REJECT = "reject"


class ReturnReason(StrEnum):
    """Why goods come back."""

    QUALITY = "quality"
    SIZE = "size"
    COLOUR = "colour"
    NOT_LIKED = "not_liked"
    WRONG_GOODS = "wrong_goods"
    PRICE = "price"
    OTHER = "other"


class GoodsCondition(StrEnum):
    """State of returned goods."""

    UNUSED = "unused"
    TRIED = "tried"
    USED = "used"
    DAMAGED = "damaged"

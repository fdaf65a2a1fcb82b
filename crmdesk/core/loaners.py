"""Loaner words and state table (domain rule 1, Loaner)."""

from enum import StrEnum

from crmdesk.core.transitions import Table, table


class LoanerState(StrEnum):
    """Where a shop-owned spare item is in its round."""

    ON_SHELF = "on_shelf"
    RESERVED = "reserved"
    LENT = "lent"
    RETURNED = "returned"
    TO_INSPECT = "to_inspect"
    TO_CLEAN = "to_clean"
    IN_REPAIR = "in_repair"
    RETIRED = "retired"
    LOST = "lost"


_L = LoanerState

TRANSITIONS: Table[LoanerState] = table(
    LoanerState,
    {
        _L.ON_SHELF: {_L.RESERVED, _L.LENT, _L.TO_INSPECT, _L.TO_CLEAN, _L.IN_REPAIR, _L.RETIRED, _L.LOST},
        _L.RESERVED: {_L.ON_SHELF, _L.LENT, _L.LOST},
        _L.LENT: {_L.RETURNED, _L.LOST},
        _L.RETURNED: {_L.TO_INSPECT},
        _L.TO_INSPECT: {_L.TO_CLEAN, _L.ON_SHELF, _L.IN_REPAIR, _L.RETIRED, _L.LOST},
        _L.TO_CLEAN: {_L.ON_SHELF, _L.IN_REPAIR, _L.RETIRED, _L.LOST},
        _L.IN_REPAIR: {_L.TO_INSPECT, _L.ON_SHELF, _L.RETIRED, _L.LOST},
        _L.LOST: {_L.TO_INSPECT, _L.RETIRED},
    },
    ends=frozenset({_L.RETIRED}),
)

# These need a written reason.
REASON_NEEDED = frozenset({_L.IN_REPAIR, _L.RETIRED, _L.LOST})


class LoanState(StrEnum):
    """One lending."""

    RESERVED = "reserved"
    OUT = "out"
    BACK = "back"
    LOST = "lost"
    CANCELLED = "cancelled"


class SizeClass(StrEnum):
    """Size class that a loaner must share with the customer's item to stand in for it."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    ONE_SIZE = "one_size"


class DepositMove(StrEnum):
    """Movements of deposit money of one loan."""

    TAKEN = "taken"
    KEPT = "kept"  # for damage, late fee or loss
    RETURNED = "returned"
    SET_OFF = "set_off"  # against a repair bill


class ReturnGrade(StrEnum):
    """Condition of a loaner when it comes back, compared with hand-over."""

    AS_LENT = "as_lent"
    DIRTY = "dirty"
    DAMAGED = "damaged"


class NoLoanReason(StrEnum):
    """Why no loaner was lent although the rule proposes one."""

    NOT_NEEDED = "not_needed"
    NONE_FITS = "none_fits"
    OTHER = "other"

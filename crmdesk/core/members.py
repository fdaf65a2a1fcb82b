"""Member words: gender, calendar, level, touchpoint, source of movements."""

from enum import StrEnum


class Gender(StrEnum):
    """Gender as the member gives it; absent when not given."""

    FEMALE = "female"
    MALE = "male"


class BirthdayCalendar(StrEnum):
    """Which calendar a birthday is kept in."""

    SOLAR = "solar"
    LUNAR = "lunar"


class MemberKind(StrEnum):
    """End customer, or distributor/franchisee as a customer (中间客户)."""

    CUSTOMER = "customer"
    INTERMEDIATE = "intermediate"


class MemberState(StrEnum):
    """Life of a member's file."""

    ACTIVE = "active"
    WALK_IN = "walk_in"  # a contact who left a phone but is no member yet
    MERGED = "merged"
    ERASED = "erased"


class CardTier(StrEnum):
    """等级: card tier (domain rule 5)."""

    ORDINARY = "ordinary"
    SILVER = "silver"
    GOLD = "gold"
    DIAMOND = "diamond"


class PhoneState(StrEnum):
    """Whether a phone can be used."""

    ACTIVE = "active"
    INVALID = "invalid"


class TouchpointState(StrEnum):
    """Whether a touchpoint still reaches the person."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    DELETED = "deleted"


class LedgerKind(StrEnum):
    """Which balance a ledger line belongs to."""

    POINTS = "points"
    PRINCIPAL = "principal"  # stored value paid in
    BONUS = "bonus"  # stored value given on top


class LedgerReason(StrEnum):
    """Why a balance moved."""

    OPENING = "opening"  # taken over by an import
    PURCHASE = "purchase"
    RETURN = "return"
    SPENT = "spent"
    TOP_UP = "top_up"
    EXPIRED = "expired"
    COMPENSATION = "compensation"
    CORRECTION = "correction"
    REFUND = "refund"
    GIVEN = "given"  # by hand, as thanks or as part of an event
    SETTLED = "settled"  # something earned went to what was owed


class CardState(StrEnum):
    """Life of a VIP card."""

    ISSUED = "issued"
    LOST = "lost"
    REPLACED = "replaced"
    RETURNED = "returned"

"""Words of a member's wider file: kinds of numbers and places, own fields, households, intents, levels."""

from enum import StrEnum


class PhoneUse(StrEnum):
    """What a number is used for (its shape is `core.phone.PhoneKind`)."""

    PERSONAL = "personal"
    HOME = "home"
    WORK = "work"
    OTHER = "other"


class AddressUse(StrEnum):
    """What an address is used for."""

    HOME = "home"
    WORK = "work"
    DELIVERY = "delivery"
    OTHER = "other"


class FieldKind(StrEnum):
    """What an own field of the store holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    PICTURE = "picture"


class HouseholdKind(StrEnum):
    """People who live together (消费家庭), or who work together (单位)."""

    HOUSEHOLD = "household"
    WORK_UNIT = "work_unit"


class HouseholdRole(StrEnum):
    """What somebody is in a household or work unit."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    RELATIVE = "relative"
    OWNER = "owner"
    BUYER = "buyer"
    STAFF = "staff"
    OTHER = "other"


class IntentState(StrEnum):
    """Life of something a member meant to buy."""

    OPEN = "open"
    BOUGHT = "bought"
    DROPPED = "dropped"


class LifeCycle(StrEnum):
    """Where a member stands between the first purchase and being lost (domain rule 4: lost after 365 days)."""

    NO_PURCHASE = "no_purchase"
    NEW = "new"
    ACTIVE = "active"
    SLEEPING = "sleeping"
    LOST = "lost"
    BACK = "back"


class LevelReason(StrEnum):
    """Why a member's level moved."""

    REACHED = "reached"
    LOWERED = "lowered"
    BY_HAND = "by_hand"
    IMPORTED = "imported"
    MERGED = "merged"


class PurchaseOrigin(StrEnum):
    """Where a receipt came from."""

    TILL = "till"
    IMPORTED = "imported"
    BY_HAND = "by_hand"


class PairState(StrEnum):
    """What was decided about two files that look like one person."""

    OPEN = "open"
    DIFFERENT = "different"
    HOUSEHOLD = "household"
    MERGED = "merged"


class PairReason(StrEnum):
    """Why two files look like one person (capability M7)."""

    PHONE = "phone"
    NAME_BIRTHDAY = "name_birthday"
    NAME_ADDRESS = "name_address"
    CARD = "card"
    PINYIN = "pinyin"


class Look(StrEnum):
    """What somebody looked at or took of a member's data (domain rule 6)."""

    PAGE = "page"
    PHONE = "phone"
    PRIVATE = "private"
    PRINTED = "printed"
    EXPORTED = "exported"
    COPIED = "copied"


class WatchedState(StrEnum):
    """What became of a file in a watched folder."""

    IMPORTED = "imported"
    QUARANTINED = "quarantined"
    SEEN_BEFORE = "seen_before"

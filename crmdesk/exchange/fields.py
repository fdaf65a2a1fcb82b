"""Where the columns of a file from outside can go."""

from enum import StrEnum
from typing import Final


class ImportKind(StrEnum):
    """What a file holds."""

    MEMBERS = "members"
    PURCHASES = "purchases"
    BALANCES = "balances"
    CARDS = "cards"
    TAGS = "tags"


class MemberField(StrEnum):
    """Where a column of a member list goes."""

    NAME = "name"
    PHONE = "phone"
    MEMBER_NUMBER = "member_number"
    CARD = "card"
    GENDER = "gender"
    BIRTHDAY = "birthday"
    BIRTHDAY_CALENDAR = "birthday_calendar"
    LEVEL = "level"
    CARE_CLASS = "care_class"
    POINTS = "points"
    STORED_VALUE = "stored_value"
    BONUS = "bonus"
    ADDRESS = "address"
    EMAIL = "email"
    WECHAT = "wechat"
    OCCUPATION = "occupation"
    INDUSTRY = "industry"
    INCOME = "income"
    GARMENT_SIZE = "garment_size"
    SHOE_SIZE = "shoe_size"
    TASTES = "tastes"
    HOBBIES = "hobbies"
    GIFT_PREFERENCE = "gift_preference"
    CONSUMPTION = "consumption"
    SOURCE = "source"
    STORE = "store"
    GUIDE = "guide"
    JOINED = "joined"
    TAGS = "tags"
    NOTE = "note"
    CARD_STATE = "card_state"
    ISSUED_ON = "issued_on"
    VALID_UNTIL = "valid_until"


class PurchaseField(StrEnum):
    """Where a column of a purchase list goes."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    NAME = "name"
    PHONE = "phone"
    MEMBER_NUMBER = "member_number"
    CARD = "card"
    ITEM_CODE = "item_code"
    ITEM_NAME = "item_name"
    BRAND = "brand"
    CATEGORY = "category"
    COLOUR = "colour"
    SIZE = "size"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit_price"
    AMOUNT = "amount"
    GUIDE = "guide"
    STORE = "store"
    RETURN = "return"
    NOTE = "note"


Field = MemberField | PurchaseField

# What only a list of cards has.
OF_CARDS: Final = (MemberField.CARD_STATE, MemberField.ISSUED_ON, MemberField.VALID_UNTIL)
# By what a member is found; a list of anything but members and purchases needs one of them.
KEYS: Final = (MemberField.MEMBER_NUMBER, MemberField.CARD, MemberField.PHONE)
BALANCES: Final = (MemberField.POINTS, MemberField.STORED_VALUE, MemberField.BONUS)

FIELDS: Final[dict[ImportKind, tuple[Field, ...]]] = {
    ImportKind.MEMBERS: tuple(field for field in MemberField if field not in OF_CARDS),
    ImportKind.PURCHASES: tuple(PurchaseField),
    ImportKind.BALANCES: (*KEYS, MemberField.NAME, *BALANCES),
    ImportKind.CARDS: (*KEYS, MemberField.NAME, MemberField.LEVEL, *OF_CARDS),
    ImportKind.TAGS: (*KEYS, MemberField.NAME, MemberField.TAGS),
}
# Kinds whose rows speak of members who are on file; nobody is made new.
OF_KNOWN: Final = frozenset({ImportKind.BALANCES, ImportKind.CARDS, ImportKind.TAGS})

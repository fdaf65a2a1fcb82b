"""Where the columns of a file from outside can go."""

from enum import StrEnum
from typing import Final


class ImportKind(StrEnum):
    """What a file holds."""

    MEMBERS = "members"
    PURCHASES = "purchases"


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
    GIFT_PREFERENCE = "gift_preference"
    CONSUMPTION = "consumption"
    SOURCE = "source"
    STORE = "store"
    GUIDE = "guide"
    JOINED = "joined"
    TAGS = "tags"
    NOTE = "note"


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

FIELDS: Final[dict[ImportKind, tuple[Field, ...]]] = {
    ImportKind.MEMBERS: tuple(MemberField),
    ImportKind.PURCHASES: tuple(PurchaseField),
}

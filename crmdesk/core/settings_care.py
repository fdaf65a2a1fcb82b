"""Store settings of care: cadence, contact caps, quiet hours, care plans, birthdays."""

from datetime import time

from crmdesk.core.i18n import mark
from crmdesk.core.setting import DAYS, HOURS, MONTHS, TIMES, declare_count, declare_store
from crmdesk.core.setting_kinds import Steps, TimeOfDay

_CARE = mark("Care and callbacks")
_BIRTHDAY = mark("Birthdays")

# Care and callbacks (domain rule 3).
CADENCE_KEY = declare_count(
    _CARE, "care.cadence_key", 1, mark("Key members are called after this time."), unit=MONTHS, bounds=(1, 24)
)
CADENCE_IMPORTANT = declare_count(
    _CARE,
    "care.cadence_important",
    2,
    mark("Important members are called after this time."),
    unit=MONTHS,
    bounds=(1, 24),
)
CADENCE_ORDINARY = declare_count(
    _CARE,
    "care.cadence_ordinary",
    3,
    mark("Ordinary members are called after this time."),
    unit=MONTHS,
    bounds=(1, 24),
)
CAP_WEEK = declare_count(
    _CARE,
    "care.cap_week",
    2,
    mark("At most this many contacts with one member in 7 days."),
    unit=TIMES,
    bounds=(0, 50),
)
CAP_MONTH = declare_count(
    _CARE,
    "care.cap_month",
    4,
    mark("At most this many contacts with one member in 30 days."),
    unit=TIMES,
    bounds=(0, 100),
)
CONTACT_FROM = declare_store(
    _CARE, "care.contact_from", TimeOfDay(), time(9), mark("Nobody is contacted before this time.")
)
CONTACT_UNTIL = declare_store(
    _CARE, "care.contact_until", TimeOfDay(), time(19), mark("Nobody is contacted after this time.")
)
RETRY_HOURS = declare_store(
    _CARE,
    "care.retry_hours",
    Steps(1, 720),
    (4, 24, 72),
    mark("Unreached: tried again after these hours, then given up."),
)
AFTER_PURCHASE_HOURS = declare_count(
    _CARE,
    "care.after_purchase_hours",
    3,
    mark("After a purchase: congratulation after this time."),
    unit=HOURS,
    bounds=(0, 72),
)
AFTER_PURCHASE_FIRST_DAYS = declare_count(
    _CARE, "care.after_purchase_first_days", 3, mark("After a purchase: how does it wear, after this time."), unit=DAYS
)
AFTER_PURCHASE_SECOND_DAYS = declare_count(
    _CARE,
    "care.after_purchase_second_days",
    15,
    mark("After a purchase: matching piece or invitation after this time."),
    unit=DAYS,
)
REPAIR_CALL_DAYS = declare_count(
    _CARE, "care.repair_call_days", 3, mark("Quality call this long after a repair is collected."), unit=DAYS
)
GUARANTEE_CHECK_DAYS = declare_count(
    _CARE,
    "care.guarantee_check_days",
    30,
    mark("Check this long before the guarantee of a repaired part ends."),
    unit=DAYS,
)
SATISFACTION_CALL_DAYS = declare_count(
    _CARE,
    "care.satisfaction_call_days",
    3,
    mark("Satisfaction call this long after a complaint is answered."),
    unit=DAYS,
)
DORMANT_DAYS = declare_count(
    _CARE, "care.dormant_days", 30, mark("Silent this long past the usual interval: win-back call."), unit=DAYS
)
SILENT_DAYS = declare_count(
    _CARE,
    "care.silent_days",
    90,
    mark("Members who have bought nothing for this long are listed as long not seen."),
    unit=DAYS,
    bounds=(7, 3650),
)
INTENT_DAYS = declare_count(
    _CARE, "care.intent_days", 7, mark("Wanted and not bought after this time: call."), unit=DAYS
)
ATTRIBUTION_DAYS = declare_count(
    _CARE,
    "care.attribution_days",
    14,
    mark("A purchase within this time is credited to the contact before it."),
    unit=DAYS,
)
TOUCHPOINTS_WANTED = declare_count(
    _CARE, "care.touchpoints_wanted", 3, mark("33 rule: touchpoints per member."), bounds=(1, 9)
)
INTERACTIONS_WANTED = declare_count(
    _CARE, "care.interactions_wanted", 3, mark("33 rule: effective interactions per member."), bounds=(1, 99)
)

# Birthdays (C5).
BIRTHDAY_REMINDER_DAYS = declare_count(
    _BIRTHDAY,
    "birthday.reminder_days",
    3,
    mark("Expiry reminder this long before the birthday month ends."),
    unit=DAYS,
    bounds=(0, 27),
)
BIRTHDAY_GIFT_DAYS = declare_count(
    _BIRTHDAY, "birthday.gift_days", 30, mark("The gift is held this long after the birthday month."), unit=DAYS
)

"""Store settings of points and stored value at the desk, and of the level rules beside the amounts."""

from crmdesk.core.i18n import mark
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.setting import DAYS, MONTHS, PERCENT, declare_count, declare_store
from crmdesk.core.setting_kinds import Amount, Choice, Words

_LEVELS = mark("Levels and points")
BY_SPEND, BY_PURCHASES = "spend", "purchases"

LEVEL_RULE = declare_store(
    _LEVELS, "levels.rule", Choice((BY_SPEND, BY_PURCHASES)), BY_SPEND, mark("What decides the level.")
)
LEVEL_SILVER_COUNT = declare_count(
    _LEVELS, "levels.silver_count", 3, mark("Silver from so many purchases in the period."), bounds=(1, 999)
)
LEVEL_GOLD_COUNT = declare_count(
    _LEVELS, "levels.gold_count", 8, mark("Gold from so many purchases in the period."), bounds=(1, 999)
)
LEVEL_DIAMOND_COUNT = declare_count(
    _LEVELS, "levels.diamond_count", 20, mark("Diamond from so many purchases in the period."), bounds=(1, 999)
)
LEVEL_KEEP_MONTHS = declare_count(
    _LEVELS,
    "levels.keep_months",
    0,
    mark("A level that was reached is kept at least this long; 0 is only as long as the period carries it."),
    unit=MONTHS,
    bounds=(0, 60),
)
POINTS_WARN_DAYS = declare_count(
    _LEVELS, "points.warn_days", 60, mark("Points that expire within this time are pointed out."), unit=DAYS
)
POINTS_GIVE_ALONE = declare_count(
    _LEVELS,
    "points.give_alone",
    200,
    mark("So many points are given by hand without approval."),
    bounds=(0, 1_000_000),
)
BONUS_ALONE = declare_count(
    _LEVELS,
    "stored.bonus_alone_percent",
    20,
    mark("A bonus up to this share of the top-up needs no approval."),
    unit=PERCENT,
    bounds=(0, 100),
)
SPEND_ALONE = declare_store(
    _LEVELS,
    "stored.spend_alone",
    Amount(),
    Money.yuan(5_000),
    mark("Stored value up to this amount is spent without approval."),
)
_BENEFITS = {
    CardTier.ORDINARY: ("levels.benefits_ordinary", "", mark("What ordinary members get.")),
    CardTier.SILVER: ("levels.benefits_silver", mark("Birthday gift"), mark("What silver members get.")),
    CardTier.GOLD: ("levels.benefits_gold", mark("Birthday gift, free care"), mark("What gold members get.")),
    CardTier.DIAMOND: (
        "levels.benefits_diamond",
        mark("Birthday gift, free care, invitations first"),
        mark("What diamond members get."),
    ),
}
LEVEL_BENEFITS = {
    tier: declare_store(_LEVELS, key, Words(200), usual, doc) for tier, (key, usual, doc) in _BENEFITS.items()
}

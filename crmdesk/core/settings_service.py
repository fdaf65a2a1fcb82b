"""Store settings of the service desk: clocks, uncollected goods, loaners, approval."""

from crmdesk.core.i18n import mark
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.resources import resource_path
from crmdesk.core.roles import APPROVE_UP_TO, Role
from crmdesk.core.setting import DAYS, HOURS, MONTHS, PERCENT, TIMES, declare_count, declare_store
from crmdesk.core.setting_kinds import Amount, Choice, Steps, Words

_SERVICE = mark("Service")
_LOANERS = mark("Loaners")
_APPROVAL = mark("Approval limits")
_UNCOLLECTED = mark("Uncollected goods")

# Service (domain rules 1 and 2).
PROMISE_DAYS = declare_count(
    _SERVICE,
    "service.promise_days",
    10,
    mark("A repair is promised after this time unless the clerk types another date."),
    unit=DAYS,
    bounds=(1, 180),
)
QUOTE_VALID_DAYS = declare_count(
    _SERVICE, "service.quote_valid_days", 7, mark("A quote may be approved for this long."), unit=DAYS, bounds=(1, 90)
)
HEAD_OFFICE_CHASE_DAYS = declare_count(
    _SERVICE,
    "service.head_office_chase_days",
    1,
    mark("After that, head office is chased this often."),
    unit=DAYS,
    bounds=(1, 30),
)
COME_BACK_DAYS = declare_count(
    _SERVICE,
    "service.come_back_days",
    90,
    mark("The same fault of the same item within this time counts as a come-back."),
    unit=DAYS,
)
WARRANTY_MONTHS = declare_count(
    _SERVICE,
    "service.warranty_months",
    3,
    mark("House warranty on luggage and leather, counted from the purchase."),
    unit=MONTHS,
    bounds=(0, 60),
)
HOUSE_EXCHANGE_DAYS = declare_count(
    _SERVICE,
    "service.house_exchange_days",
    7,
    mark("Listed faults are exchanged or taken back within this time."),
    unit=DAYS,
)
QUALITY_RETURN_DAYS = declare_count(
    _SERVICE, "service.quality_return_days", 7, mark("Return for a quality fault within this time."), unit=DAYS
)
QUALITY_EXCHANGE_DAYS = declare_count(
    _SERVICE, "service.quality_exchange_days", 15, mark("Exchange for a quality fault within this time."), unit=DAYS
)
PART_GUARANTEE_DAYS = declare_count(
    _SERVICE,
    "service.part_guarantee_days",
    30,
    mark("Guarantee on a repaired part, from hand-over; the law asks for 30 days or more."),
    unit=DAYS,
    bounds=(30, 3650),
)
FAILED_REPAIRS = declare_count(
    _SERVICE,
    "service.failed_repairs",
    2,
    mark("After this many failed repairs exchange or return is due."),
    unit=TIMES,
    bounds=(1, 9),
)
CLOCK_WARNING_PERCENT = declare_count(
    _SERVICE,
    "service.clock_warning_percent",
    75,
    mark("A clock turns yellow when this share of its time is used."),
    unit=PERCENT,
    bounds=(1, 99),
)
CLOCK_REGION = declare_store(
    _SERVICE,
    "service.clock_region",
    Choice(("zhejiang", "shandong", "national")),
    "zhejiang",
    mark("The region whose consumer rules the clocks follow."),
)

# Uncollected goods (S10).
UNCOLLECTED_FIRST_DAYS = declare_count(
    _UNCOLLECTED,
    "uncollected.first_days",
    7,
    mark("First reminder when the goods have waited this long."),
    unit=DAYS,
    bounds=(1, 90),
)
UNCOLLECTED_GAP_HOURS = declare_count(
    _UNCOLLECTED,
    "uncollected.gap_hours",
    48,
    mark("Not reminded again before this time has passed."),
    unit=HOURS,
    bounds=(1, 720),
)
UNCOLLECTED_LETTER_DAYS = declare_count(
    _UNCOLLECTED,
    "uncollected.letter_days",
    30,
    mark("A letter is due when the goods have waited this long."),
    unit=DAYS,
    bounds=(1, 365),
)
UNCOLLECTED_FEE = declare_store(
    _UNCOLLECTED,
    "uncollected.fee_per_day",
    Amount(),
    Money(0),
    mark("Storage fee per day after the letter; 0 is none."),
)
UNCOLLECTED_DISPOSAL_DAYS = declare_count(
    _UNCOLLECTED,
    "uncollected.disposal_days",
    0,
    mark("The owner decides about goods waiting this long; 0 is never."),
    unit=DAYS,
    bounds=(0, 3650),
)

# Loaners (L1-L5).
LOANER_LIMIT_DAYS = declare_count(
    _LOANERS,
    "loaners.limit_days",
    5,
    mark("A repair that takes longer than this gets a loaner proposed."),
    unit=DAYS,
    bounds=(0, 60),
)
LOANER_DEPOSIT_PERCENT = {
    CardTier.ORDINARY: declare_count(
        _LOANERS,
        "loaners.deposit_ordinary",
        30,
        mark("Deposit of ordinary members, as a share of the loaner's value; 0 asks for none."),
        unit=PERCENT,
        bounds=(0, 100),
    ),
    CardTier.SILVER: declare_count(
        _LOANERS,
        "loaners.deposit_silver",
        30,
        mark("Deposit of silver members, as a share of the loaner's value; 0 asks for none."),
        unit=PERCENT,
        bounds=(0, 100),
    ),
    CardTier.GOLD: declare_count(
        _LOANERS,
        "loaners.deposit_gold",
        0,
        mark("Deposit of gold members, as a share of the loaner's value; 0 asks for none."),
        unit=PERCENT,
        bounds=(0, 100),
    ),
    CardTier.DIAMOND: declare_count(
        _LOANERS,
        "loaners.deposit_diamond",
        0,
        mark("Deposit of diamond members, as a share of the loaner's value; 0 asks for none."),
        unit=PERCENT,
        bounds=(0, 100),
    ),
}
LOANER_LATE_FEE = declare_store(
    _LOANERS, "loaners.late_fee_per_day", Amount(), Money(0), mark("Fee per day after the due date; 0 is none.")
)
LOANER_REMIND_DAYS = declare_store(
    _LOANERS, "loaners.remind_days", Steps(), (1, 3, 7), mark("Reminders this many days after the due date.")
)
LOANER_BLOCK_DAYS = declare_count(
    _LOANERS, "loaners.block_days", 7, mark("Overdue for this long: no further loan to this person."), unit=DAYS
)
LOANER_EXTENSIONS = declare_count(
    _LOANERS,
    "loaners.most_extensions",
    2,
    mark("A loan is extended this often; more needs a manager."),
    unit=TIMES,
    bounds=(0, 50),
)
LOANER_GRACE_DAYS = declare_count(
    _LOANERS,
    "loaners.grace_days",
    2,
    mark("The loan is due this long after the promised date of the repair."),
    unit=DAYS,
    bounds=(0, 60),
)
LOAN_TERMS_LENGTH = 4000
LOAN_TERMS_CHINESE = declare_store(
    _LOANERS,
    "loaners.terms_zh_cn",
    Words(LOAN_TERMS_LENGTH),
    resource_path("paper", "loan_terms.zh_CN.txt").read_text(encoding="utf-8").strip(),
    mark("Terms on the Chinese loan agreement, one on each line."),
)
LOAN_TERMS_ENGLISH = declare_store(
    _LOANERS,
    "loaners.terms_en",
    Words(LOAN_TERMS_LENGTH),
    resource_path("paper", "loan_terms.en.txt").read_text(encoding="utf-8").strip(),
    mark("Terms on the English loan agreement, one on each line."),
)

# Approval (domain rule 7): the owner is without limit.
APPROVE_MANAGER = declare_store(
    _APPROVAL,
    "approval.manager",
    Amount(),
    APPROVE_UP_TO[Role.MANAGER] or Money(0),
    mark("A manager approves up to this amount."),
)
APPROVE_HEAD_OFFICE = declare_store(
    _APPROVAL,
    "approval.head_office",
    Amount(),
    APPROVE_UP_TO[Role.HEAD_OFFICE] or Money(0),
    mark("Head office approves up to this amount."),
)
APPROVE_CLERK = declare_store(
    _APPROVAL,
    "approval.clerk",
    Amount(),
    APPROVE_UP_TO[Role.CLERK] or Money(0),
    mark("A clerk or guide approves up to this amount."),
)

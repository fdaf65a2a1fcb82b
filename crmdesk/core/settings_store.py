"""Store settings of levels and points, figures, papers and safety."""

from crmdesk.core.i18n import mark
from crmdesk.core.money import Money
from crmdesk.core.resources import resource_path
from crmdesk.core.setting import DAYS, MINUTES, MONTHS, PERCENT, SECONDS, TIMES, YEARS, declare_count, declare_store
from crmdesk.core.setting_kinds import Amount, Words

_LEVELS = mark("Levels and points")
_FIGURES = mark("Marks for the figures")
_TRUST = mark("Sign-in and safety")
_PAPERS = mark("Store details on papers")
SLIP_TERMS_LENGTH = 4000

# Levels and points (domain rule 5).
LEVEL_SILVER = declare_store(
    _LEVELS, "levels.silver", Amount(), Money.yuan(2_000), mark("Silver from this spend in the period.")
)
LEVEL_GOLD = declare_store(
    _LEVELS, "levels.gold", Amount(), Money.yuan(8_000), mark("Gold from this spend in the period.")
)
LEVEL_DIAMOND = declare_store(
    _LEVELS, "levels.diamond", Amount(), Money.yuan(20_000), mark("Diamond from this spend in the period.")
)
LEVEL_MONTHS = declare_count(
    _LEVELS, "levels.period_months", 12, mark("The period whose spend counts."), unit=MONTHS, bounds=(1, 60)
)
LEVEL_GRACE_DAYS = declare_count(
    _LEVELS, "levels.grace_days", 30, mark("A level is kept this long before it is lowered."), unit=DAYS
)
POINTS_PER_YUAN = declare_count(_LEVELS, "points.per_yuan", 1, mark("Points for each yuan, net."), bounds=(0, 100))
POINTS_YEARS = declare_count(
    _LEVELS,
    "points.years",
    1,
    mark("Points expire at the end of the year this many years after they were earned."),
    unit=YEARS,
    bounds=(0, 10),
)
CARD_REPRINT_FEE = declare_store(
    _LEVELS, "cards.reprint_fee", Amount(), Money(0), mark("Fee for printing a lost card again; 0 is none.")
)
MERGE_UNDO_DAYS = declare_count(
    _LEVELS,
    "members.merge_undo_days",
    30,
    mark("A merge of two members can be undone for this long."),
    unit=DAYS,
    bounds=(0, 30),
)

# Figures (domain rule 4).
LOST_DAYS = declare_count(
    _FIGURES, "figures.lost_days", 365, mark("No purchase for this long counts as lost."), unit=DAYS, bounds=(30, 3650)
)
NEW_BUYER_DAYS = declare_count(
    _FIGURES,
    "figures.new_buyer_days",
    90,
    mark("Who bought on one day only counts as a new buyer for this long."),
    unit=DAYS,
    bounds=(1, 730),
)
SLEEPING_DAYS = declare_count(
    _FIGURES,
    "figures.sleeping_days",
    180,
    mark("No purchase for this long counts as sleeping, until it counts as lost."),
    unit=DAYS,
    bounds=(1, 3650),
)
MARK_TWO_IN_MONTH = declare_count(
    _FIGURES,
    "figures.two_in_month_percent",
    29,
    mark("Mark for buyers with two purchase days in a month."),
    unit=PERCENT,
    bounds=(0, 100),
)
MARK_FILE_RATE = declare_count(
    _FIGURES,
    "figures.file_rate_percent",
    80,
    mark("Mark for new member files per walk-in."),
    unit=PERCENT,
    bounds=(0, 100),
)
MARK_ADD_RATE = declare_count(
    _FIGURES,
    "figures.add_rate_percent",
    30,
    mark("Mark for new WeChat contacts per walk-in."),
    unit=PERCENT,
    bounds=(0, 100),
)
MARK_BIRTHDAY_RECALL = declare_count(
    _FIGURES,
    "figures.birthday_recall_percent",
    70,
    mark("Mark for birthday members who buy in their month."),
    unit=PERCENT,
    bounds=(0, 100),
)

# Papers.
PAPER_PHONE = declare_store(_PAPERS, "papers.phone", Words(60), "", mark("Telephone of the store on papers."))
PAPER_ADDRESS = declare_store(_PAPERS, "papers.address", Words(200), "", mark("Address of the store on papers."))
PAPER_HOURS = declare_store(_PAPERS, "papers.opening_hours", Words(100), "", mark("Opening hours on papers."))
SLIP_TERMS_CHINESE = declare_store(
    _PAPERS,
    "papers.slip_terms_zh_cn",
    Words(SLIP_TERMS_LENGTH),
    resource_path("paper", "slip_terms.zh_CN.txt").read_text(encoding="utf-8").strip(),
    mark("Terms on the Chinese service slip, one on each line."),
)
SLIP_TERMS_ENGLISH = declare_store(
    _PAPERS,
    "papers.slip_terms_en",
    Words(SLIP_TERMS_LENGTH),
    resource_path("paper", "slip_terms.en.txt").read_text(encoding="utf-8").strip(),
    mark("Terms on the English service slip, one on each line."),
)

# Safety (T1, T2, privacy).
PIN_SHORTEST = declare_count(_TRUST, "trust.pin_shortest", 4, mark("Shortest PIN."), bounds=(4, 32))
SIGNIN_TRIES = declare_count(
    _TRUST, "trust.signin_tries", 5, mark("Wrong PINs before the person has to wait."), unit=TIMES, bounds=(3, 20)
)
SIGNIN_WAIT_SECONDS = declare_count(
    _TRUST,
    "trust.signin_wait_seconds",
    30,
    mark("First wait; each further wrong PIN doubles it."),
    unit=SECONDS,
    bounds=(5, 600),
)
SIGNIN_WAIT_LONGEST = declare_count(
    _TRUST, "trust.signin_wait_longest_minutes", 60, mark("Longest wait."), unit=MINUTES, bounds=(1, 1440)
)
LOCK_MINUTES = declare_count(
    _TRUST,
    "trust.lock_minutes",
    10,
    mark("The screen locks when nobody touches it for this long; 0 is never."),
    unit=MINUTES,
    bounds=(0, 480),
)
BACKUP_MINUTES = declare_count(
    _TRUST,
    "trust.backup_minutes",
    60,
    mark("A backup is made this often when something has changed."),
    unit=MINUTES,
    bounds=(10, 1440),
)
CONSENT_YEARS = declare_count(
    _TRUST, "trust.consent_years", 5, mark("Evidence of consent is kept this long."), unit=YEARS, bounds=(5, 30)
)

"""How members, birthdays and cards are said on screen."""

from datetime import date

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass
from crmdesk.core.i18n import current_language, gettext, ngettext
from crmdesk.core.members import BirthdayCalendar, CardState, CardTier
from crmdesk.core.money import Money
from crmdesk.core.tones import Tone
from crmdesk.views.support.days import MONTHS, day_text

Look = tuple[Tone, str]

_TIERS: dict[CardTier, Look] = {
    CardTier.ORDINARY: (Tone.NEUTRAL, "credit-card"),
    CardTier.SILVER: (Tone.NEUTRAL, "award"),
    CardTier.GOLD: (Tone.WAITING, "crown"),
    CardTier.DIAMOND: (Tone.INFO, "gem"),
}
_CARE: dict[CareClass, Look] = {
    CareClass.KEY: (Tone.INFO, "star"),
    CareClass.IMPORTANT: (Tone.OK, "heart"),
    CareClass.ORDINARY: (Tone.NEUTRAL, "user-round"),
}
_CARDS: dict[CardState, Look] = {
    CardState.ISSUED: (Tone.OK, "credit-card"),
    CardState.LOST: (Tone.LATE, "ban"),
    CardState.REPLACED: (Tone.NEUTRAL, "rotate-ccw"),
    CardState.RETURNED: (Tone.NEUTRAL, "archive"),
}
_NUMERALS = "〇一二三四五六七八九十"
_LUNAR_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_TEN, _TWENTY, _THIRTY = 10, 20, 30
_CHINESE = "zh_CN"


def tier_look(tier: CardTier) -> Look:
    """Give tone and icon of a level."""
    return _TIERS[tier]


def care_look(care_class: CareClass) -> Look:
    """Give tone and icon of a care class."""
    return _CARE[care_class]


def card_look(state: CardState) -> Look:
    """Give tone and icon of a card's state."""
    return _CARDS[state]


def care_words(care_class: CareClass) -> str:
    """Give a care class in words that stand alone: 核心客户."""
    return {
        CareClass.KEY: gettext("Key member"),
        CareClass.IMPORTANT: gettext("Important member"),
        CareClass.ORDINARY: gettext("Ordinary member"),
    }[care_class]


def amount(value: Money | None) -> str:
    """Give an amount with its sign; nothing where it may not be seen."""
    return f"¥{value.short_text()}" if value is not None else ""


def birthday_words(birthday: Birthday | None) -> str:
    """Give a birthday the way it can also be typed: 农历八月十五, 1988年3月5日, lunar 8-15, 1988-03-05."""
    if birthday is None:
        return ""
    lunar = birthday.calendar is BirthdayCalendar.LUNAR
    year, month, day = birthday.year, birthday.month, birthday.day
    if current_language() != _CHINESE:
        plain = f"{year}-{month:02d}-{day:02d}" if year else f"{month:02d}-{day:02d}"
        return f"lunar {plain}" if lunar else plain
    before = f"{year}年" if year else ""
    if lunar:
        return f"农历{before}{_LUNAR_MONTHS[month - 1]}月{lunar_day(day)}"
    return f"{before}{month}月{day}日"


def lunar_day(day: int) -> str:
    """Give a day of the lunar month: 初五, 十五, 廿三, 三十."""
    if day <= _TEN:
        return f"初{_NUMERALS[day]}"
    if day in {_TWENTY, _THIRTY}:
        return f"{_NUMERALS[day // _TEN]}十"
    return f"{'十' if day < _TWENTY else '廿'}{_NUMERALS[day % _TEN]}"


def next_birthday_words(day: date, today: date) -> str:
    """Say when a birthday is kept next: today, tomorrow, in 3 days."""
    days = (day - today).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


def short_day(day: date | None) -> str:
    """Give a birthday for a list: 10月6日, 6 Oct."""
    if day is None:
        return ""
    if current_language() == _CHINESE:
        return f"{day.month}月{day.day}日"
    return f"{day.day} {gettext(MONTHS[day.month - 1])}"


def last_seen_words(day: date | None, today: date) -> str:
    """Say when somebody bought last: 今天, 12 天前, 3 个月前, or the day itself."""
    if day is None:
        return ""
    days = (today - day).days
    if days == 0:
        return gettext("today")
    if 0 < days < _THIRTY:
        return ngettext("{count} day ago", "{count} days ago", days).format(count=days)
    return day_text(day, today)
